import Documents

/// A comment of a YAML text.
struct YAMLComment: Sendable, Hashable {
    /// With its `#`, without blanks at the end.
    let text: String
    /// Where its `#` stands.
    let start: Int
    /// True where nothing stands before it on its line.
    let isAlone: Bool

    /// The comments of a text: every `#` that begins a word outside of all scalars.
    static func all(in source: Source, _ root: YAMLNode) -> [YAMLComment] {
        let scalars = places(of: root).sorted { $0.start < $1.start }
        var comments: [YAMLComment] = []
        var next = 0
        for number in 1...source.lineCount {
            guard let line = source.lineRange(number) else { continue }
            var offset = line.start
            while offset < line.end {
                while next < scalars.count, scalars[next].end <= offset { next += 1 }
                if next < scalars.count, scalars[next].start <= offset {
                    offset = max(offset + 1, min(scalars[next].end, line.end))
                    continue
                }
                let isWordStart = offset == line.start || source.bytes[offset - 1] == 0x20 || source.bytes[offset - 1] == 0x09
                if source.bytes[offset] == 0x23, isWordStart {
                    let before = source.text(in: SourceRange(start: line.start, end: offset))
                    let text = source.text(in: SourceRange(start: offset, end: line.end))
                    comments.append(
                        YAMLComment(text: text.withoutTrailingBlanks, start: offset, isAlone: before.allSatisfy(\.isWhitespace)))
                    break
                }
                offset += 1
            }
        }
        return comments
    }

    private static func places(of node: YAMLNode) -> [SourceRange] {
        switch node {
        case .scalar(_, _, let range): range.end > range.start ? [range] : []
        case .sequence(let elements, _, _): elements.flatMap(places)
        case .mapping(let entries, _, _): entries.flatMap { places(of: $0.key) + places(of: $0.value) }
        }
    }
}

extension String {
    var withoutTrailingBlanks: String { String(reversed().drop { $0 == " " || $0 == "\t" || $0 == "\r" }.reversed()) }
}
