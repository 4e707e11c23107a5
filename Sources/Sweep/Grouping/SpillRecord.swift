/// One line of the input as it lies in a spill file: whose it is, where it came from, and its bytes.
///
/// In the file: seven little-endian integers (length of the id, length of the type, input, line, hash, identity, length of the bytes),
/// then the three texts.
struct SpillRecord {
    /// The patient's id, or `Type/id` of a shared resource.
    let owner: Range<Int>
    /// The type of the resource; `Bundle` for a bundle.
    let type: Range<Int>
    let input: Int
    let line: Int
    /// Of the line as it came, be it kept whole or not.
    let hash: UInt64
    /// Whether the line is kept whole; by what it is known, where that was asked.
    let extent: KeptLine.Extent
    /// Where its bytes lie in the spill file.
    let bytes: Range<Int>

    static let headerSize = 48
    /// Changes with the form of the file, so that no run goes on from what another version left.
    static let form = 4

    /// Adds one record to a buffer.
    static func append(
        _ bytes: some Collection<UInt8>, owner: String, type: String, input: Int, line: Int, hash: UInt64,
        extent: KeptLine.Extent = .unasked, to buffer: inout [UInt8]
    ) {
        let header = (
            UInt32(truncatingIfNeeded: owner.utf8.count).littleEndian, UInt32(truncatingIfNeeded: type.utf8.count).littleEndian,
            UInt64(truncatingIfNeeded: input).littleEndian, UInt64(truncatingIfNeeded: line).littleEndian,
            hash.littleEndian, extent.word.littleEndian, UInt64(truncatingIfNeeded: bytes.count).littleEndian
        )
        withUnsafeBytes(of: header) { buffer.append(contentsOf: $0) }
        buffer.append(contentsOf: owner.utf8)
        buffer.append(contentsOf: type.utf8)
        buffer.append(contentsOf: bytes)
    }

    /// The record at an offset of a spill file; nothing where the file ends before it does.
    init?(at offset: Int, in file: UnsafeRawBufferPointer) {
        guard offset >= 0, file.count - offset >= Self.headerSize else { return nil }
        func integer<Value: FixedWidthInteger>(_ type: Value.Type, _ place: Int) -> Int {
            Int(truncatingIfNeeded: Value(littleEndian: file.loadUnaligned(fromByteOffset: offset + place, as: type)))
        }
        let ownerEnd = offset + Self.headerSize + integer(UInt32.self, 0)
        let typeEnd = ownerEnd + integer(UInt32.self, 4)
        let (end, overflow) = typeEnd.addingReportingOverflow(integer(UInt64.self, 40))
        guard !overflow, typeEnd <= end, end <= file.count else { return nil }
        owner = (offset + Self.headerSize)..<ownerEnd
        type = ownerEnd..<typeEnd
        input = integer(UInt64.self, 8)
        line = integer(UInt64.self, 16)
        hash = UInt64(littleEndian: file.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self))
        extent = KeptLine.Extent(word: UInt64(littleEndian: file.loadUnaligned(fromByteOffset: offset + 32, as: UInt64.self)))
        bytes = typeEnd..<end
    }
}

/// A hash that is the same in every process: FNV-1a, 64 bits.
///
/// - Source: draft-eastlake-fnv-21, §6.
func stableHash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    // The low bits of FNV are weak for short texts; fold the high ones in.
    return hash ^ hash >> 32
}
