/// A hash of a line, 32 bytes at a step; the same in every process.
///
/// For telling a changed line from an unchanged one, not against an adversary.
func fastHash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var offset = 0
    // Four words at once: the steps of one need not wait for those of another.
    var (one, two, three, four): (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
    func word(_ place: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + place * 8, as: UInt64.self))
    }
    while bytes.count - offset >= 32 {
        one = stirred(one ^ word(0))
        two = stirred(two ^ word(1))
        three = stirred(three ^ word(2))
        four = stirred(four ^ word(3))
        offset += 32
    }
    var hash = mixed(mixed(mixed(mixed(UInt64(truncatingIfNeeded: bytes.count) ^ one) ^ two) ^ three) ^ four)
    while offset < bytes.count {
        hash = mixed(hash ^ UInt64(bytes[offset]))
        offset += 1
    }
    return hash
}

/// A step of the hash within a line: one multiplication, and its high half folded into the low one.
private func stirred(_ value: UInt64) -> UInt64 {
    let value = value &* 0xff51_afd7_ed55_8ccd
    return value ^ value >> 32
}

/// - Source: the finaliser of MurmurHash3, 64 bits.
private func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 33) &* 0xff51_afd7_ed55_8ccd
    value = (value ^ value >> 33) &* 0xc4ce_b9fe_1a85_ec53
    return value ^ value >> 33
}
