#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads whole files, never more than a stated size.
public enum SourceFile {
    /// What no file we read as one text exceeds, unless the caller says otherwise: 64 MiB.
    public static let standardLimit = 64 << 20

    /// The file at `path` as a source named after it.
    ///
    /// - Parameters:
    ///   - path: absolute, or relative to the working directory.
    ///   - name: what messages call it; the path if nil.
    ///   - limit: the largest size accepted, in bytes.
    /// - Throws: `SourceFileError` with the path and the cause.
    public static func read(
        _ path: String, name: String? = nil, limit: Int = standardLimit
    ) throws(SourceFileError) -> Source {
        Source(name: name ?? path, bytes: try bytes(of: path, limit: limit))
    }

    /// The bytes of the file at `path`.
    public static func bytes(of path: String, limit: Int = standardLimit) throws(SourceFileError) -> [UInt8] {
        // A NUL would silently cut the path that the system sees.
        guard !path.utf8.contains(0) else { throw SourceFileError(path: path, problem: .notFound) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SourceFileError(path: path, system: errno) }
        defer { _ = close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SourceFileError(path: path, system: errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw SourceFileError(path: path, problem: .directory) }
        guard status.st_size <= limit else { throw SourceFileError(path: path, problem: .tooLarge(limit: limit)) }
        return try contents(of: descriptor, expecting: Int(status.st_size), path: path, limit: limit)
    }

    /// Reads to the end, for the size may lie (pipes, files still being written).
    private static func contents(
        of descriptor: Int32, expecting size: Int, path: String, limit: Int
    ) throws(SourceFileError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        var chunk = [UInt8](repeating: 0, count: min(max(size + 1, 4096), 1 << 20))
        while true {
            let count = chunk.withUnsafeMutableBytes { SystemCall.read(descriptor, into: $0) }
            guard count >= 0 else { throw SourceFileError(path: path, system: errno) }
            guard count > 0 else { return bytes }
            guard bytes.count + count <= limit else {
                throw SourceFileError(path: path, problem: .tooLarge(limit: limit))
            }
            bytes.append(contentsOf: chunk[..<count])
        }
    }
}

/// Why a file could not be read.
public struct SourceFileError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Problem: Sendable, Hashable {
        case notFound
        case notPermitted
        case directory
        case tooLarge(limit: Int)
        /// Any other refusal of the system, by its number.
        case system(Int32)
    }

    public let path: String
    public let problem: Problem

    public init(path: String, problem: Problem) {
        self.path = path
        self.problem = problem
    }

    init(path: String, system number: Int32) {
        self.path = path
        switch number {
        case ENOENT, ENOTDIR: problem = .notFound
        case EACCES, EPERM: problem = .notPermitted
        case EISDIR: problem = .directory
        default: problem = .system(number)
        }
    }

    /// One plain sentence, path first.
    public var message: String {
        switch problem {
        case .notFound: "\(path): there is no such file"
        case .notPermitted: "\(path): reading this file is not permitted"
        case .directory: "\(path): this is a directory, not a file"
        case .tooLarge(let limit): "\(path): the file is larger than the \(limit) bytes that are read"
        case .system(let number): "\(path): cannot be read (\(String(cString: strerror(number))))"
        }
    }

    public var description: String { message }
}
