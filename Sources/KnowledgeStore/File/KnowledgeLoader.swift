import GRDB
import Knowledge

/// Reads the tables back from a knowledge file.
///
/// Rows come from cursors over prepared statements, integers first; no row is decoded by name.
struct KnowledgeLoader {
    let database: Database

    func load() throws -> KnowledgeTables {
        var tables = KnowledgeTables(version: try version())
        let sources = try values("SELECT title FROM source ORDER BY id") { $0[0] as String }
        func source(_ id: Int) -> String { sources.indices.contains(id) ? sources[id] : "" }

        tables.ingredientSets = try values("SELECT rxcuis FROM ingredient_set ORDER BY id") { Self.integers($0[0]) }
        tables.doseForms = try values("SELECT name FROM dose_form ORDER BY id") { $0[0] as String }
        tables.ingredients = try values(
            "SELECT rxcui, base_rxcui, name, tty, components, unii FROM ingredient ORDER BY id"
        ) { row in
            IngredientRow(
                rxcui: row[0], name: row[2], termType: TermType(rawValue: row[3]) ?? .ingredient, base: row[1],
                components: Self.integers(row[4]), unii: row[5])
        }
        let types = Dictionary(uniqueKeysWithValues: TermType.allCases.map { ($0.rawValue, $0) })
        tables.products = try values(
            "SELECT rxcui, set_id, form_id, tty, name, strength, brand FROM product ORDER BY id"
        ) { row in
            ProductRow(
                rxcui: row[0], termType: types[row[3]] ?? .clinicalDrugForm, name: row[4], ingredientSet: row[1], strength: row[5],
                doseForm: row[2], brand: row[6])
        }
        tables.brands = try values("SELECT rxcui, set_id, name FROM brand ORDER BY id") {
            BrandRow(name: $0[2], rxcui: $0[0], ingredientSet: $0[1])
        }
        tables.drugCodes = try values("SELECT code, set_id, form_id, is_complete FROM ndc ORDER BY id") {
            NationalDrugCodeRow(code: $0[0], ingredientSet: $0[1], doseForm: $0[2], isComplete: $0[3])
        }
        tables.atc = try values("SELECT rxcui, code FROM atc ORDER BY id") { ATCRow(rxcui: $0[0], code: $0[1]) }

        tables.classes = try values("SELECT identifier, name, duplicate_therapy, source_id FROM class ORDER BY id") {
            ClassRow(id: $0[0], name: $0[1], duplicateTherapy: $0[2], source: source($0[3]))
        }
        let identifiers = tables.classes.map(\.id)
        tables.classMembers = try values("SELECT class_id, rxcui FROM class_member ORDER BY id") { row in
            let id: Int = row[0]
            return ClassMemberRow(classID: identifiers.indices.contains(id) ? identifiers[id] : "", rxcui: row[1])
        }
        tables.classParents = try values("SELECT class, parent FROM class_parent ORDER BY id") {
            ClassParentRow(classID: $0[0], parentID: $0[1])
        }
        try loadInteractions(into: &tables, source)
        try loadCodes(into: &tables)
        try loadFacts(into: &tables, source)
        try loadNames(into: &tables, source)
        tables.layers = try layers(source)
        tables.schedule = try values("SELECT part, row_number, cells, source_id FROM schedule ORDER BY id") { row in
            guard let part = ScheduleTable(rawValue: row[0]) else {
                throw KnowledgeStoreError.FileProblem.inconsistent("a part of the schedule is not known").asError
            }
            return ScheduleRow(table: part, row: row[1], cells: ScheduleCells.cells(row[2]), source: source(row[3]))
        }
        return tables
    }

    /// Every row of a query as a value.
    func values<Value>(_ sql: String, _ value: (Row) throws -> Value) throws -> [Value] {
        let cursor = try Row.fetchCursor(database, sql: sql)
        var values: [Value] = []
        while let row = try cursor.next() { values.append(try value(row)) }
        return values
    }

    func reference(_ row: Row, _ kind: Int, _ reference: Int) throws -> SubstanceReference {
        guard let subject = SubstanceReference(kind: row[kind], reference: row[reference]) else {
            throw KnowledgeStoreError.FileProblem.inconsistent("a reference is no number").asError
        }
        return subject
    }

    private func version() throws -> KnowledgeVersion {
        let about = Dictionary(
            try values("SELECT key, value FROM about") { ($0[0] as String, $0[1] as String) }, uniquingKeysWith: { first, _ in first })
        let counts = try values("SELECT table_name, row_count FROM manifest ORDER BY table_name") {
            KnowledgeVersion.TableCount(table: $0[0], rows: $0[1])
        }
        return KnowledgeVersion(
            name: about["version"] ?? "", digest: about["digest"] ?? "", review: about["review"] ?? "", counts: counts)
    }

    /// `1191|1886`, as we wrote it.
    static func integers(_ text: String) -> [Int] {
        text.isEmpty ? [] : text.split(separator: "|").compactMap { Int($0) }
    }
}

/// A problem on its way out of GRDB's closures.
struct FileProblemError: Error {
    let problem: KnowledgeStoreError.FileProblem
}

extension KnowledgeStoreError.FileProblem {
    var asError: FileProblemError { FileProblemError(problem: self) }
}
