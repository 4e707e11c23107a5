import Digests
import Documents
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file while it is downloaded: written beside its place, and given its name once it is whole.
final class BulkFile: Sendable {
    private let path: String
    private let limit: Int
    private let file: Mutex<OpenFile>

    private struct OpenFile {
        /// Less than 0 once it is closed.
        var descriptor: Int32
        /// Unpacked bytes so far.
        var length = 0
    }

    /// - Parameter limit: how many bytes it may have.
    init(_ path: String, limit: Int) throws(BulkError) {
        self.path = path
        self.limit = limit
        let descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        file = Mutex(OpenFile(descriptor: descriptor))
        guard descriptor >= 0 else { throw BulkError("a file of the download cannot be written: \(String(cString: strerror(errno)))") }
    }

    deinit {
        file.withLock { if $0.descriptor >= 0 { SystemCall.close($0.descriptor) } }
    }

    /// - Throws: `FetchFailure.tooLarge`, or `.disk` where the disk takes no more.
    func write(_ bytes: some Collection<UInt8>) throws(FetchFailure) {
        let failure: FetchFailure? = file.withLock { file in
            guard bytes.count <= limit - file.length else { return .tooLarge }
            guard SystemCall.write(file.descriptor, bytes) else { return .disk }
            file.length += bytes.count
            return nil
        }
        if let failure { throw failure }
    }

    /// Waits until all of it is on the disk, and gives it its name.
    func finish() throws(BulkError) {
        let isWhole = file.withLock { file in
            let isSynchronised = fsync(file.descriptor) == 0 || errno == EINVAL
            let isClosed = SystemCall.close(file.descriptor)
            file.descriptor = -1
            return isSynchronised && isClosed
        }
        guard isWhole, rename(path + ".part", path) == 0 else {
            throw BulkError("a file of the download cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    /// The length of a file that is there, its SHA-256, and how many lines it has; nothing where it cannot be read.
    static func measure(_ path: String) -> (length: Int, digest: String, lines: Int)? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { SystemCall.close(descriptor) }
        var length = 0, failed = false, lines = 0, endsWithinLine = false
        let pieces = sequence(state: ()) { _ -> [UInt8]? in
            let piece = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
                let read = SystemCall.read(descriptor, into: UnsafeMutableRawBufferPointer(buffer))
                failed = failed || read < 0
                count = max(0, read)
            }
            length += piece.count
            for byte in piece where byte == 0x0A { lines += 1 }
            endsWithinLine = piece.last.map { $0 != 0x0A } ?? endsWithinLine
            return piece.isEmpty ? nil : piece
        }
        let digest = Digest(ofPieces: pieces)
        return failed ? nil : (length, digest.description, lines + (endsWithinLine ? 1 : 0))
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
