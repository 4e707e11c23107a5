import Clinical
import Documents
import Engine
import Knowledge

extension RuleReader {
    func readCareGap() -> CareGapKind? {
        let populationNode = map.take("population")
        let population = populationNode.flatMap(readCriterion)
        let exclusions = (map.take("exclude")?.listOrSelf ?? []).map(readCriterion)
        let notDue = (map.take("not_due_while")?.listOrSelf ?? []).map(readCriterion)
        let evidence = (map.take("done_by")?.listOrSelf ?? []).map(readEvidenceOfDone)
        let intervals = map.take("every").flatMap(readIntervals)
        let grace = calendarSpan(map.take("grace"), "`grace`")
        let dueSoon = calendarSpan(map.take("due_soon"), "`due_soon`")
        let severity: Severity? = word(
            map.need("severity", why: "how the card is graded"), "severity", among: Severity.allCases.map { ($0.rawValue, $0) })
        let known = Set(
            (population?.knownWhenTrue ?? []) + (intervals ?? []).flatMap { $0.when?.tests.map(\.0) ?? [] })
        for key in ["grace", "due_soon"] where intervals == nil {
            guard let range = map.keyRange(key) else { continue }
            report("V111", "`\(key)` needs `every`: what is done once is never due again", at: range)
        }
        var states: [GapState.Kind] = [.never]
        if intervals != nil || evidence.compactMap(\.self).contains(where: isForecast) { states.append(.overdue) }
        if dueSoon != nil { states.append(.dueSoon) }
        let cards = readStates(states, known: known)
        guard let population, let severity, !evidence.isEmpty, exclusions.allSatisfy({ $0 != nil }),
            notDue.allSatisfy({ $0 != nil }), evidence.allSatisfy({ $0 != nil })
        else { return nil }
        return CareGapKind(
            population: population, exclusions: exclusions.compactMap(\.self), evidence: evidence.compactMap(\.self),
            intervals: intervals ?? [], grace: grace, dueSoon: dueSoon, notDueWhile: notDue.compactMap(\.self),
            severity: severity, cards: cards, problems: anchors(of: population))
    }

    /// Whether a schedule says when it is due again.
    private func isForecast(_ evidence: GapEvidence) -> Bool {
        evidence.facts.contains { if case .upToDate = facts[$0.index].definition { true } else { false } }
    }

    /// One thing that counts as done: a fact, or where it comes from; `all:` asks for several together.
    private func readEvidenceOfDone(_ node: YAMLNode) -> GapEvidence? {
        if let name = node.text { return fact(named: name, at: node.range).map { GapEvidence(facts: [$0]) } }
        guard let reader = MapReader(node, session, file: file, what: "an entry of `done_by`") else { return nil }
        if let all = reader.take("all") {
            reader.finish()
            let parts = all.listOrSelf.map(readEvidenceOfDone)
            if parts.isEmpty { report("V111", "this counts as done whatever was done: `all` is empty", at: all.range) }
            return parts.allSatisfy { $0 != nil } ? GapEvidence(facts: parts.compactMap(\.self).flatMap(\.facts)) : nil
        }
        guard let definition = readDefinition(reader, node) else { return nil }
        reader.finish(also: Self.sources)
        let words = reader.entries.first.map { entry in
            [entry.key.replacingUnderscores, entry.value.text].compactMap(\.self).joined(separator: " ")
        }
        var name = words ?? "evidence"
        while factIDs[name] != nil { name += "'" }
        return GapEvidence(facts: [add(name, definition, missing: nil, range: node.range)])
    }

    private func readIntervals(_ node: YAMLNode) -> [GapInterval]? {
        guard let rows = node.sequence else { return calendarSpan(node, "`every`").map { [GapInterval(when: nil, interval: $0)] } }
        let intervals = rows.map { row -> GapInterval? in
            guard let reader = MapReader(row, session, file: file, what: "a row of `every`") else { return nil }
            let whenNode = reader.take("when")
            let when = whenNode.flatMap(readCriterion)
            readOtherwise(reader, beside: whenNode)
            let interval = calendarSpan(reader.need("interval", why: "how long until it is due again"), "`interval`")
            reader.finish()
            guard let interval, when != nil || whenNode == nil else { return nil }
            return GapInterval(when: when, interval: interval)
        }
        if rows.last.map({ $0["when"] != nil }) ?? true {
            report(
                "V111", "the last row of `every` must be for all others", at: (rows.last ?? node).range.start(of: 1),
                help: ["end with `- { otherwise: yes, interval: 6 months }`, so that no patient is left without an interval"])
        }
        return intervals.compactMap(\.self)
    }

    /// A card for each state that the summary speaks of.
    private func readStates(_ states: [GapState.Kind], known: Set<FactID>) -> [GapState.Kind: CardText] {
        var parts = CardParts(map)
        guard let node = parts.summary else {
            report("V111", "`summary` is missing: words for `never`, `overdue` and, if wanted, `due_soon`", at: map.range.start(of: 1))
            return [:]
        }
        guard let reader = MapReader(node, session, file: file, what: "`summary` of a care gap") else { return [:] }
        var cards: [GapState.Kind: CardText] = [:]
        for kind in GapState.Kind.allCases {
            guard let text = reader.take(kind.rawValue) else {
                if states.contains(kind) {
                    report("V111", "`summary` has no words for `\(kind.rawValue)`: that state would be silent", at: node.range.start(of: 1))
                }
                continue
            }
            parts.summary = text
            cards[kind] = readCard(parts, known: known, at: text.range)
        }
        reader.finish()
        return cards
    }

    /// Problems that everyone of the population has: any of them anchors the rule.
    private func anchors(of population: Criterion) -> [CodeSetID] {
        let parts: [Criterion] = if case .all(let parts) = population { parts } else { [population] }
        for part in parts {
            guard case .test(let fact, .isYes) = part else { continue }
            if case .has(let set, _, _) = facts[fact.index].definition { return [set] }
            if case .criterion(.any(let choices)) = facts[fact.index].definition {
                let sets = choices.map { choice -> CodeSetID? in
                    guard case .test(let inner, .isYes) = choice, case .has(let set, _, _) = facts[inner.index].definition
                    else { return nil }
                    return set
                }
                if sets.allSatisfy({ $0 != nil }) { return sets.compactMap(\.self) }
            }
        }
        return []
    }
}
