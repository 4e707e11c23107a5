import Clinical
import Documents
import Engine
import Knowledge

extension RuleReader {
    /// A rule of kind `drug-patient-table` or `duplicate-table`: for each row of its topics a planned rule, with the words of the one file.
    func readPatientTable(_ governance: Governance) -> CheckedRule? {
        let errors = session.errorCount
        let rows = readTopics()
        _ = readFloor()
        let tests = readTests(rule: governance.id)
        var planned: [PlannedRule] = []
        for row in rows where session.errorCount == errors {
            let reader = RuleReader(map.again(), session, file: file)
            reader.roles = [Self.tableRole(governance)]
            if let rule = reader.readRow(row, governance) { planned.append(rule) }
            if planned.count == 1 { reader.map.finish(also: Self.keys) }
        }
        guard session.errorCount == errors else { return nil }
        let whole = PlannedRule(
            heading: tableHeading(governance), occasions: [], isShown: shows(governance),
            kind: Self.isDuplicate(governance) ? DuplicateTableKind() : DrugPatientTableKind(), roleNames: [], facts: [], grades: [], needs: DataNeeds(sections: [.patient, .medications]))
        return CheckedRule(
            rule: whole, status: governance.status, file: file, range: map.range, origins: [], tests: tests,
            unit: governance.category, rows: planned, overriddenBy: overriddenBy)
    }

    private static let headKeys = [
        "rule", "kind", "title", "version", "status", "owner", "review_by", "approved", "evidence", "category", "hooks", "topics",
        "tests", "floor",
    ]

    private func readTopics() -> [DrugPatientWarning] {
        guard let node = map.need("topics", why: "the topics of drug_patient.csv that this rule answers for") else { return [] }
        let all = session.names.knowledge.patientWarnings
        let known = Set(all.map(\.topic)).sorted().map { ($0, $0) }
        let topics = node.listOrSelf.compactMap { word($0, "topic", among: known) }
        return all.filter { topics.contains($0.topic) }
    }

    /// One row: its drugs are the role `drug` or `among`, its condition decides, its words fill `$condition`, `$effect` and `$management`.
    private func readRow(_ row: DrugPatientWarning, _ governance: Governance) -> PlannedRule? {
        // Read once for the whole rule; asked for here, so that nobody wonders at them.
        for key in Self.headKeys { _ = map.take(key) }
        tableRow = row
        needs.sections.insert(.medications)
        if let node = map.take("facts") { collectFacts(node) }
        let exception = map.take("unless").flatMap(readCriterion)
        let mutes = readMutes()
        guard let condition = readCondition(of: row) else { return nil }
        let known = condition.knownWhenTrue
        let card = readCard(CardParts(map), known: known, at: map.range.start(of: 1))
        let when = exception.map { Criterion.all([condition, .none([$0])]) } ?? condition
        let drugs = DrugSelector([.init(set: session.builder.drugSet(row.ingredients), routes: row.routes)])
        return PlannedRule(
            heading: tableHeading(governance, row), occasions: Set(governance.hooks ?? DrugPatientTableKind.occasions),
            isShown: shows(governance),
            kind: Self.isDuplicate(governance) ? DuplicateKind(group: drugs, atLeast: 2) : DrugPatientKind(ordered: drugs),
            roleNames: roles, facts: facts,
            grades: [PlannedGrade(name: row.id, when: when, severity: row.severity, card: card)], needs: needs, row: row.id, mutes: mutes)
    }

    /// The condition of a row, which is written as in a rule; what is wrong with it is said of the table.
    private func readCondition(of row: DrugPatientWarning) -> Criterion? {
        if row.when == "always" { return .all([]) }
        let rule = file
        file = "drug_patient.csv, \(row.id)"
        defer { file = rule }
        let source = Source(name: file, bytes: Array(row.when.utf8))
        session.add(source)
        let read = YAMLReader.read(source)
        session.add(read.diagnostics)
        return read.node.flatMap(readCriterion)
    }

    private static func isDuplicate(_ governance: Governance) -> Bool {
        governance.kind == DuplicateTableKind.self
    }

    /// What the drugs of a row are called in the words of the rule.
    private static func tableRole(_ governance: Governance) -> String {
        isDuplicate(governance) ? "among" : "drug"
    }

    private func shows(_ governance: Governance) -> Bool {
        governance.status == .active || session.showsEveryRule
    }

    private func tableHeading(_ governance: Governance, _ row: DrugPatientWarning? = nil) -> RuleHeading {
        RuleHeading(
            id: governance.id, version: governance.version, title: governance.title, kind: governance.kind?.name ?? "",
            evidence: row.map { [Evidence(cite: "\($0.source) (\($0.id))")] } ?? governance.evidence,
            approvedBy: governance.approvedBy, category: governance.category)
    }
}
