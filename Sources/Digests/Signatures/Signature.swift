/// What is signed: a signature of one kind is never taken for another's, though the bytes be the same.
public enum SignedKind: String, Sendable, CaseIterable {
    /// A knowledge file.
    case knowledge
    /// A bundle of rules.
    case rules

    /// What the key signs for a file of this kind with this digest.
    func message(_ digest: Digest) -> [UInt8] {
        Array("vigil signature 1\nkind \(rawValue)\nsha256 \(digest)\n".utf8)
    }
}

/// That the holder of a key vouches for some bytes: an Ed25519 signature (RFC 8032) of their SHA-256, kept apart from them.
///
/// As text it is one line, so a file of signatures holds one for each signer: `ed25519 <id of the key> <128 hexadecimal digits>`.
public struct Signature: Sendable, Hashable, CustomStringConvertible {
    /// Which key signed; see ``VerificationKey/id``.
    public let key: String
    /// The 64 bytes of the signature.
    public let bytes: [UInt8]

    init(key: String, bytes: [UInt8]) {
        self.key = key
        self.bytes = bytes
    }

    /// Reads one line; `nil` where it is not a signature.
    public init?(_ line: some StringProtocol) {
        let words = line.split(whereSeparator: \.isWhitespace)
        guard words.count == 3, words[0] == "ed25519", let bytes = Hexadecimal.bytes(words[2]), bytes.count == 64 else { return nil }
        self.init(key: String(words[1]), bytes: bytes)
    }

    public var description: String { "ed25519 \(key) \(Hexadecimal.text(bytes[...]))" }

    /// The signatures of a file: a line each; empty lines and those that begin with `#` say nothing.
    ///
    /// - Returns: `nil` where any other line is not a signature.
    public static func list(_ text: String) -> [Signature]? {
        var list: [Signature] = []
        for line in text.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) && !line.hasPrefix("#") {
            guard let signature = Signature(line) else { return nil }
            list.append(signature)
        }
        return list
    }
}
