import Digests
import Documents

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A knowledge file as bytes: sealed by its checksum, moved into place whole.
enum KnowledgeFile {
    /// What no knowledge file exceeds.
    private static let limit = 1 << 30

    /// Writes the checksum into its place and answers the file's size and the checksum.
    static func seal(_ path: String) throws(KnowledgeStoreError) -> (size: Int, checksum: Digest) {
        let bytes = try contents(of: path)
        guard let place = KnowledgeChecksum.place(in: bytes) else {
            throw .file(path: path, problem: .inconsistent("the place of its checksum was not found"))
        }
        let digest = KnowledgeChecksum.checksum(of: bytes, at: place)
        let checksum = Array(digest.description.utf8)
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw refusal(path) }
        defer { _ = close(descriptor) }
        let written = checksum.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(place.lowerBound)) }
        guard written == checksum.count, fsync(descriptor) == 0 else { throw refusal(path) }
        return (bytes.count, digest)
    }

    /// Checks that `path` is a knowledge file of this schema and that its bytes are those that were sealed.
    ///
    /// - Returns: their checksum.
    @discardableResult
    static func verify(_ path: String) throws(KnowledgeStoreError) -> Digest {
        let bytes = try contents(of: path)
        guard bytes.count >= 100, bytes.starts(with: "SQLite format 3\0".utf8),
            integer(bytes, 68) == KnowledgeSchema.applicationID
        else { throw .file(path: path, problem: .notKnowledge) }
        let version = integer(bytes, 60)
        guard version == KnowledgeSchema.version else {
            throw .file(path: path, problem: .schema(found: version, wanted: KnowledgeSchema.version))
        }
        guard let place = KnowledgeChecksum.place(in: bytes) else { throw .file(path: path, problem: .damaged) }
        let digest = KnowledgeChecksum.checksum(of: bytes, at: place)
        guard digest.description == String(decoding: bytes[place], as: UTF8.self) else { throw .file(path: path, problem: .damaged) }
        return digest
    }

    /// Puts a finished file in its place, over what was there.
    static func move(_ draft: String, to path: String) throws(KnowledgeStoreError) {
        guard rename(draft, path) == 0 else { throw refusal(path) }
    }

    /// Writes the bytes of one file into another.
    static func copy(_ path: String, to draft: String) throws(KnowledgeStoreError) {
        try put(try contents(of: path), into: draft)
    }

    /// Writes bytes into a file of their own.
    static func put(_ bytes: [UInt8], into draft: String) throws(KnowledgeStoreError) {
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw refusal(draft) }
        defer { _ = close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw refusal(draft) }
            rest = rest.dropFirst(count)
        }
    }

    static func remove(_ path: String) {
        _ = unlink(path)
    }

    private static func contents(of path: String) throws(KnowledgeStoreError) -> [UInt8] {
        do {
            return try SourceFile.bytes(of: path, limit: limit)
        } catch {
            throw .file(path: path, problem: error.problem == .notFound ? .missing : .unreadable(error.message))
        }
    }

    /// Four bytes, the highest first (SQLite file format §1.3).
    private static func integer(_ bytes: [UInt8], _ offset: Int) -> Int {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    private static func refusal(_ path: String) -> KnowledgeStoreError {
        .file(path: path, problem: .unreadable(String(cString: strerror(errno))))
    }
}
