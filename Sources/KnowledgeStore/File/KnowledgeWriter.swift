import GRDB
import Knowledge

/// Writes tables into an empty database, in the order of their rows.
struct KnowledgeWriter {
    let database: Database
    private var sourceByTitle: [String: Int] = [:]
    private var systemByURI: [String: Int] = [:]

    init(_ database: Database) {
        self.database = database
    }

    mutating func write(_ tables: KnowledgeTables, pairs: [PairRow]) throws {
        try writeDrugs(tables)
        try writeClasses(tables)
        try writeInteractions(tables, pairs: pairs)
        try writeAllergies(tables)
        try writeCodes(tables)
        try writePatientWarnings(tables)
        try writeNames(tables)
        try writeOrders(tables)
        try rows("schedule", tables.schedule) { row, writer in
            [row.table.rawValue, row.row, ScheduleCells.text(row.cells), try writer.source(row.source)]
        }
    }

    /// One statement for many rows; `arguments` gives each row's values after its id.
    mutating func rows<Row>(
        _ table: String, _ rows: [Row], _ arguments: (Row, inout KnowledgeWriter) throws -> [(any DatabaseValueConvertible)?]
    ) throws {
        var statement: Statement?
        for (index, row) in rows.enumerated() {
            let values: [(any DatabaseValueConvertible)?] = try [index] + arguments(row, &self)
            if statement == nil {
                let marks = values.map { _ in "?" }.joined(separator: ",")
                statement = try database.makeStatement(sql: "INSERT INTO \(table) VALUES (\(marks))")
            }
            try statement?.execute(arguments: StatementArguments(values))
        }
    }

    /// The number of a source; a new one gets its row.
    mutating func source(_ title: String) throws -> Int {
        if let known = sourceByTitle[title] { return known }
        let id = sourceByTitle.count
        sourceByTitle[title] = id
        try database.execute(sql: "INSERT INTO source VALUES (?, ?)", arguments: [id, title])
        return id
    }

    /// The number of a code system.
    mutating func system(_ uri: String) throws -> Int {
        if let known = systemByURI[uri] { return known }
        let id = systemByURI.count
        systemByURI[uri] = id
        try database.execute(sql: "INSERT INTO code_system VALUES (?, ?)", arguments: [id, uri])
        return id
    }
}

/// Titles of sources for tables whose rows do not name one; SOURCES.md says where each comes from.
enum TableSource {
    static let rxNorm = "RxNorm names and codes, courtesy of the U.S. National Library of Medicine"
    static let rxClass = "RxClass, courtesy of the U.S. National Library of Medicine"
    static let ndc = "FDA NDC directory, April 2019"
    static let atc = "WHO ATC codes through CPIC"
    static let allergens = "SNOMED CT Global Patient Set, ICD-10-CM, VistA file 120.82"
    static let valueSets = "SNOMED CT Global Patient Set, ICD-10-CM April 2026, LOINC"
    static let cvx = "CDC CVX, December 2025"
    static let own = "own list"
}

extension SubstanceReference {
    /// As two columns.
    var columns: (kind: String, reference: String) {
        switch self {
        case .ingredient(let rxcui): ("ingredient", String(rxcui))
        case .drugClass(let identifier): ("class", identifier)
        case .other(let kind, let name): (kind, name)
        }
    }

    /// From two columns; `nil` where an ingredient has no number.
    init?(kind: String, reference: String) {
        switch kind {
        case "ingredient":
            guard let rxcui = Int(reference) else { return nil }
            self = .ingredient(rxcui)
        case "class":
            self = .drugClass(reference)
        default:
            self = .other(kind: kind, name: reference)
        }
    }
}
