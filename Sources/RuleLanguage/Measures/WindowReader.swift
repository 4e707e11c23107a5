import Clinical
import Documents
import Engine

/// Reads when: `period`, `it`, a fact's name, `from 9 y before start of period to end of period`, `by end of period`.
///
/// Ends belong to the window; after `before` and `after` they do not. Days are compared; `to the minute` at the end compares times
/// where both are known.
struct WindowReader {
    let phrases: PhraseReader

    init(_ phrases: PhraseReader) {
        self.phrases = phrases
    }

    func window(_ node: YAMLNode) -> TimeWindow? {
        guard let text = node.text else {
            phrases.report("V112", "a time is written in words, as `period` or `by end of period`", at: node.range)
            return nil
        }
        let suffix = " to the minute"
        let isPrecise = text.hasSuffix(suffix)
        let words = isPrecise ? String(text.dropLast(suffix.count)) : text
        var window = read(words, at: node.range)
        window?.isPrecise = isPrecise
        return window
    }

    private func read(_ words: String, at range: SourceRange) -> TimeWindow? {
        if let rest = words.after("from ") {
            guard let ends = rest.splitOnce(" to ") else {
                return point(rest, at: range).map { TimeWindow(from: $0, to: nil) }
            }
            guard let from = point(ends.0, at: range), let to = point(ends.1, at: range) else { return nil }
            return TimeWindow(from: from, to: to)
        }
        if let rest = words.after("by ") { return point(rest, at: range).map { TimeWindow(from: nil, to: $0) } }
        if let rest = words.after("before ") {
            return point(rest, at: range).map { TimeWindow(from: nil, to: $0, excludesTo: true) }
        }
        if let rest = words.after("after ") {
            return point(rest, at: range).map { TimeWindow(from: $0, to: nil, excludesFrom: true) }
        }
        if let rest = words.after("on ") { return point(rest, at: range).map { TimeWindow(from: $0, to: $0) } }
        guard let anchor = anchor(words, at: range) else { return nil }
        return TimeWindow(from: TimePoint(anchor: anchor, edge: .start), to: TimePoint(anchor: anchor, edge: .end))
    }

    /// `start of period`, `3 d before end of it`, `15 months before start of period`.
    func point(_ words: String, at range: SourceRange) -> TimePoint? {
        for (sign, word) in [(true, " before "), (false, " after ")] {
            guard let parts = words.splitOnce(word), let span = TimeSpan(parts.0) else { continue }
            guard var point = edge(parts.1, at: range) else { return nil }
            point.offset = sign ? span.negated : span
            return point
        }
        return edge(words, at: range)
    }

    private func edge(_ words: String, at range: SourceRange) -> TimePoint? {
        for edge in TimeEdge.allCases {
            guard let name = words.after("\(edge.rawValue) of ") else { continue }
            return anchor(name, at: range).map { TimePoint(anchor: $0, edge: edge) }
        }
        phrases.report(
            "V113", "`\(words)` is not a point in time", at: range,
            help: ["write `start of period`, `end of it` or `3 d after end of NAME`"])
        return nil
    }

    private func anchor(_ name: String, at range: SourceRange) -> TimePoint.Anchor? {
        switch name {
        case "period": return .period
        case "it": return .it
        case "hospitalization": return .hospitalization(through: phrases.facts.hospitalizationThrough)
        case phrases.facts.counted: return .episode
        default:
            guard !name.contains(" ") else {
                phrases.report(
                    "V113", "`\(name)` is not a time", at: range,
                    help: ["write `period`, `from … to …`, `by …`, `before …` or `after …`"])
                return nil
            }
            let node = YAMLNode.scalar(text: name, style: .plain, range: range)
            return phrases.query(node).map { .query($0) }
        }
    }
}

extension PhraseReader {
    /// The keys that say when, each with the time of the entry and the relation that it means.
    private static let timeKeys: [(key: String, aspect: EventAspect, relation: TimeRelation)] =
        TimeRelation.allCases.map { ($0.rawValue, .happened, $0) }
        + TimeRelation.allCases.map { ("supply_\($0.rawValue)", .supply, $0) }
        + TimeRelation.allCases.map { ("dosing_\($0.rawValue)", .dosing, $0) }
        + [("recorded", .recorded, .during)]

    func times(_ map: MapReader) -> [EventTest] {
        Self.timeKeys.compactMap { key, aspect, relation in
            map.take(key).flatMap { WindowReader(self).window($0) }.map { .time(relation, of: aspect, $0) }
        }
    }
}

extension String {
    /// What follows a beginning; `nil` where it begins otherwise.
    fileprivate func after(_ beginning: String) -> String? {
        hasPrefix(beginning) ? String(dropFirst(beginning.count)) : nil
    }
}
