#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

import Documents

/// A folder of files that a sweep writes, each whole or not at all.
struct WorkFolder: Sendable {
    let root: String

    /// The folder, made where it does not exist.
    init(_ root: String) throws(SweepError) {
        self.root = root
        var made = ""
        for part in root.split(separator: "/", omittingEmptySubsequences: false) {
            made += made.isEmpty && part.isEmpty ? "/" : (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
            guard !made.isEmpty, made != "/" else { continue }
            if mkdir(made, 0o755) != 0 && errno != EEXIST {
                throw SweepError("the folder `\(root)` cannot be made: \(String(cString: strerror(errno)))")
            }
        }
    }

    /// A folder that is there already.
    init(existing root: String) throws(SweepError) {
        guard access(root, R_OK | X_OK) == 0 else { throw SweepError("`\(root)` cannot be read: \(String(cString: strerror(errno)))") }
        self.root = root
    }

    func path(_ name: String) -> String { "\(root)/\(name)" }

    func exists(_ name: String) -> Bool { access(path(name), F_OK) == 0 }

    /// Writes a file so that after a crash it is there whole or not at all: a sibling, synchronised, then renamed.
    func write(_ bytes: [UInt8], to name: String) throws(SweepError) {
        let temporary = path(name + ".part")
        let file = try OutputFile(temporary)
        try file.write(bytes)
        try file.close()
        try rename(temporary, to: name)
    }

    /// Gives a file that was written beside it its name.
    func rename(_ temporary: String, to name: String) throws(SweepError) {
        #if canImport(Glibc)
            let outcome = Glibc.rename(temporary, path(name))
        #elseif canImport(Musl)
            let outcome = Musl.rename(temporary, path(name))
        #else
            let outcome = Darwin.rename(temporary, path(name))
        #endif
        guard outcome == 0 else { throw SweepError("`\(path(name))` cannot be written: \(String(cString: strerror(errno)))") }
        let folder = open(root, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            _ = fsync(folder)
            _ = close(folder)
        }
    }

    func remove(_ name: String) {
        _ = unlink(path(name))
    }

    /// Names of the files that begin with `prefix`.
    func names(beginningWith prefix: String) -> [String] {
        guard let directory = opendir(root) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name.hasPrefix(prefix) { names.append(name) }
        }
        return names.sorted()
    }

    /// Adds bytes to the end of a file in one write.
    static func append(_ bytes: [UInt8], to path: String) throws(SweepError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SweepError("`\(path)` cannot be written: \(String(cString: strerror(errno)))") }
        defer { _ = close(descriptor) }
        guard SystemCall.write(descriptor, bytes) else { throw SweepError("`\(path)` cannot be written: \(String(cString: strerror(errno)))") }
    }
}

/// Keeps a folder to one sweep; free again when the process ends, however it ends.
final class FolderLock {
    private let descriptor: Int32

    /// - Throws: ``SweepError`` where another sweep is at work in the folder.
    init(_ folder: WorkFolder) throws(SweepError) {
        descriptor = open(folder.path("lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SweepError("`\(folder.path("lock"))` cannot be written: \(String(cString: strerror(errno)))") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            SystemCall.close(descriptor)
            throw SweepError("another sweep is at work in `\(folder.root)`; wait for it, or give another --out")
        }
    }

    deinit { SystemCall.close(descriptor) }
}

/// A file that is written from its start, in order.
final class OutputFile {
    private let path: String
    private var descriptor: Int32
    private var buffer: [UInt8] = []
    private static let bufferSize = 1 << 20

    init(_ path: String) throws(SweepError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SweepError("`\(path)` cannot be written: \(String(cString: strerror(errno)))") }
    }

    deinit {
        if descriptor >= 0 { SystemCall.close(descriptor) }
    }

    func write(_ bytes: some Collection<UInt8>) throws(SweepError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    func write(_ text: String) throws(SweepError) { try write(text.utf8) }

    /// Writes what is left and waits until it is on disk.
    func close() throws(SweepError) {
        try flush()
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure }
        let isClosed = SystemCall.close(descriptor)
        descriptor = -1
        guard isClosed else { throw failure }
    }

    private func flush() throws(SweepError) {
        guard SystemCall.write(descriptor, buffer) else { throw failure }
        buffer.removeAll(keepingCapacity: true)
    }

    private var failure: SweepError { SweepError("`\(path)` cannot be written: \(String(cString: strerror(errno)))") }
}
