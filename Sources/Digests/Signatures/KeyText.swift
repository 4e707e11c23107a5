/// Why a text is not the key that was asked for; the sentence never repeats the text.
public enum KeyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Neither PEM nor 64 hexadecimal digits.
    case notAKey
    /// A key, and not the half that is needed.
    case otherHalf(wanted: KeyHalf)
    /// PEM of another kind of key than Ed25519.
    case otherAlgorithm
    /// Ed25519 refused it.
    case unusable

    public var description: String {
        switch self {
        case .notAKey: "not an Ed25519 key: neither PEM nor 64 hexadecimal digits"
        case .otherHalf(.signing): "this is a public key; a secret key is needed here"
        case .otherHalf(.verification): "this is a secret key; a public key is needed here"
        case .otherAlgorithm: "not an Ed25519 key; `vigil keys new` or `openssl genpkey -algorithm ed25519` makes one"
        case .unusable: "Ed25519 refuses this key"
        }
    }
}

/// The two halves of a key.
public enum KeyHalf: Sendable, Hashable {
    case signing, verification
}

/// Keys as text: PEM (RFC 7468) around the DER of RFC 8410, or the bare 32 bytes in hexadecimal.
enum KeyText {
    static func bytes(in text: String, of half: KeyHalf) throws(KeyError) -> [UInt8] {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
        if lines.count == 1, let bytes = Hexadecimal.bytes(lines[0]), bytes.count == 32 { return bytes }
        guard let first = lines.first, let last = lines.last, lines.count >= 3, first.hasPrefix("-----BEGIN"), last.hasPrefix("-----END") else {
            throw .notAKey
        }
        guard first == label(half).begin.filter({ !$0.isWhitespace }) else {
            let other: KeyHalf = half == .signing ? .verification : .signing
            if first == label(other).begin.filter({ !$0.isWhitespace }) { throw .otherHalf(wanted: half) }
            throw .notAKey
        }
        guard let der = Base64.bytes(lines.dropFirst().dropLast().joined()) else { throw .notAKey }
        guard der.starts(with: prefix(half)), der.count == prefix(half).count + 32 else { throw .otherAlgorithm }
        return Array(der.suffix(32))
    }

    static func pem(_ bytes: [UInt8], of half: KeyHalf) -> String {
        "\(label(half).begin)\n\(Base64.text(prefix(half) + bytes))\n\(label(half).end)\n"
    }

    private static func label(_ half: KeyHalf) -> (begin: String, end: String) {
        let name = half == .signing ? "PRIVATE KEY" : "PUBLIC KEY"
        return ("-----BEGIN \(name)-----", "-----END \(name)-----")
    }

    /// What stands before the 32 bytes in DER: version, algorithm 1.3.101.112 and lengths (RFC 8410 §10.3), the same for every key.
    private static func prefix(_ half: KeyHalf) -> [UInt8] {
        switch half {
        case .signing: [0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]
        case .verification: [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
        }
    }
}
