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

    /// The same digest, of parts that were put together before.
    public init(of parts: DigestParts) {
        bytes = Array(SHA256.hash(data: parts.bytes))
    }

    /// The digest of bytes that come in pieces, the same as that of all of them together.
    public init(ofPieces pieces: some Sequence<[UInt8]>) {
        var hash = SHA256()
        for piece in pieces { hash.update(data: piece) }
        bytes = Array(hash.finalize())
    }

    /// The digest of parts of arrays, one behind the other, without a copy of them.
    public init(ofSlices slices: [ArraySlice<UInt8>]) {
        var hash = SHA256()
        for slice in slices { slice.withUnsafeBytes { hash.update(bufferPointer: $0) } }
        bytes = Array(hash.finalize())
    }

    /// 64 lower-case hexadecimal digits.
    public var description: String { Hexadecimal.text(bytes[...]) }

    /// The first twelve digits, enough for a person to tell two editions apart.
    public var short: String { Hexadecimal.text(bytes[..<6]) }

    /// A version 8 UUID (RFC 9562 §5.8) made of this digest: the same input gives the same identifier.
    public var uuid: String {
        var value = Array(bytes[..<16])
        value[6] = value[6] & 0x0F | 0x80
        value[8] = value[8] & 0x3F | 0x80
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (place, byte) in value.enumerated() {
            if place == 4 || place == 6 || place == 8 || place == 10 { text.append(UInt8(ascii: "-")) }
            Hexadecimal.append(byte, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// Texts that are digested together, each with its length in front, so that no two lists run together.
///
/// What several digests begin with is written once, and each of them goes on from a copy.
public struct DigestParts: Sendable {
    fileprivate private(set) var bytes: [UInt8] = []

    public init(_ parts: [String] = []) {
        append(parts)
    }

    /// Adds parts to those before.
    public mutating func append(_ parts: [String]) {
        for part in parts {
            withUnsafeBytes(of: UInt64(part.utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: part.utf8)
        }
    }
}
