public import Digests
import Documents

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Who vouches for a knowledge file: signatures in a text beside it, `FILE.sig`, a line each.
///
/// They are over the checksum that the file holds of all its own bytes, which is worked out anew wherever they are looked at.
public enum KnowledgeSignatures {
    /// Where the signatures of a file stand.
    public static func path(of file: String) -> String { "\(file).sig" }

    /// Signs a file that is whole; a signature of the same key is replaced, those of others stay where they still hold.
    ///
    /// - Throws: `KnowledgeStoreError.file`; then nothing was written.
    public static func sign(_ file: String, with key: SigningKey) throws(KnowledgeStoreError) -> Signature {
        let digest = try KnowledgeFile.verify(file)
        let signature = try make(for: digest, with: key, of: file)
        let others = ((try? read(file)) ?? []).filter { $0.key != signature.key }
        try write(others + [signature], for: file)
        return signature
    }

    /// The signatures beside a file, and the checksum that they are over; none where nobody signed.
    public static func read(of file: String) throws(KnowledgeStoreError) -> (digest: Digest, signatures: [Signature]) {
        (try KnowledgeFile.verify(file), try read(file))
    }

    /// The one of these keys that signed.
    ///
    /// - Throws: `.unsigned` or `.untrusted`.
    static func signer(of file: String, _ digest: Digest, among keys: [VerificationKey]) throws(KnowledgeStoreError) -> VerificationKey {
        let signatures = try read(file)
        if let signer = keys.signer(of: digest, as: .knowledge, in: signatures) { return signer }
        let problem = signatures.isEmpty ? KnowledgeStoreError.FileProblem.unsigned : .untrusted(signers: signatures.map(\.key), trusted: keys.map(\.id))
        throw .file(path: file, problem: problem)
    }

    /// Puts a finished draft in its place, signed or not.
    ///
    /// While the file changes, the signatures beside it hold for the one before and for the new one, so that whoever loads it
    /// in that moment finds it signed.
    static func release(_ draft: String, _ digest: Digest, to file: String, signer: SigningKey?) throws(KnowledgeStoreError) {
        guard let signer else {
            try KnowledgeFile.move(draft, to: file)
            KnowledgeFile.remove(path(of: file))
            return
        }
        let signature = try make(for: digest, with: signer, of: file)
        try write(((try? read(file)) ?? []) + [signature], for: file)
        try KnowledgeFile.move(draft, to: file)
        try write([signature], for: file)
    }

    // MARK: Text

    private static func make(for digest: Digest, with key: SigningKey, of file: String) throws(KnowledgeStoreError) -> Signature {
        do {
            return try key.signature(of: digest, as: .knowledge)
        } catch {
            throw .file(path: file, problem: .unreadable("\(error)"))
        }
    }

    private static func read(_ file: String) throws(KnowledgeStoreError) -> [Signature] {
        let bytes: [UInt8]
        do {
            bytes = try SourceFile.bytes(of: path(of: file), limit: 1 << 16)
        } catch {
            if error.problem == .notFound { return [] }
            throw .file(path: path(of: file), problem: .unreadable(error.message))
        }
        guard let signatures = Signature.list(String(decoding: bytes, as: UTF8.self)) else {
            throw .file(path: path(of: file), problem: .noSignatures)
        }
        return signatures
    }

    private static func write(_ signatures: [Signature], for file: String) throws(KnowledgeStoreError) {
        let text = signatures.map { "\($0)\n" }.joined()
        let draft = "\(path(of: file)).writing"
        try KnowledgeFile.put(Array(text.utf8), into: draft)
        try KnowledgeFile.move(draft, to: path(of: file))
    }
}
