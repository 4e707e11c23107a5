import Clinical
import Documents
import Engine

extension RuleReader {
    /// Which entries of the record count: `within` (for results also `latest_within`), `pick`, `same_encounter_as`.
    ///
    /// - Parameter picks: the choices that mean something for the source; none where it has but one entry.
    func readEntries(_ reader: MapReader, picks: [EntryQuery.Pick]) -> EntryQuery? {
        let latestWithin = reader.take("latest_within")
        let within = reader.take("within")
        if let latestWithin, within != nil {
            report("V112", "`latest_within` and `within` say the same; keep one of them", at: latestWithin.range)
        }
        var isSound = true
        var window: EntryQuery.Window?
        if let node = latestWithin ?? within {
            window = readWindow(node)
            isSound = window != nil
        }
        var pick: EntryQuery.Pick?
        if !picks.isEmpty, let node = reader.take("pick") {
            pick = word(node, "choice of entry", among: picks.map { ($0.rawValue, $0) })
        }
        var encounter: FactID?
        if let node = reader.take("same_encounter_as") {
            encounter = datedFact(node, "`same_encounter_as`", needsDate: false)
            isSound = isSound && encounter != nil
        }
        return isSound ? EntryQuery(window: window, pick: pick ?? .latest, encounterOf: encounter) : nil
    }

    /// `30 d`, or `30 d before FACT`, `30 d after FACT`, `30 d of FACT` for either side.
    private func readWindow(_ node: YAMLNode) -> EntryQuery.Window? {
        guard let words = text(node, "`within`") else { return nil }
        let parts = words.split(separator: " ").map(String.init)
        guard let place = parts.firstIndex(where: { ["before", "after", "of"].contains($0) }) else {
            return span(node, "`within`").map { .last($0) }
        }
        guard let span = TimeSpan(parts[..<place].joined(separator: " ")), parts.count == place + 2 else {
            report("V113", "`\(words)` is not a length of time before or after a fact", at: node.range, help: ["write `30 d before surgery`"])
            return nil
        }
        guard span.elapsedMilliseconds == nil else {
            report("V113", "a time near a fact is counted in days or longer", at: node.range, help: ["write `2 d before surgery`"])
            return nil
        }
        guard let fact = datedFact(parts[place + 1], "`within`", at: session.source(file)?.range(of: parts[place + 1], within: node.range) ?? node.range, needsDate: true)
        else { return nil }
        switch parts[place] {
        case "before": return .near(fact, before: span, after: nil)
        case "after": return .near(fact, before: nil, after: span)
        default: return .near(fact, before: span, after: span)
        }
    }

    private func datedFact(_ node: YAMLNode, _ what: String, needsDate: Bool) -> FactID? {
        guard let name = text(node, what) else { return nil }
        return datedFact(name, what, at: node.range, needsDate: needsDate)
    }

    /// A fact with a place in time, or in an encounter.
    private func datedFact(_ name: String, _ what: String, at range: SourceRange, needsDate: Bool) -> FactID? {
        guard let fact = fact(named: name, at: range) else { return nil }
        let definition = facts[fact.index].definition
        guard needsDate ? definition.hasDate : definition.hasEntries else {
            report(
                "V204", "`\(name)` has no \(needsDate ? "date" : "entry of the record"), so nothing can lie near it", at: range,
                help: ["\(what) takes a fact that comes from `lab`, `has`, `done`, `vaccine`, `setting` or `taking`"])
            return nil
        }
        return fact
    }
}
