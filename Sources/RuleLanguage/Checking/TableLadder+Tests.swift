import Clinical
import Engine
import Knowledge

extension TableLadder {
    /// All that must be monitored with a drug, as one row.
    mutating func monitoring(_ rows: [DrugFactRow], _ grade: TableGrade) -> PlannedGrade? {
        let needs = rows.compactMap(need)
        guard !needs.isEmpty else { return nil }
        let fact = add("tests due", .testsDue(needs, of: RoleID(index: 0)))
        let reasons = rows.compactMap { $0.cells["reason"] }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let cells: [TextTemplate.Cell: [TextTemplate.Piece]] = [
            .effect: [.text(reasons.joined(separator: "; "))], .value: [.fact(fact)], .measured: [.fact(fact)], .limit: [], .advice: [],
        ]
        return PlannedGrade(
            name: grade.name, when: met(fact), severity: grade.severity, card: grade.card.filled(with: cells),
            evidence: rows.map { Evidence(cite: "\($0.source) (\($0.cells["rule_id"] ?? ""))") })
    }

    /// The fact, for what is given by the routes of the rule.
    private mutating func met(_ fact: FactID) -> Criterion {
        .all((routes.map { [isGiven(by: $0)] } ?? []) + [.test(fact, .isYes)])
    }

    /// One row: any of its labs will do.
    private func need(_ row: DrugFactRow) -> TestNeed? {
        let names = row.cells["labs"]?.split(separator: "|").map(String.init) ?? []
        let labs = names.compactMap { reader.session.names.lab($0) }
        guard labs.count == names.count, !labs.isEmpty, let every = row.cells["interval_days"].flatMap({ Int($0) }) else {
            complain(row, "labs", "`\(row.cells["labs"] ?? "")` names a lab that is not known, or there is no interval")
            return nil
        }
        reader.needs.sections.insert(.serviceRequests)
        return TestNeed(
            title: row.cells["test"] ?? labs[0].title, labs: labs.map { reader.tableLab($0) }, interval: TimeSpan(amount: every, unit: .days),
            firstDue: TimeSpan(amount: row.cells["first_due_days"].flatMap { Int($0) } ?? 0, unit: .days),
            isBaseline: row.cells["baseline"] == "yes", orders: reader.orders(of: labs))
    }

    /// What a gene does to a drug: a phenotype, or the presence of an allele.
    mutating func genetic(_ row: DrugFactRow, _ grade: TableGrade) -> PlannedGrade? {
        guard let gene = row.cells["gene"], let phenotype = row.cells["phenotype"], let query = reader.geneQuery(gene, phenotype) else { return nil }
        let fact = add(gene, .genotype(query), apart: phenotype)
        let cells: [TextTemplate.Cell: [TextTemplate.Piece]] = [
            .effect: [.text(row.cells["effect"] ?? "")], .advice: [.text(row.cells["advice"] ?? row.cells["recommendation"] ?? "")],
            .value: [.text(phenotype.lowercased())], .measured: [.text(gene)], .limit: [],
        ]
        return PlannedGrade(
            name: grade.name, when: met(fact), severity: grade.severity, card: grade.card.filled(with: cells),
            evidence: [Evidence(cite: "\(row.source) (\(gene), \(phenotype))", grade: row.cells["strength"])])
    }
}

extension RuleReader {
    /// A lab that a row names, its codes among what is asked for.
    func tableLab(_ lab: LabDefinition) -> LabID {
        needs.sections.insert(.observations)
        ask(for: lab.codes.map(\.code))
        return session.builder.lab(lab)
    }

    /// Many rows read the same results: each code is asked for once.
    private func ask(for codes: [String]) {
        for code in codes where !needs.observationCodes.contains(code) { needs.observationCodes.append(code) }
    }

    /// `within:30 d` among conditions: how far back a result counts.
    func conditionSpan(_ conditions: String?) -> TimeSpan? {
        conditions?.split(separator: "&").first { $0.hasPrefix("within:") }.flatMap { TimeSpan($0.dropFirst(7)) }
    }

    /// Orders that bring a result of any of these labs: the labs' own codes, and panels that hold one.
    func orders(of labs: [LabDefinition]) -> CodeSetID {
        let panels = labs.compactMap { session.names.codeSet(.procedure, "panels-with-\($0.name)") }
        let set = CodeSet(
            name: labs.map(\.name).joined(separator: " "), title: labs.map(\.title).joined(separator: ", "),
            codes: labs.flatMap(\.codes) + panels.flatMap(\.codes), source: "labs.csv")
        return session.builder.codeSet(set, as: "orders \(set.name)")
    }

    /// How results tell of a gene; nothing where the tables have no code for it, and such a row can never be met.
    func geneQuery(_ gene: String, _ phenotype: String) -> GeneQuery? {
        let plain = String(gene.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" })
        let names = session.names
        func set(_ name: String) -> CodeSetID? {
            names.codeSet(.problem, name).map { set in
                ask(for: set.codes.filter { $0.system == .loinc && !$0.code.hasPrefix("LA") }.map(\.code))
                return session.builder.codeSet(set, as: "problem \(name)")
            }
        }
        let answer = "answer-" + String(phenotype.lowercased().map { $0.isLetter ? $0 : "-" })
        guard let effect = set("gene-effect"), let studied = set("gene-studied"), let answers = set(answer) else { return nil }
        needs.sections.insert(.observations)
        let query = GeneQuery(effect: effect, studied: studied, gene: set("gene-\(plain)"), tests: set("test-\(plain)"), answers: answers, words: phenotype.lowercased())
        return query.gene == nil && query.tests == nil ? nil : query
    }
}

extension CardText {
    /// The card of one row of a table: its cells in place of the names for them.
    func filled(with cells: [TextTemplate.Cell: [TextTemplate.Piece]]) -> CardText {
        func fill(_ template: TextTemplate) -> TextTemplate {
            TextTemplate(template.pieces.flatMap { piece -> [TextTemplate.Piece] in
                if case .cell(let cell) = piece { cells[cell] ?? [] } else { [piece] }
            })
        }
        var card = self
        card.summary = fill(summary)
        card.detail = fill(detail)
        card.consequence = consequence.map(fill)
        card.mechanism = mechanism.map(fill)
        card.management = management.map(fill)
        return card
    }
}
