public import Documents

/// Text of another file laid over a rule's tree.
///
/// A tree has places in one text. Those of the nth file laid over it begin at n times `stride`, far behind the end of any text,
/// so that every node of an effective rule still knows where it was written.
enum Overlay {
    static let stride = 1 << 40

    /// The number of the file that a place belongs to, 0 for the rule's own, and the place in that file.
    static func origin(of range: SourceRange) -> (number: Int, range: SourceRange) {
        let number = max(0, range.start) / stride
        return (number, SourceRange(start: range.start - number * stride, end: range.end - number * stride))
    }

    /// True for what was laid over a rule.
    static func holds(_ range: SourceRange) -> Bool { range.start >= stride }
}

extension SourceRange {
    /// The same place as one of the nth file laid over a rule.
    func laid(over number: Int) -> SourceRange {
        SourceRange(start: start + number * Overlay.stride, end: end + number * Overlay.stride)
    }
}

extension YAMLNode {
    /// The same tree as part of the nth file laid over a rule.
    func laid(over number: Int) -> YAMLNode {
        switch self {
        case .scalar(let text, let style, let range):
            .scalar(text: text, style: style, range: range.laid(over: number))
        case .sequence(let elements, let range, let isFlow):
            .sequence(elements.map { $0.laid(over: number) }, range: range.laid(over: number), isFlow: isFlow)
        case .mapping(let entries, let range, let isFlow):
            .mapping(
                entries.map { ($0.key.laid(over: number), $0.value.laid(over: number)) }, range: range.laid(over: number), isFlow: isFlow)
        }
    }

    /// The same tree with places in the text that each of its nodes was written in.
    var inItsText: YAMLNode {
        switch self {
        case .scalar(let text, let style, let range):
            .scalar(text: text, style: style, range: Overlay.origin(of: range).range)
        case .sequence(let elements, let range, let isFlow):
            .sequence(elements.map(\.inItsText), range: Overlay.origin(of: range).range, isFlow: isFlow)
        case .mapping(let entries, let range, let isFlow):
            .mapping(entries.map { ($0.key.inItsText, $0.value.inItsText) }, range: Overlay.origin(of: range).range, isFlow: isFlow)
        }
    }

    /// The places of this and of all that is in it.
    var allRanges: [SourceRange] {
        switch self {
        case .scalar: [range]
        case .mapping(let entries, let range, _): [range] + entries.flatMap { $0.key.allRanges + $0.value.allRanges }
        case .sequence(let elements, let range, _): [range] + elements.flatMap(\.allRanges)
        }
    }

    /// True where any of it was laid over a rule.
    var isLaidOver: Bool { allRanges.contains(where: Overlay.holds) }

    /// A map with one entry more, at its end.
    func adding(_ key: YAMLNode, _ value: YAMLNode) -> YAMLNode {
        guard case .mapping(let entries, let range, let isFlow) = self else { return self }
        return .mapping(entries + [(key, value)], range: range, isFlow: isFlow)
    }
}
