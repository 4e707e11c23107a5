import Documents
public import Knowledge

/// Reads a folder of source tables.
public enum KnowledgeTablesReader {
    /// The tables of `directory`, each row as it stands; nothing is joined yet.
    ///
    /// - Throws: `KnowledgeStoreError.tables` with every missing column, bad number and unknown word, by file, line and column.
    public static func read(_ directory: String) throws(KnowledgeStoreError) -> KnowledgeTables {
        try TableFolder(directory).tables
    }
}

/// A folder of tables that was read, with where everything stood.
struct TableFolder {
    let directory: String
    private(set) var tables: KnowledgeTables
    private(set) var documents: [KnowledgeTable: CSVTable] = [:]
    /// Names and bytes of the files, in the order of their names: what the digest is made of.
    private(set) var files: [(name: String, bytes: [UInt8])] = []

    init(_ directory: String) throws(KnowledgeStoreError) {
        self.directory = directory
        var reading = TableReading(directory)
        tables = reading.read()
        documents = reading.documents
        files = reading.files
        if !reading.diagnostics.isEmpty { throw failure(reading.diagnostics) }
    }

    /// The problems of a join as diagnostics in the files they come from.
    func failure(_ error: KnowledgeError) -> KnowledgeStoreError {
        failure(
            error.problems.map { problem in
                let document = documents[problem.table]
                let range = document.flatMap { table in
                    table.column(problem.column).flatMap { table.range(problem.row, $0) } ?? table.range(problem.row, 0)
                }
                return Diagnostic(
                    code: "V807", message: problem.message, file: document?.name ?? "\(problem.table.rawValue).csv", range: range,
                    label: problem.column, help: problem.help.map { [$0] } ?? [])
            })
    }

    func failure(_ diagnostics: [Diagnostic]) -> KnowledgeStoreError {
        var sources: [String: Source] = [:]
        for document in documents.values where diagnostics.contains(where: { $0.file == document.name }) {
            sources[document.name] = Source(name: document.name, bytes: document.bytes)
        }
        return .tables(diagnostics, sources: sources)
    }
}

/// The reading of a folder, table by table.
struct TableReading {
    let directory: String
    var diagnostics: [Diagnostic] = []
    private(set) var documents: [KnowledgeTable: CSVTable] = [:]
    private(set) var files: [(name: String, bytes: [UInt8])] = []
    private var setByCodes: [[Int]: Int] = [:]
    private var formByName: [String: Int] = [:]

    init(_ directory: String) {
        self.directory = directory
    }

    mutating func read() -> KnowledgeTables {
        var tables = KnowledgeTables(version: KnowledgeVersion(name: version()))
        readDrugs(into: &tables)
        readClasses(into: &tables)
        readInteractions(into: &tables)
        readAllergens(into: &tables)
        readFacts(into: &tables)
        readPatientWarnings(into: &tables)
        readNames(into: &tables)
        readSchedule(into: &tables)
        return tables
    }

    /// Reads one table with `body`, or says why it cannot be read.
    mutating func table(
        _ table: KnowledgeTable, _ columns: [String], _ body: (inout TableReader, inout TableReading) -> Void
    ) {
        guard let bytes = file("\(table.rawValue).csv") else { return }
        let document = CSVTable(name: "\(directory)/\(table.rawValue).csv", bytes: bytes, diagnostics: &diagnostics)
        documents[table] = document
        guard document.rowCount >= 0, var reader = TableReader(document, required: columns, diagnostics: &diagnostics) else { return }
        body(&reader, &self)
        diagnostics.append(contentsOf: reader.diagnostics)
    }

    /// The bytes of a file of the folder; a missing one is a diagnostic.
    mutating func file(_ name: String) -> [UInt8]? {
        do {
            let bytes = try SourceFile.bytes(of: "\(directory)/\(name)")
            files.append((name, bytes))
            return bytes
        } catch {
            let message = error.problem == .notFound ? "this file is missing from the folder of tables" : error.message
            diagnostics.append(Diagnostic(code: "V801", message: message, file: "\(directory)/\(name)"))
            return nil
        }
    }

    /// One number for equal lists of ingredients.
    mutating func set(_ codes: [Int], in tables: inout KnowledgeTables) -> Int {
        if let known = setByCodes[codes] { return known }
        let index = tables.ingredientSets.count
        tables.ingredientSets.append(codes)
        setByCodes[codes] = index
        return index
    }

    /// One number for equal dose forms; `nil` for none.
    mutating func form(_ name: String, in tables: inout KnowledgeTables) -> Int? {
        if name.isEmpty { return nil }
        if let known = formByName[name] { return known }
        let index = tables.doseForms.count
        tables.doseForms.append(name)
        formByName[name] = index
        return index
    }

    private mutating func version() -> String {
        guard let bytes = file("VERSION") else { return "" }
        let name = String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self)
        if name.isEmpty {
            diagnostics.append(Diagnostic(code: "V808", message: "VERSION is empty", file: "\(directory)/VERSION"))
        }
        return name
    }
}
