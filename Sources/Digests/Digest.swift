internal import Crypto

/// SHA-256 of some bytes: the name by which editions, knowledge files and cards are known.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// The 32 bytes of the hash.
    public let bytes: [UInt8]

    /// The digest of `bytes` (FIPS 180-4).
    public init(of bytes: some Sequence<UInt8>) {
        self.bytes = Array(SHA256.hash(data: Array(bytes)))
    }

    /// The digest of a text's UTF-8.
    public init(of text: String) {
        self.init(of: text.utf8)
    }

    /// The digest of several parts, each with its length in front, so that no two lists run together.
    public init(ofParts parts: some Sequence<[UInt8]>) {
        var hash = SHA256()
        for part in parts {
            withUnsafeBytes(of: UInt64(part.count).littleEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: part)
        }
        bytes = Array(hash.finalize())
    }

    /// 64 lower-case hexadecimal digits.
    public var description: String { hexadecimal(bytes[...]) }

    /// The first twelve digits, enough for a person to tell two editions apart.
    public var short: String { hexadecimal(bytes[..<6]) }

    /// A version 8 UUID (RFC 9562 §5.8) made of this digest: the same input gives the same identifier.
    public var uuid: String {
        var value = Array(bytes[..<16])
        value[6] = value[6] & 0x0F | 0x80
        value[8] = value[8] & 0x3F | 0x80
        let text = hexadecimal(value[...])
        var cuts: [Substring] = []
        var rest = text[...]
        for length in [8, 4, 4, 4, 12] {
            cuts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return cuts.joined(separator: "-")
    }
}

private func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
