import Clinical
import Documents
import Engine
import Knowledge

extension RuleReader {
    func readMeasure() -> MeasureKind? {
        var own: [String: MeasureNames.WrittenFact] = [:]
        if let node = map.take("facts"), let written = MapReader(node, session, file: file, what: "`facts`") {
            for entry in written.entries {
                own[entry.key] = MeasureNames.WrittenFact(file: file, node: entry.value, keyRange: entry.keyRange)
            }
        }
        let countsNode = map.take("counts")
        let counted = countsNode.flatMap { text($0, "`counts`") }.flatMap { $0 == "patients" ? nil : $0 }
        let facts = MeasureFacts(session, own: own, counted: counted)
        let phrases = PhraseReader(session: session, file: file, facts: facts)
        if let node = map.take("hospitalization_through") {
            facts.hospitalizationThrough = node.listOrSelf.map { phrases.valueSets($0) }
        }
        var basis = Measure.Basis.patients
        if let counted, let countsNode {
            guard case .entries(let query)? = facts.fact(counted, file: file, at: countsNode.range) else { return nil }
            basis = .entries(query)
        }
        let isLower = word(map.take("better"), "direction", among: [("higher", false), ("lower", true)]) ?? false
        let rates = readRates(phrases)
        let severity: Severity = word(map.take("severity"), "severity", among: Severity.allCases.map { ($0.rawValue, $0) }) ?? .minor
        let sameGapAs = (map.take("same_gap_as")?.listOrSelf ?? []).compactMap { text($0, "`same_gap_as`") }
        let parts = CardParts(map)
        let card = parts.summary.map { readCard(parts, known: [], at: $0.range) }
        for unused in facts.unused where session.errorCount == 0 {
            report("V302", .warning, "nothing uses the fact `\(unused.name)`", at: unused.fact.keyRange)
        }
        guard !rates.isEmpty else { return nil }
        var kinds: Set<RecordEvent.Kind> = [.encounter]
        for rate in rates {
            for condition in [rate.initialPopulation, rate.denominator, rate.exclusions, rate.numerator, rate.exceptions] {
                if let condition { kinds.formUnion(session.measures.reach(of: condition).kinds) }
            }
        }
        if case .entries(let query) = basis { kinds.formUnion(session.measures.reach(of: query).kinds) }
        for kind in kinds { needs.sections.insert(kind.section) }
        needs.eventKinds = kinds
        return MeasureKind(
            measure: Measure(basis: basis, isLowerBetter: isLower, rates: rates), severity: severity, card: card, sameGapAs: sameGapAs)
    }

    /// The rates of the measure; one without a name where its populations stand at the top.
    private func readRates(_ phrases: PhraseReader) -> [MeasureRate] {
        let base = Populations(map)
        guard let list = map.take("rates") else { return [rate(named: "", base, phrases, at: map.range)].compactMap(\.self) }
        return list.listOrSelf.compactMap { item in
            guard let entry = MapReader(item, session, file: file, what: "a rate") else { return nil }
            let name = text(entry.need("name", why: "by which the rate is known"), "`name`") ?? ""
            let own = Populations(entry)
            entry.finish()
            return rate(named: name, own.over(base), phrases, at: item.range)
        }
    }

    private func rate(named name: String, _ populations: Populations, _ phrases: PhraseReader, at range: SourceRange) -> MeasureRate? {
        func read(_ node: YAMLNode?, _ lists: PhraseReader.ListMeaning) -> ConditionID? {
            node.flatMap { phrases.condition($0, lists: lists) }.map { session.measures.condition($0) }
        }
        let initial = read(populations.initial, .all), numerator = read(populations.numerator, .any)
        let denominator = read(populations.denominator, .all), exclusions = read(populations.exclusions, .any)
        let exceptions = read(populations.exceptions, .any)
        guard let initial, let numerator else {
            if populations.initial == nil { report("V111", "`initial_population` is missing: whom it is about", at: range.start(of: 1)) }
            if populations.numerator == nil { report("V111", "`numerator` is missing: what is measured", at: range.start(of: 1)) }
            return nil
        }
        return MeasureRate(
            name: name, initialPopulation: initial, denominator: denominator, exclusions: exclusions, numerator: numerator,
            exceptions: exceptions)
    }
}

/// The populations of a rate as they were written.
private struct Populations {
    var initial: YAMLNode?
    var denominator: YAMLNode?
    var exclusions: YAMLNode?
    var numerator: YAMLNode?
    var exceptions: YAMLNode?

    init(_ map: MapReader) {
        initial = map.take("initial_population")
        denominator = map.take("denominator")
        exclusions = map.take("exclusions")
        numerator = map.take("numerator")
        exceptions = map.take("exceptions")
    }

    /// The rate's own where it has them, else the measure's.
    func over(_ base: Populations) -> Populations {
        var populations = self
        populations.initial = initial ?? base.initial
        populations.denominator = denominator ?? base.denominator
        populations.exclusions = exclusions ?? base.exclusions
        populations.numerator = numerator ?? base.numerator
        populations.exceptions = exceptions ?? base.exceptions
        return populations
    }
}
