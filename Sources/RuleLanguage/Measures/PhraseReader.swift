import Clinical
import Documents
import Engine

/// Reads the phrases of a measure: conditions, and entries of a record.
///
/// A condition is the name of a fact, a map of `all`, `any`, `none`, `age`, `sex`, `died` and phrases about entries, all of
/// which must hold, or a list. A phrase about entries begins with a kind of entry: `encounter: office-visit`.
struct PhraseReader {
    let session: CheckSession
    let file: String
    let facts: MeasureFacts

    /// What a list means where it stands.
    enum ListMeaning {
        case all, any
    }

    // MARK: Facts

    func fact(_ node: YAMLNode) -> MeasureFact? {
        if let map = node.mapping, map.contains(where: { EntryWords.isSource($0.key.text) }),
            !map.contains(where: { EntryWords.countKeys.contains($0.key.text ?? "") })
        {
            return query(node).map { .entries($0) }
        }
        if let name = node.text, case .entries(let query)? = facts.fact(name, file: file, at: node.range) { return .entries(query) }
        return condition(node, lists: .all).map { .condition(session.measures.condition($0)) }
    }

    // MARK: Conditions

    func condition(_ node: YAMLNode, lists: ListMeaning) -> MeasureCondition? {
        if let name = node.text { return named(name, at: node.range) }
        if let items = node.sequence {
            let parts = items.map { condition($0, lists: .all) }
            guard parts.allSatisfy({ $0 != nil }), !parts.isEmpty else {
                if parts.isEmpty { report("V111", "the list is empty", at: node.range) }
                return nil
            }
            let known = parts.compactMap(\.self)
            return known.count == 1 ? known[0] : lists == .any ? .any(known) : .all(known)
        }
        guard let map = MapReader(node, session, file: file, what: "a condition") else { return nil }
        let hasSource = map.entries.contains { EntryWords.isSource($0.key) }
        return hasSource ? existence(map, node) : combination(map)
    }

    private func named(_ name: String, at range: SourceRange) -> MeasureCondition? {
        if name == facts.counted { report("V204", "`\(name)` is what the measure counts; it is always there", at: range) }
        switch facts.fact(name, file: file, at: range) {
        case .entries(let query): return .exists(query, atLeast: 1, by: .entry)
        case .condition(let id): return .named(id)
        case nil: return nil
        }
    }

    private func combination(_ map: MapReader) -> MeasureCondition? {
        var parts: [MeasureCondition?] = []
        if let node = map.take("all") { parts.append(condition(node, lists: .all)) }
        if let node = map.take("any") { parts.append(condition(node, lists: .any)) }
        if let node = map.take("none") { parts.append(condition(node, lists: .any).map { .none([$0]) }) }
        if let node = map.take("age") { parts.append(age(node)) }
        if let node = map.take("sex") { parts.append(sex(node)) }
        if let node = map.take("died") { parts.append(WindowReader(self).window(node).map { .died($0) }) }
        map.finish(also: EntryWords.sources.map(\.key))
        guard !parts.isEmpty, parts.allSatisfy({ $0 != nil }) else { return nil }
        let known = parts.compactMap(\.self)
        return known.count == 1 ? known[0] : .all(known)
    }

    /// A phrase about entries as a condition: that there is one, or as many as it says.
    private func existence(_ map: MapReader, _ node: YAMLNode) -> MeasureCondition? {
        let count = map.take("at_least").flatMap { number($0, "`at_least`") } ?? 1
        let by = map.take("count_by").flatMap { word($0, "way to count", among: EventCount.allCases.map { ($0.rawValue, $0) }) } ?? .entry
        let days = map.take("total_days_supplied")
        guard let query = query(map, node) else { return nil }
        guard let days else { return .exists(query, atLeast: count, by: by) }
        guard let (comparison, words) = comparison(days, "`total_days_supplied`") else { return nil }
        guard let limit = Decimal(words.text ?? "") else {
            report("V113", "`\(words.text ?? "")` is not a number of days", at: words.range)
            return nil
        }
        return .daysSupplied(query, comparison, limit)
    }

    private func sex(_ node: YAMLNode) -> MeasureCondition? {
        word(node, "sex", among: [("female", Patient.Sex.female), ("male", .male)]).map { .sex($0) }
    }

