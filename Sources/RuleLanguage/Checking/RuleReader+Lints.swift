import Documents
import Engine
import Knowledge

extension RuleReader {
    /// What is allowed and yet probably not meant.
    func lint(_ rule: PlannedRule) {
        lintUnknown(rule)
        if let gap = rule.kind as? CareGapKind { lintAnchor(gap) }
        if rule.isShown, !(rule.kind is CareGapKind), !(rule.kind is MeasureKind), rule.grades.allSatisfy(\.card.overrideReasons.isEmpty) {
            report(
                "V702", .warning, "the rule offers no override reasons", at: map.keyRange("grades") ?? map.range.start(of: 1),
                help: ["add `override_reasons: [ … ]`, so that a prescriber can say why"])
        }
    }

    /// Notes the pairs for which a rule speaks, to be compared with those of other rules and with tables that have a floor.
    func claimPair(_ rule: PlannedRule) {
        let isDuplicate = rule.kind is DuplicateKind
        guard rule.isShown, isDuplicate || rule.kind is InteractionKind, roleSelectors.count == (isDuplicate ? 1 : 2),
            let first = roleSelectors.first ?? nil, let second = roleSelectors.last ?? nil
        else { return }
        func members(_ selector: DrugSelector) -> Set<IngredientID> {
            Set(selector.alternatives.flatMap { session.builder.members(of: $0.set) })
        }
        func routes(_ selector: DrugSelector) -> Set<RouteGroup>? {
            selector.alternatives.reduce(Set()) { known, alternative in
                guard let known, let routes = alternative.routes else { return nil }
                return known.union(routes)
            }
        }
        let claim = PairClaim(
            rule: rule.heading.id, file: file, range: roleRanges.last ?? map.range.start(of: 1), first: members(first),
            second: members(second), severities: rule.grades.compactMap(\.severity).sorted(by: >), routes: routes(first) ?? routes(second))
        if isDuplicate { session.duplicateClaims.append(claim) } else { session.pairClaims.append(claim) }
    }

    /// A fact that is often unknown decides between rows, and no row says what then.
    private func lintUnknown(_ rule: PlannedRule) {
        let tests = rule.grades.compactMap(\.when).flatMap(\.tests)
        let asked = Set(tests.filter { $0.1 == .isUnknown }.map(\.0))
        for fact in Set(tests.map(\.0)).sorted(by: { $0.index < $1.index }) {
            let planned = rule.facts[fact.index]
            guard planned.definition.isOftenUnknown(among: rule.facts), !asked.contains(fact), !acceptedUnknown.contains(planned.name) else { continue }
            let range = map.keyRange("grades") ?? factRanges[fact.index]
            report(
                "V301", .warning, "`\(planned.name)` may be unknown here and no row says what then",
                at: fact.index < factRanges.count ? factRanges[fact.index] : range,
                help: ["add a row `when: { \(planned.name): unknown }`, or `if_unknown: { \(planned.name): ok }` to a row"])
        }
    }

    private func lintAnchor(_ gap: CareGapKind) {
        guard gap.problems.isEmpty else { return }
        let isNarrowed = gap.population.tests.contains { fact, _ in
            switch facts[fact.index].definition {
            case .age, .sex, .has, .taking, .done, .vaccine: true
            default: false
            }
        }
        if !isNarrowed {
            report("V310", .warning, "no anchor: this rule is evaluated for every patient", at: map.keyRange("population") ?? map.range.start(of: 1))
        }
    }
}
