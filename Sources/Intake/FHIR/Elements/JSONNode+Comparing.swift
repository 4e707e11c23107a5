import Documents

extension JSONNode {
    /// True where both are written with the same bytes; cheaper than reading either.
    @inline(__always)
    func isWritten(like other: JSONNode) -> Bool {
        let mine = rawBytes
        let theirs = other.rawBytes
        guard mine.count == theirs.count else { return false }
        return mine.withUnsafeBytes { mine in theirs.withUnsafeBytes { areAlike(mine, $0) } }
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