    /// `{ at: end of period, between: 18 y and 75 y }`.
    private func age(_ node: YAMLNode) -> MeasureCondition? {
        guard let map = MapReader(node, session, file: file, what: "`age`") else { return nil }
        let at = map.need("at", why: "on which day: `start of period` or `end of period`")
        let range = ageRange(map, node)
        map.finish()
        guard let at, let words = at.text, let range else { return nil }
        guard let point = WindowReader(self).point(words, at: at.range) else { return nil }
        return .age(point, range)
    }

    /// The age of an `age:` inside a phrase about entries: at the entry's own start or end.
    func ageOfEntry(_ node: YAMLNode) -> EventTest? {
        guard let map = MapReader(node, session, file: file, what: "`age`") else { return nil }
        let at = map.take("at").flatMap { word($0, "end of the entry", among: TimeEdge.allCases.map { ($0.rawValue, $0) }) }
        let range = ageRange(map, node)
        map.finish()
        return range.map { .age(at ?? .start, $0) }
    }

    private func ageRange(_ map: MapReader, _ node: YAMLNode) -> AgeRange? {
        func limit(_ key: String) -> (TimeSpan, SourceRange)? {
            guard let node = map.take(key) else { return nil }
            return ageSpan(node.text ?? "", at: node.range).map { ($0, node.range) }
        }
        if let node = map.take("between") {
            guard let ends = node.text?.splitOnce(" and "), let low = ageSpan(ends.0, at: node.range),
                let high = ageSpan(ends.1, at: node.range)
            else {
                report("V113", "write it as `18 y and 75 y`", at: node.range)
                return nil
            }
            return AgeRange(low: low.amount, high: high.amount, isInMonths: low.unit == .months)
        }
        let low = limit("at_least"), high = limit("at_most"), below = limit("below")
        guard low != nil || high != nil || below != nil else {
            report("V111", "`age` needs `at_least`, `at_most`, `below` or `between`", at: node.range.start(of: 1))
            return nil
        }
        let isInMonths = [low, high, below].contains { $0?.0.unit == .months }
        return AgeRange(low: low?.0.amount, high: high?.0.amount ?? below.map { $0.0.amount - 1 }, isInMonths: isInMonths)
    }

    private func ageSpan(_ words: String, at range: SourceRange) -> TimeSpan? {
        if let span = TimeSpan(words), span.unit == .years || span.unit == .months { return span }
        report("V113", "`\(words)` is not an age", at: range, help: ["write `18 y` or `3 months`"])
        return nil
    }

    // MARK: Small things

    func report(_ code: String, _ message: String, at range: SourceRange, label: String? = nil, help: [String] = []) {
        session.report(code, message, file: file, at: range, label: label, help: help)
    }

    func number(_ node: YAMLNode, _ what: String) -> Int? {
        if let number = node.text.flatMap({ Int($0) }), number > 0 { return number }
        report("V113", "\(what) is a number above 0", at: node.range)
        return nil
    }

    func word<Value>(_ node: YAMLNode, _ what: String, among choices: [(String, Value)]) -> Value? {
        let words = node.text ?? ""
        if let choice = choices.first(where: { $0.0 == words }) { return choice.1 }
        let near = NearestName.find(words, in: choices.map(\.0))
        report(
            "V203", "there is no \(what) called `\(words)`", at: node.range, label: near.map { "did you mean `\($0)`?" },
            help: ["known: " + choices.map { "`\($0.0)`" }.joined(separator: ", ")])
        return nil
    }

    func words(_ node: YAMLNode, _ what: String) -> [String] {
        node.listOrSelf.compactMap { item in
            if let text = item.text, !text.isEmpty { return text }
            report("V112", "\(what) takes words", at: item.range)
            return nil
        }
    }

    /// The one comparison of a map such as `{ above: 9 % }`.
    func comparison(_ node: YAMLNode, _ what: String) -> (Comparison, YAMLNode)? {
        guard let map = MapReader(node, session, file: file, what: what) else { return nil }
        for comparison in Comparison.allCases {
            guard let value = map.take(comparison.rawValue) else { continue }
            map.finish()
            return (comparison, value)
        }
        map.finish()
        report("V111", "\(what) needs `above`, `at_least`, `below` or `at_most`", at: node.range.start(of: 1))
        return nil
    }
}
