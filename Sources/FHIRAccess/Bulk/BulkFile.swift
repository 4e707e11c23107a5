import Digests

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file while it is downloaded: written beside its place, and given its name once it is whole.
final class BulkFile: @unchecked Sendable {
    private let path: String
    private let limit: Int
    private var descriptor: Int32
    /// Unpacked bytes so far. Only the task that downloads writes to it.
    private(set) var length = 0

    /// - Parameter limit: how many bytes it may have.
    init(_ path: String, limit: Int) throws(BulkError) {
        self.path = path
        self.limit = limit
        descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw BulkError("a file of the download cannot be written: \(String(cString: strerror(errno)))") }
    }

    deinit {
        if descriptor >= 0 { _ = systemClose(descriptor) }
    }

    /// - Throws: `FetchFailure.tooLarge`, or `.disk` where the disk takes no more.
    func write(_ bytes: some Collection<UInt8>) throws(FetchFailure) {
        guard bytes.count <= limit - length else { throw .tooLarge }
        let all = Array(bytes)
        var start = 0
        while start < all.count {
            let written = all.withUnsafeBytes { systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: $0[start...])) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw .disk }
            start += written
        }
        length += all.count
    }

    /// Waits until all of it is on the disk, and gives it its name.
    func finish() throws(BulkError) {
        let isSynchronised = fsync(descriptor) == 0 || errno == EINVAL
        let isClosed = systemClose(descriptor) == 0
        descriptor = -1
        guard isSynchronised, isClosed, rename(path + ".part", path) == 0 else {
            throw BulkError("a file of the download cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    /// The length of a file that is there, and its SHA-256; nothing where it cannot be read.
    static func measure(_ path: String) -> (length: Int, digest: String)? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { _ = systemClose(descriptor) }
        var length = 0, failed = false
        let pieces = sequence(state: ()) { _ -> [UInt8]? in
            let piece = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
                count = max(0, systemRead(descriptor, UnsafeMutableRawBufferPointer(buffer), failed: &failed))
            }
            length += piece.count
            return piece.isEmpty ? nil : piece
        }
        let digest = Digest(ofPieces: pieces)
        return failed ? nil : (length, digest.description)
    }

    /// Makes a folder that only its owner reads.
    static func makeFolder(_ path: String) throws(BulkError) {
        var made = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            made += made.isEmpty && part.isEmpty ? "/" : (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
            guard !made.isEmpty, made != "/" else { continue }
            if mkdir(made, 0o700) != 0 && errno != EEXIST {
                throw BulkError("the folder of the download cannot be made: \(String(cString: strerror(errno)))")
            }
        }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
        Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
        Musl.write(descriptor, bytes.baseAddress, bytes.count)
    #else
        Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer, failed: inout Bool) -> Int {
    while true {
        #if canImport(Glibc)
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
            let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #else
            let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
        if count < 0 && errno == EINTR { continue }
        if count < 0 { failed = true }
        return count
    }
}

private func systemClose(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
        Glibc.close(descriptor)
    #elseif canImport(Musl)
        Musl.close(descriptor)
    #else
        Darwin.close(descriptor)
    #endif
}
