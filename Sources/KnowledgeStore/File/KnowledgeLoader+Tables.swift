import GRDB
import Knowledge

extension KnowledgeLoader {
    func loadInteractions(into tables: inout KnowledgeTables, _ source: (Int) -> String) throws {
        tables.interactionRules = try values(
            """
            SELECT rule, a_kind, a_ref, a_name, b_kind, b_ref, b_name, severity, onc_list, effect, mechanism, management, evidence,
            source_id FROM interaction ORDER BY id
            """
        ) { row in
            InteractionRuleRow(
                id: row[0], a: try reference(row, 1, 2), aName: row[3], b: try reference(row, 4, 5), bName: row[6],
                severity: try severity(row[7]), oncList: row[8], effect: row[9], mechanism: row[10], management: row[11],
                evidence: row[12], source: source(row[13]))
        }
        tables.publicPairs = try values(
            "SELECT a_rxcui, b_rxcui, source_id, name, a_name, b_name, severity FROM public_pair ORDER BY id"
        ) { row in
            let word: String? = row[6]
            return PublicPairRow(
                id: row[3], a: row[0], b: row[1], aName: row[4], bName: row[5], severity: try word.map { try severity($0) },
                source: source(row[2]))
        }
        tables.pairs = try values("SELECT a_rxcui, b_rxcui, entry FROM pair") { PairRow(a: $0[0], b: $0[1], entry: $0[2]) }
        tables.crossReactivities = try values(
            """
            SELECT rule, grouping, a_kind, a_ref, a_name, b_kind, b_ref, b_name, relation, risk, advice, source_id
            FROM cross_reactivity ORDER BY id
            """
        ) { row in
            guard let risk = CrossReactivity.Risk(rawValue: row[9]) else {
                throw KnowledgeStoreError.FileProblem.inconsistent("a risk is not known").asError
            }
            return CrossReactivityRow(
                id: row[0], group: row[1], a: try reference(row, 2, 3), aName: row[4], b: try reference(row, 5, 6), bName: row[7],
                relation: row[8], risk: risk, advice: row[10], source: source(row[11]))
        }
        tables.allergenCodes = try values("SELECT system, code, display, kind, ref FROM allergen_code ORDER BY id") {
            AllergenCodeRow(system: $0[0], code: $0[1], display: $0[2], target: try reference($0, 3, 4))
        }
        tables.allergenTerms = try values("SELECT term, kind, ref FROM allergen_term ORDER BY id") {
            AllergenTermRow(term: $0[0], target: try reference($0, 1, 2))
        }
    }

    func loadCodes(into tables: inout KnowledgeTables) throws {
        tables.valueSetCodes = try values(
            """
            SELECT is_prefix, valueset.name, valueset.title, code_system.uri, code, display FROM valueset_code
            JOIN valueset ON valueset.id = valueset_id JOIN code_system ON code_system.id = system_id ORDER BY valueset_code.id
            """
        ) {
            ValueSetCodeRow(set: $0[1], title: $0[2], system: $0[3], code: $0[4], display: $0[5], isPrefix: $0[0])
        }
        tables.vaccines = try values("SELECT code, name, groups FROM vaccine ORDER BY id") {
            VaccineRow(code: $0[0], name: $0[1], groups: Self.words($0[2]))
        }
    }

    func loadFacts(into tables: inout KnowledgeTables, _ source: (Int) -> String) throws {
        tables.facts = try values(
            "SELECT kind, subject_kind, subject_ref, level, statement, source_id, row_number, cells FROM drug_fact ORDER BY id"
        ) { row in
            guard let kind = DrugFactRow.Kind(rawValue: row[0]) else {
                throw KnowledgeStoreError.FileProblem.inconsistent("a kind of fact is not known").asError
            }
            return DrugFactRow(
                kind: kind, subject: try reference(row, 1, 2), level: row[3], statement: row[4], source: source(row[5]), row: row[6],
                cells: FactCells.cells(row[7]))
        }
        tables.patientWarnings = try values(
            """
            SELECT rule, topic, drugs, routes, condition, criterion, severity, effect, management, source_id
            FROM drug_patient ORDER BY id
            """
        ) {
            DrugPatientRow(
                id: $0[0], topic: $0[1], drugs: Self.words($0[2]), routes: Self.words($0[3]), condition: $0[4], when: $0[5],
                severity: try severity($0[6]), effect: $0[7], management: $0[8], source: source($0[9]))
        }
    }

    func loadNames(into tables: inout KnowledgeTables, _ source: (Int) -> String) throws {
        tables.names = try values("SELECT kind, name, targets, title, source_id FROM name ORDER BY id") {
            NameRow(kind: $0[0], name: $0[1], targets: Self.words($0[2]), title: $0[3], source: source($0[4]))
        }
        tables.labs = try values(
            """
            SELECT name, title, codes, unit, molar_mass, valence, lines, plausible_low, plausible_high, source_id
            FROM lab ORDER BY id
            """
        ) {
            LabRow(
                name: $0[0], title: $0[1], codes: Self.words($0[2]), unit: $0[3], molarMass: $0[4], valence: $0[5],
                lines: Self.words($0[6]), plausibleLow: $0[7], plausibleHigh: $0[8], source: source($0[9]))
        }
        tables.reactions = try values("SELECT name, system, code, display, source_id FROM reaction ORDER BY id") {
            ReactionRow(name: $0[0], system: $0[1], code: $0[2], display: $0[3], source: source($0[4]))
        }
        tables.routes = try values("SELECT kind, key, route_group FROM route ORDER BY id") {
            RouteRow(kind: $0[0], key: $0[1], group: RouteGroup(rawValue: $0[2]) ?? .other)
        }
        tables.overrideReasons = try values("SELECT name, code, system, display FROM override_reason ORDER BY id") {
            OverrideReasonRow(name: $0[0], code: $0[1], system: $0[2], display: $0[3])
        }
        tables.orderables = try values("SELECT name, system, code, display FROM orderable ORDER BY id") {
            OrderableRow(name: $0[0], system: $0[1], code: $0[2], display: $0[3])
        }
        tables.relationMembers = try values(
            "SELECT rxcui, relation, title, grouping, source_id FROM relation_member ORDER BY id"
        ) {
            RelationMemberRow(relation: $0[1], title: $0[2], group: $0[3], rxcui: $0[0], source: source($0[4]))
        }
    }

    private func severity(_ word: String) throws -> Severity {
        guard let severity = Severity(rawValue: word) else {
            throw KnowledgeStoreError.FileProblem.inconsistent("a severity is not known").asError
        }
        return severity
    }

    private static func words(_ text: String) -> [String] {
        text.split(separator: "|").map(String.init)
    }
}
