import Documents

extension JSONNode {
    /// True where both are written with the same bytes; cheaper than reading either.
    @inline(__always)
    func isWritten(like other: JSONNode) -> Bool {
        withRawBytes { mine in
            other.withRawBytes { theirs in
                mine.count == theirs.count && areAlike(UnsafeRawBufferPointer(mine), UnsafeRawBufferPointer(theirs))
            }
        }
    }

    /// A number that is the same for all that is written alike, made of the length and of eight bytes in seven places.
    var print: Int {
        withRawBytes { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            var print = UInt64(truncatingIfNeeded: bytes.count)
            guard bytes.count >= 8 else { return bytes.count }
            for part in 1...7 {
                let word = bytes.loadUnaligned(fromByteOffset: (bytes.count - 8) * part / 7, as: UInt64.self)
                print = (print ^ word) &* 0x9E37_79B9_7F4A_7C15
                print ^= print >> 32
            }
            return Int(truncatingIfNeeded: print >> 1)
        }
    }
}

/// Compares bytes of equal number, the last first: URIs and references of a record differ at their ends.
private func areAlike(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    var end = left.count
    while end >= 8 {
        end -= 8
        let mine = left.loadUnaligned(fromByteOffset: end, as: UInt64.self)
        if mine != right.loadUnaligned(fromByteOffset: end, as: UInt64.self) { return false }
    }
    while end > 0 {
        end -= 1
        if left[end] != right[end] { return false }
    }
    return true
}
