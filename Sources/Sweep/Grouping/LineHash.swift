/// A hash of a line, 32 bytes at a step; the same in every process.
///
/// For telling a changed line from an unchanged one, not against an adversary.
///
/// - Source: the folded multiplications are those of wyhash (Wang Yi, public domain), with other constants and another end.
func fastHash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var (one, two): (UInt64, UInt64) = (0xff51_afd7_ed55_8ccd, 0xc4ce_b9fe_1a85_ec53)
    func word(_ place: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
    func take(_ words: (UInt64, UInt64, UInt64, UInt64)) {
        one = folded(one ^ words.0, words.1 ^ 0xd6e8_feb8_6659_fd93)
        two = folded(two ^ words.2, words.3 ^ 0xbf58_476d_1ce4_e5b9)
    }
    var offset = 0
    while bytes.count - offset >= 32 {
        take((word(offset), word(offset + 8), word(offset + 16), word(offset + 24)))
        offset += 32
    }
    if offset < bytes.count {
        var rest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &rest) { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset...])) }
        take((UInt64(littleEndian: rest.0), UInt64(littleEndian: rest.1), UInt64(littleEndian: rest.2), UInt64(littleEndian: rest.3)))
    }
    return mixed(folded(one, two ^ 0x9e37_79b9_7f4a_7c15) ^ UInt64(truncatingIfNeeded: bytes.count))
}

/// The product of two words, its high half folded into the low one.
private func folded(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
}

/// - Source: the finaliser of MurmurHash3, 64 bits.
private func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 33) &* 0xff51_afd7_ed55_8ccd
    value = (value ^ value >> 33) &* 0xc4ce_b9fe_1a85_ec53
    return value ^ value >> 33
}
