import Digests

/// The checksum of a knowledge file's own bytes, kept inside it.
///
/// It stands behind a mark, and counts as 64 zeros while it is worked out.
enum KnowledgeChecksum {
    /// Where the checksum stands; `nil` where the mark is not there exactly once.
    static func place(in bytes: [UInt8]) -> Range<Int>? {
        let mark = Array(KnowledgeSchema.checksumMark.utf8)
        var found: Range<Int>?
        for start in places(of: mark, in: bytes) {
            let begin = start + mark.count
            guard begin + 64 <= bytes.count, found == nil else { return nil }
            found = begin..<begin + 64
        }
        return found
    }

    /// What the checksum of `bytes` should be.
    static func checksum(of bytes: [UInt8], at place: Range<Int>) -> Digest {
        Digest(ofSlices: [bytes[..<place.lowerBound], ArraySlice(KnowledgeSchema.emptyChecksum.utf8), bytes[place.upperBound...]])
    }

    private static func places(of mark: [UInt8], in bytes: [UInt8]) -> [Int] {
        guard bytes.count >= mark.count, let first = mark.first else { return [] }
        var places: [Int] = []
        bytes.withUnsafeBufferPointer { all in
            var at = 0
            while let start = all[at...].firstIndex(of: first) {
                if start + mark.count <= all.count, all[start..<start + mark.count].elementsEqual(mark) { places.append(start) }
                at = start + 1
            }
        }
        return places
    }
}
