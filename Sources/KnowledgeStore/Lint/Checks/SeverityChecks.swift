import Knowledge

/// K104: what holds one way does not hold the other way, or holds otherwise.
///
/// A shared side chain is shared both ways, and the two directions of a pair are one pair.
enum SymmetryCheck: LintCheck {
    static func findings(in context: LintContext) -> [LintFinding] {
        crossReactivities(context) + publicPairs(context)
    }

    private static func crossReactivities(_ context: LintContext) -> [LintFinding] {
        let rows = context.tables.crossReactivities
        func isMutual(_ relation: String) -> Bool {
            let words = relation.lowercased()
            return ["identical", "similar", "same"].contains { words.hasPrefix($0) }
        }
        var findings: [LintFinding] = []
        for (index, row) in rows.enumerated() where row.a != row.b && isMutual(row.relation) {
            for (later, other) in rows.enumerated() where later > index && other.a == row.b && other.b == row.a {
                guard isMutual(other.relation), other.risk != row.risk else { continue }
                findings.append(
                    LintFinding(
                        code: "K104", key: "cross_reactivity:\(row.id)|\(other.id)", file: context.file(.crossReactivity),
                        line: context.line(.crossReactivity, later),
                        message: "\(row.id) and \(other.id) say the same relation both ways with different risks, "
                            + "\(row.risk.rawValue) and \(other.risk.rawValue)",
                        mend: "give both the same risk, or say in the relation what differs"))
            }
        }
        return findings
    }

    private static func publicPairs(_ context: LintContext) -> [LintFinding] {
        var first: [LintContext.Pair: Int] = [:]
        var findings: [LintFinding] = []
        for (index, row) in context.tables.publicPairs.enumerated() {
            let pair = LintContext.Pair(row.a, row.b)
            guard let known = first[pair] else {
                first[pair] = index
                continue
            }
            let before = context.tables.publicPairs[known]
            let isSame = before.severity == row.severity
            findings.append(
                LintFinding(
                    code: "K104", key: "interaction_pairs:\(pair.a)|\(pair.b)", file: context.file(.interactionPairs),
                    line: context.line(.interactionPairs, index),
                    message: "\(row.aName) and \(row.bName) stand here twice"
                        + (isSame ? "" : ", as \(before.severity?.rawValue ?? "nothing") and as \(row.severity?.rawValue ?? "nothing")"),
                    mend: isSame ? "remove one of the two rows" : "keep the row whose source is right; never the average"))
        }
        return findings
    }
}

/// K106: two rules that are equally specific give a pair different severities; the more severe speaks.
enum RuleSeverityCheck: LintCheck {
    static func findings(in context: LintContext) -> [LintFinding] {
        let rules = context.tables.interactionRules
        var pairs: [[Int]: (count: Int, example: LintContext.Pair)] = [:]
        for (pair, found) in context.rulesOfPair where found.count > 1 {
            for (place, one) in found.enumerated() {
                for other in found[(place + 1)...] where rules[one].severity != rules[other].severity {
                    guard context.classCount(one) == context.classCount(other) else { continue }
                    let key = [min(one, other), max(one, other)]
                    let before = pairs[key]
                    let example = before.map { ($0.example.a, $0.example.b) < (pair.a, pair.b) ? $0.example : pair } ?? pair
                    pairs[key] = ((before?.count ?? 0) + 1, example)
                }
            }
        }
        return pairs.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, entry in
            let (one, other) = (rules[key[0]], rules[key[1]])
            return LintFinding(
                code: "K106", key: "\(one.id)|\(other.id)", file: context.file(.interactions), line: context.line(.interactions, key[1]),
                message: "\(one.id) says \(one.severity.rawValue) and \(other.id) \(other.severity.rawValue) of \(entry.count) pairs, such as "
                    + "\(context.name(entry.example.a)) and \(context.name(entry.example.b))",
                mend: "make one of them more specific, or give both the severity that the newer source has")
        }
    }
}

