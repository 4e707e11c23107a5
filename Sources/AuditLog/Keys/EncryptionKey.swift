import Crypto
import Documents

/// A key of 32 bytes under which patient data is kept at rest (AES-256-GCM).
///
/// Its description tells only its fingerprint.
public struct EncryptionKey: Sendable, CustomStringConvertible {
    fileprivate let key: SymmetricKey
    /// Tells keys apart without telling them: 16 hexadecimal digits.
    public let fingerprint: String

    /// The key of exactly 32 bytes; `nil` for any other number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        key = SymmetricKey(data: bytes)
        let code = HMAC<SHA256>.authenticationCode(for: Array("vigil encryption key".utf8), using: key)
        fingerprint = Hexadecimal.text(Array(code).prefix(8))
    }

    /// The key of 64 hexadecimal digits; `nil` for any other text.
    public init?(hexadecimal text: String) {
        guard let key = Hexadecimal.bytes(Array(text.utf8)).flatMap(EncryptionKey.init) else { return nil }
        self = key
    }

    /// The key of a file: 32 bytes as they are, or 64 hexadecimal digits with blanks around them.
    ///
    /// - Throws: `JournalError.encryptionKey`, with the file and what is wrong with it.
    public init(file path: String) throws(JournalError) {
        let content: [UInt8]
        do throws(SourceFileError) {
            content = try SourceFile.bytes(of: path, limit: 4096)
        } catch {
            throw JournalError(path, .encryptionKey(error.message))
        }
        let digits = content.filter { $0 > 0x20 }
        let key = EncryptionKey(bytes: content) ?? Hexadecimal.bytes(digits).flatMap(EncryptionKey.init)
        guard let key else {
            throw JournalError(
                path, .encryptionKey("the file must hold 32 bytes, or 64 hexadecimal digits, and holds \(content.count) bytes"))
        }
        self = key
    }

    public var description: String { "key \(fingerprint)" }
}

/// Bytes under a key, and which key it was.
struct SealedBytes: Sendable {
    /// Fingerprint of the key.
    let fingerprint: String
    let box: AES.GCM.SealedBox

    var size: Int { box.ciphertext.count + 28 }
}

/// The key of today, and those of earlier days under which older entries lie.
public struct EncryptionKeys: Sendable {
    public let current: EncryptionKey
    public let former: [EncryptionKey]

    public init(_ current: EncryptionKey, former: [EncryptionKey] = []) {
        self.current = current
        self.former = former
    }

    /// Seals `bytes` for a place; they open nowhere else.
    ///
    /// A random nonce of 96 bits each (NIST SP 800-38D §8.2.2): a key should be changed before 2³² entries.
    func seal(_ bytes: [UInt8], for place: [String]) -> SealedBytes? {
        let box = try? AES.GCM.seal(bytes, using: current.key, authenticating: Self.label(place))
        return box.map { SealedBytes(fingerprint: current.fingerprint, box: $0) }
    }

    /// What was sealed for the place.
    func open(_ sealed: SealedBytes, for place: [String]) throws(SealedBytesError) -> [UInt8] {
        guard let key = ([current] + former).first(where: { $0.fingerprint == sealed.fingerprint }) else {
            throw .otherKey(sealed.fingerprint)
        }
        guard let bytes = try? AES.GCM.open(sealed.box, using: key.key, authenticating: Self.label(place)) else { throw .damaged }
        return Array(bytes)
    }

    private static func label(_ place: [String]) -> [UInt8] {
        Array(place.joined(separator: "\0").utf8)
    }
}

/// Why sealed bytes did not open.
enum SealedBytesError: Error {
    /// They lie under a key that is not at hand.
    case otherKey(String)
    /// They, or their place, are not what was sealed.
    case damaged
}
