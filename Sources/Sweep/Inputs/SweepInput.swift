import Documents

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One file to be swept, or standard input.
public struct SweepInput: Sendable, Hashable {
    /// How its bytes are packed.
    public enum Compression: String, Sendable, Hashable {
        case none
        case gzip
        case zstandard = "zstd"
    }

    /// What it holds once unpacked.
    public enum Layout: String, Sendable, Hashable {
        /// A resource or a Bundle a line.
        case lines
        /// One JSON document, which may span lines.
        case document
    }

    /// Where it is; `-` for standard input.
    public let path: String
    public let compression: Compression
    public let layout: Layout
    /// Bytes as stored; 0 where it is not known.
    public let size: Int
    /// When it was last written, in nanoseconds; with path and size it tells whether a checkpoint still fits.
    public let modified: Int

    /// Standard input: resources or bundles, one a line.
    public static let standardInput = SweepInput(path: "-", compression: .none, layout: .lines, size: 0, modified: 0)

    init(path: String, compression: Compression, layout: Layout, size: Int, modified: Int) {
        self.path = path
        self.compression = compression
        self.layout = layout
        self.size = size
        self.modified = modified
    }

    /// The files at the paths: a folder stands for all files in it, whatever their order.
    ///
    /// Read are `.ndjson`, `.jsonl` and `.json`, each also with `.gz` or `.zst`; a folder's `manifest.json` and `index.json` are not
    /// patient data and are passed over.
    ///
    /// - Throws: ``SweepError`` for a path that cannot be read, a file of a name that tells nothing, and where nothing is left.
    public static func files(at paths: [String]) throws(SweepError) -> [SweepInput] {
        var inputs: [SweepInput] = []
        for path in paths {
            if path == "-" {
                inputs.append(standardInput)
                continue
            }
            var status = stat()
            guard stat(path, &status) == 0 else { throw SweepError("`\(path)` cannot be read: \(String(cString: strerror(errno)))") }
            if status.st_mode & S_IFMT == S_IFDIR {
                for name in try dataNames(in: path) { if let input = try file("\(path)/\(name)") { inputs.append(input) } }
            } else {
                guard let input = try file(path) else { throw SweepError("`\(path)`: \(expected)") }
                inputs.append(input)
            }
        }
        guard !inputs.isEmpty else {
            throw SweepError("nothing to sweep at \(paths.joined(separator: ", ")): \(expected)")
        }
        return inputs
    }

    private static let expected = """
        expected a name that ends in .ndjson, .jsonl or .json, or one of these with .gz or .zst. A sweep reads FHIR as JSON; HL7 v2 \
        messages, C-CDA documents and FHIR as XML are not swept
        """

    /// Names of what lies in the folders among the paths and is not read: other files, and folders with a slash behind.
    ///
    /// - Throws: ``SweepError`` for a folder that cannot be read.
    public static func passedOver(at paths: [String]) throws(SweepError) -> [String] {
        var others: [String] = []
        for path in paths where path != "-" {
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { continue }
            for name in try dataNames(in: path) where try file("\(path)/\(name)") == nil {
                let isFolder = stat("\(path)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
                others.append(isFolder ? name + "/" : name)
            }
        }
        return others
    }

    /// Names of the entries of a folder that may be patient data, in byte order.
    private static func dataNames(in folder: String) throws(SweepError) -> [String] {
        try names(in: folder).filter { $0 != "manifest.json" && $0 != "index.json" }
    }

    /// The file by its name; nothing where the name is none that is read.
    private static func file(_ path: String) throws(SweepError) -> SweepInput? {
        var name = path[...]
        var compression = Compression.none
        if name.hasSuffix(".gz") {
            compression = .gzip
            name = name.dropLast(3)
        } else if name.hasSuffix(".zst") {
            compression = .zstandard
            name = name.dropLast(4)
        }
        let layout: Layout
        if name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl") {
            layout = .lines
        } else if name.hasSuffix(".json") {
            layout = .document
        } else {
            return nil
        }
        var status = stat()
        guard stat(path, &status) == 0 else { throw SweepError("`\(path)` cannot be read: \(String(cString: strerror(errno)))") }
        guard status.st_mode & S_IFMT != S_IFDIR else { return nil }
        // Some servers pack what they send and keep it from the name; JSON begins with neither mark.
        if compression == .none, status.st_mode & S_IFMT == S_IFREG { compression = packing(of: path) }
        let modified = Int(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int(status.st_mtim.tv_nsec)
        return SweepInput(path: path, compression: compression, layout: layout, size: Int(status.st_size), modified: modified)
    }

    /// How a file is packed by its first bytes.
    ///
    /// - Source: RFC 1952 §2.3.1; RFC 8878 §3.1.1.
    private static func packing(of path: String) -> Compression {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .none }
        defer { SystemCall.close(descriptor) }
        var mark: [UInt8] = [0, 0, 0, 0]
        let count = mark.withUnsafeMutableBytes { SystemCall.read(descriptor, into: $0) }
        if count >= 2, mark[0] == 0x1F, mark[1] == 0x8B { return .gzip }
        return count == 4 && mark == [0x28, 0xB5, 0x2F, 0xFD] ? .zstandard : .none
    }

    /// Names of the entries of a folder, in byte order.
    private static func names(in folder: String) throws(SweepError) -> [String] {
        guard let directory = opendir(folder) else { throw SweepError("`\(folder)` cannot be read: \(String(cString: strerror(errno)))") }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The name in reports and rejects: the last part of the path.
    public var name: String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}

/// Why a sweep cannot go on, in a sentence that names the mend.
public struct SweepError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