/// K107: a public list and the curated rule that speaks in its place differ by two steps or more.
enum PublicSeverityCheck: LintCheck {
    static func findings(in context: LintContext) -> [LintFinding] {
        var byRule: [String: (count: Int, row: Int, text: String)] = [:]
        for (index, row) in context.tables.publicPairs.enumerated() {
            guard let listed = row.severity, let a = context.base.ingredient(rxcui: row.a), let b = context.base.ingredient(rxcui: row.b),
                let speaker = context.base.interaction(a, b), speaker.layer == .curated, abs(speaker.severity.rank - listed.rank) >= 2
            else { continue }
            let key = "\(speaker.id)|\(listed.rawValue)"
            let text = "\(speaker.id) says \(speaker.severity.rawValue) where \(row.source) says \(listed.rawValue), of"
            byRule[key] = ((byRule[key]?.count ?? 0) + 1, byRule[key]?.row ?? index, text)
        }
        return byRule.sorted { $0.key < $1.key }.map { key, entry in
            let row = context.tables.publicPairs[entry.row]
            return LintFinding(
                code: "K107", key: key, file: context.file(.interactionPairs), line: context.line(.interactionPairs, entry.row),
                message: "\(entry.text) \(entry.count) pairs, such as \(row.aName) and \(row.bName)",
                mend: "read both sources; name the newer one in the rule, or change its severity")
        }
    }
}

/// K108: a rule stands on a published list and has a severity that the list would not give it.
enum ListSeverityCheck: LintCheck {
    static func findings(in context: LintContext) -> [LintFinding] {
        context.tables.interactionRules.enumerated().compactMap { index, row in
            let isTooLow = row.oncList == "ONC-HP" && row.severity < .major
            let isTooHigh = row.oncList == "ONC-NI" && row.severity >= .major
            guard isTooLow || isTooHigh else { return nil }
            let list = isTooLow ? "the high-priority list" : "the list of interactions that should not interrupt"
            return LintFinding(
                code: "K108", key: row.id, file: context.file(.interactions), line: context.line(.interactions, index),
                message: "\(row.id) (\(row.aName) and \(row.bName)) is \(row.severity.rawValue) and on \(list)",
                mend: "follow the list, or name in `sources` the newer advice that has overtaken it")
        }
    }
}

/// K112: one rule makes more than half of the pairs of a priority list; treated as equals, they drown the others.
enum DominantRuleCheck: LintCheck {
    static func findings(in context: LintContext) -> [LintFinding] {
        let rules = context.tables.interactionRules
        var counts: [String: [Int: Int]] = [:]
        for found in context.rulesOfPair.values {
            guard let rule = found.first(where: { rules[$0].oncList != nil }), let list = rules[rule].oncList else { continue }
            counts[list, default: [:]][rule, default: 0] += 1
        }
        var findings: [LintFinding] = []
        for (list, byRule) in counts.sorted(by: { $0.key < $1.key }) {
            let all = byRule.values.reduce(0, +)
            guard byRule.count > 2, let (rule, count) = byRule.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), count * 2 > all else { continue }
            findings.append(
                LintFinding(
                    code: "K112", key: "\(list):\(rules[rule].id)", file: context.file(.interactions), line: context.line(.interactions, rule),
                    message: "\(rules[rule].id) (\(rules[rule].aName) and \(rules[rule].bName)) makes \(count) of the \(all) pairs of \(list)",
                    mend: "answer it with a rule that looks at the patient, so that it does not drown the other \(byRule.count - 1)"))
        }
        return findings
    }
}

/// K111: a pair of a public list that nothing answers: no severity of its own, and no curated rule.
enum LostPairCheck: LintCheck {
    static func findings(in context: LintContext) -> [LintFinding] {
        context.tables.publicPairs.enumerated().compactMap { index, row in
            let (a, b) = (context.baseOf[row.a] ?? row.a, context.baseOf[row.b] ?? row.b)
            let why: String
            if a == b {
                why = "both sides are one ingredient"
            } else if context.severity(row.a, row.b) == nil {
                why = "it has no severity, and no curated rule covers it"
            } else {
                return nil
            }
            return LintFinding(
                code: "K111", key: "\(min(a, b))|\(max(a, b))", file: context.file(.interactionPairs), line: context.line(.interactionPairs, index),
                message: "\(row.aName) and \(row.bName) (\(row.source)) lead nowhere: \(why)",
                mend: "write a rule for the pair, or remove the row and say so in SOURCES.md")
        }
    }
}
