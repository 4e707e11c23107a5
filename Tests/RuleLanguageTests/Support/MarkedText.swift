import Documents

/// A sample with 1️⃣ where a message should point; the mark is no part of the text.
struct MarkedText {
    let source: Source
    /// The byte at the mark; nothing without one.
    let mark: Int?

    init(_ sample: String, name: String = "sample.yaml") {
        let parts = sample.split(separator: "1️⃣", maxSplits: 1, omittingEmptySubsequences: false)
        source = Source(name: name, text: parts.joined())
        mark = parts.count == 2 ? parts[0].utf8.count : nil
    }
}
