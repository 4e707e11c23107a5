import Clinical
import Documents
import Engine
import Knowledge

extension RuleReader {
    /// The rows of the ladder, the words of the rule put under those of each row.
    func readLadder(_ kind: any RuleKind.Type) -> [PlannedGrade] {
        if kind == DrugTableKind.self || kind == RepeatedTestKind.self { return tableGrades }
        let base = CardParts(map)
        guard let node = map.take("grades") else {
            if kind == InteractionTableKind.self {
                return [PlannedGrade(name: "table", when: nil, severity: nil, card: readCard(base, known: [], at: map.range.start(of: 1)))]
            }
            report("V111", "`grades` is missing: the rows that decide severity and card", at: map.range.start(of: 1))
            return []
        }
        guard let rows = node.sequence, !rows.isEmpty else {
            report("V112", "`grades` must be a list of rows", at: node.range, label: "this is \(node.shapeWords)")
            return []
        }
        var grades: [PlannedGrade] = []
        var passed: Set<FactID> = []
        var accepted: Set<String> = []
        for row in rows {
            guard let grade = readRow(row, base: base, passed: &passed, accepted: &accepted, earlier: grades) else { continue }
            grades.append(grade)
        }
        return grades
    }

    private func readRow(
        _ row: YAMLNode, base: CardParts, passed: inout Set<FactID>, accepted: inout Set<String>, earlier: [PlannedGrade]
    ) -> PlannedGrade? {
        guard let reader = MapReader(row, session, file: file, what: "a row of `grades`") else { return nil }
        let nameNode = reader.need("name", why: "each row has a name, so that a test and the log can speak of it")
        let name = text(nameNode, "`name`") ?? ""
        let whenNode = reader.take("when")
        let when = whenNode.flatMap(readCriterion)
        readOtherwise(reader, beside: whenNode)
        let hasCondition = whenNode != nil || reader.keyRange("otherwise") != nil
        if !hasCondition {
            report("V111", "row `\(name)` has no condition", at: row.range.start(of: 1), help: ["write `when: { … }`, or `otherwise: yes`"])
        }
        let severity: Severity? = word(
            reader.need("severity", why: "`contraindicated`, `major`, `moderate`, `minor` or `none`"), "severity",
            among: Severity.allCases.map { ($0.rawValue, $0) })
        readAccepted(reader.take("if_unknown"), into: &accepted)
        var known = passed
        if let when {
            known.formUnion(when.knownWhenTrue)
            passed.formUnion(when.knownWhenFalse)
        }
        if when != nil || whenNode == nil {
            checkReachable(when, name: name, at: row.range, condition: whenNode?.range, earlier: earlier)
        }
        isSilentRow = severity == Severity.none
        defer { isSilentRow = false }
        let card = readCard(CardParts(reader).over(base), known: known, at: row.range.start(of: 1), needsSummary: severity != Severity.none)
        let floor = reader.take("floor")
        reader.finish()
        if earlier.contains(where: { $0.name == name }), let nameNode {
            report("V115", "another row is called `\(name)`", at: nameNode.range)
        }
        addOrigin(.grade(earlier.count), row.range)
        readFloor(floor, of: severity, name)
        guard let severity, when != nil || whenNode == nil else { return nil }
        return PlannedGrade(name: name, when: when, severity: severity, card: card)
    }

    /// `if_unknown: { potassium: ok }`: the author has thought of it.
    private func readAccepted(_ node: YAMLNode?, into accepted: inout Set<String>) {
        guard let node, let reader = MapReader(node, session, file: file, what: "`if_unknown`") else { return }
        for entry in reader.entries {
            guard fact(named: entry.key, at: entry.keyRange) != nil else { continue }
            if entry.value.text != "ok" {
                report("V113", "`if_unknown` takes `ok`", at: entry.value.range)
            }
            accepted.insert(entry.key)
            acceptedUnknown.insert(entry.key)
        }
    }
}
