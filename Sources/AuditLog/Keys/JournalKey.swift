import Crypto
import Digests

/// The random key that belongs to one journal and lies beside it, readable only by its owner.
///
/// It makes pseudonyms, and it seals what the chain alone cannot show: where the chain ends, and what retention took away.
/// Whoever has the journal without the key can name no patient and cannot shorten the journal unnoticed.
struct JournalKey: Sendable {
    private let bytes: [UInt8]

    /// Where the key of the journal at `path` lies.
    static func path(beside path: String) -> String { path + ".key" }

    static func random() -> JournalKey {
        JournalKey(bytes: SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) })
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The key of a file's text: 64 hexadecimal digits, blanks around them ignored.
    init?(text: [UInt8]) {
        guard let bytes = Hexadecimal.bytes(text.filter { $0 > 0x20 }), bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// What stands in the file.
    var text: [UInt8] { Array((Hexadecimal.text(bytes) + "\n").utf8) }

    /// A keyed digest (HMAC-SHA-256, RFC 2104) of several parts, none of which runs into the next.
    func code(_ parts: [String]) -> [UInt8] {
        code(ofParts: parts.map { Array($0.utf8) })
    }

    /// A keyed digest of several parts.
    func code(ofParts parts: [[UInt8]]) -> [UInt8] {
        let message = Digest(ofParts: parts).bytes
        return Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: bytes)))
    }

    /// A keyed digest as 64 hexadecimal digits.
    func seal(_ parts: [String]) -> String { Hexadecimal.text(code(parts)) }

    /// By this a journal knows its key without telling it.
    var check: String { seal(["key"]) }
}

/// Bytes as hexadecimal digits, and back.
enum Hexadecimal {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The bytes that the digits say; `nil` where they are no pairs of digits.
    static func bytes(_ digits: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in digits {
            guard let value = value(digit) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? bytes : nil
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
