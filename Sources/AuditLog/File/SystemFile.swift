#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the journal asks of the file system beside SQLite.
enum SystemFile {
    /// Which file a path leads to: device and number.
    struct Identity: Sendable, Hashable {
        let device: UInt64
        let number: UInt64
        let size: Int
    }

    /// The file at `path`; `nil` where there is none that can be seen.
    static func identity(_ path: String) -> Identity? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Identity(
            device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino),
            size: Int(status.st_size))
    }

    static func exists(_ path: String) -> Bool { identity(path) != nil }

    /// The first bytes of a file.
    static func start(of path: String, count: Int) throws(JournalError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw JournalError(path, .unreadable(reason)) }
        defer { _ = close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: count)
        let read = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard read >= 0 else { throw JournalError(path, .unreadable(reason)) }
        return Array(bytes.prefix(read))
    }

    /// Writes a new file that only its owner may read, down to the disk; refuses where there is one.
    static func createPrivate(_ path: String, _ bytes: [UInt8]) throws(JournalError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw JournalError(path, .readOnly(reason)) }
        defer { _ = close(descriptor) }
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count, fsync(descriptor) == 0 else { throw JournalError(path, .readOnly(reason)) }
    }

    /// Makes a file its owner's alone, and brings it down to the disk.
    static func makePrivate(_ path: String) throws(JournalError) {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw JournalError(path, .readOnly(reason)) }
        defer { _ = close(descriptor) }
        guard fchmod(descriptor, 0o600) == 0, fsync(descriptor) == 0 else { throw JournalError(path, .readOnly(reason)) }
    }

    /// Renames a file, and brings its folder down to the disk.
    static func move(_ draft: String, to path: String) throws(JournalError) {
        guard rename(draft, path) == 0 else { throw JournalError(path, .readOnly(reason)) }
        let folder = folder(of: path)
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw JournalError(folder, .readOnly(reason)) }
        defer { _ = close(descriptor) }
        guard fsync(descriptor) == 0 else { throw JournalError(folder, .readOnly(reason)) }
    }

    static func remove(_ path: String) {
        _ = unlink(path)
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
