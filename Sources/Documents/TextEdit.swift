/// A change of a text: some bytes replaced by others.
public struct TextEdit: Sendable, Hashable {
    public let range: SourceRange
    public let replacement: String

    public init(_ range: SourceRange, _ replacement: String) {
        self.range = range
        self.replacement = replacement
    }
}

extension Source {
    /// The bytes after some changes, made from the end so that places hold; of changes that overlap only the last counts.
    public func applying(_ edits: [TextEdit]) -> [UInt8] {
        var bytes = bytes
        var limit = bytes.count
        for edit in edits.sorted(by: { ($0.range.start, $0.range.end) > ($1.range.start, $1.range.end) }) {
            guard edit.range.start >= 0, edit.range.end <= limit else { continue }
            bytes.replaceSubrange(edit.range.start..<edit.range.end, with: edit.replacement.utf8)
            limit = edit.range.start
        }
        return bytes
    }
}
