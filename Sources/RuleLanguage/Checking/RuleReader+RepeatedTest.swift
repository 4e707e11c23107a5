import Clinical
import Engine
import Knowledge

extension RuleReader {
    /// `kind: repeated-test`: a ladder for each row of test_intervals.csv.
    func readRepeatedTests() -> (any RuleKind)? {
        roles = ["drug"]
        let grades = readTableGrades()
        tableGrades = grades.map { PlannedGrade(name: $0.name, when: .all([]), severity: $0.severity, card: $0.card) }
        roles = []
        needs.sections.formUnion([.observations, .serviceRequests])
        guard let heading, !grades.isEmpty else { return nil }
        let tests = session.names.knowledge.facts(of: .testInterval).compactMap { row -> RepeatedTestKind.Test? in
            guard let lab = session.names.lab(row.cells["id"] ?? ""), let days = row.cells["days"].flatMap({ Int($0) }) else {
                report(
                    "V204", "row \(row.row + 2) of test_intervals.csv: no lab is called `\(row.cells["id"] ?? "")`",
                    at: map.keyRange("kind") ?? map.range.start(of: 1))
                return nil
            }
            let query = LabQuery(lab: tableLab(lab), within: TimeSpan(amount: days, unit: .days))
            let facts = [
                PlannedFact(name: lab.title, definition: .lab(query)),
                PlannedFact(name: "time since", definition: .timeSince(FactID(index: 0))),
            ]
            let cells: [TextTemplate.Cell: [TextTemplate.Piece]] = [
                .measured: [.text(lab.title)], .value: [.fact(FactID(index: 0))], .limit: [.text("\(days) days")],
                .since: [.fact(FactID(index: 1))], .effect: [.text(row.cells["reason"] ?? "")], .advice: [],
            ]
            let rule = PlannedRule(
                heading: heading, occasions: Set(RepeatedTestKind.occasions), isShown: isShown, kind: RepeatedTestKind(tests: []),
                roleNames: [], facts: facts,
                grades: grades.map {
                    PlannedGrade(
                        name: $0.name, when: .test(FactID(index: 0), .compare(.atLeast, .quantity(Quantity(0, lab.unit)))), severity: $0.severity,
                        card: $0.card.filled(with: cells), evidence: [Evidence(cite: row.source)])
                }, needs: DataNeeds())
            return RepeatedTestKind.Test(orders: orders(of: [lab]), ladder: rule)
        }
        return tests.isEmpty ? nil : RepeatedTestKind(tests: tests)
    }
}
