import Documents

/// A sample with the place marked at which a message should point: everything between 1️⃣ and 2️⃣.
struct MarkedText {
    let text: String
    /// The marked bytes; nothing where the sample has no marks.
    let range: SourceRange?

    init(_ sample: String) {
        let parts = sample.split(separator: "1️⃣", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let end = parts[1].firstIndex(of: "2️⃣") else {
            text = sample
            range = nil
            return
        }
        let marked = parts[1][..<end]
        text = String(parts[0] + marked + parts[1][parts[1].index(after: end)...])
        let start = parts[0].utf8.count
        range = SourceRange(start: start, end: start + marked.utf8.count)
    }
}
