public import Digests
import Documents
import GRDB
import Knowledge

/// What a hospital brings, and from which files.
public enum KnowledgeImport: Sendable {
    /// Interactions in a table whose columns a mapping declares.
    case interactions(file: String, mapping: String)
    /// The folder of a RxNorm release (`rrf`), full or prescribable.
    case rxNorm(folder: String)
    /// MED-RT's classes, `Core_MEDRT_…_XML.xml`.
    case medRT(file: String)
    /// The CDC's table of vaccines, `cvx.txt`.
    case cvx(file: String)
    /// `Loinc.csv`.
    case loinc(file: String)
    /// A FHIR ValueSet in JSON, or a table with the columns valueset, name, system, code, display.
    case valueSet(file: String)
}

/// Adds what a hospital brings to a knowledge file, each source as a layer of its own.
public enum KnowledgeImporter {
    /// Reads `source` and makes `output`: the knowledge of `base` and what was imported.
    ///
    /// All or nothing: the file is written beside its place, read back whole, and moved there. A source of the same name that
    /// was imported before is replaced. The same files give the same bytes.
    ///
    /// - Parameter version: which release this is, shown on cards; a mapping names its own.
    /// - Parameter signer: signs what was made.
    /// - Throws: `KnowledgeImportError`; `output` is then as it was.
    public static func run(
        _ source: KnowledgeImport, version: String?, base: String, output: String, signer: SigningKey? = nil, progress: (ImportProgress) -> Void = { _ in }
    ) throws(KnowledgeImportError) -> ImportReport {
        progress(.init(step: "opening \(base)", percent: nil))
        let known: KnowledgeBase
        do { known = try KnowledgeStore.open(base) } catch { throw .store(error) }
        let content = try read(source, version: version, known: known, progress: progress)
        var report = content.report
        let draft = "\(output).importing"
        progress(.init(step: "writing \(output)", percent: nil))
        do {
            try KnowledgeFile.copy(base, to: draft)
            try write(content, known.version, into: draft)
            let checksum: Digest
            (report.byteCount, checksum) = try KnowledgeFile.seal(draft)
            // What cannot be read back is never put in place.
            progress(.init(step: "reading \(output) back", percent: nil))
            _ = try KnowledgeStore.open(draft)
            try KnowledgeSignatures.release(draft, checksum, to: output, signer: signer)
        } catch {
            KnowledgeFile.remove(draft)
            throw .store(error)
        }
        report.file = output
        return report
    }

    private static func read(
        _ source: KnowledgeImport, version: String?, known: KnowledgeBase, progress: (ImportProgress) -> Void
    ) throws(KnowledgeImportError) -> any ImportContent {
        switch source {
        case .interactions(let file, let mapping):
            try InteractionImport(file, mapping: PairMappingReader.read(mapping), mappingPath: mapping, known: known, progress: progress)
        case .rxNorm(let folder): try RxNormImport(folder, version: version ?? "", known: known, progress: progress)
        case .medRT(let file): try MedRTImport(file, version: version ?? "", known: known, progress: progress)
        case .cvx(let file): try CVXImport(file, version: version ?? "", progress: progress)
        case .loinc(let file): try LOINCImport(file, version: version ?? "", progress: progress)
        case .valueSet(let file): try ValueSetImport(file, version: version ?? "")
        }
    }

    private static func write(
        _ content: any ImportContent, _ before: KnowledgeVersion, into draft: String
    ) throws(KnowledgeStoreError) {
        do {
            var configuration = Configuration()
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            }
            let queue = try DatabaseQueue(path: draft, configuration: configuration)
            try queue.write { database in
                let source = try sourceID(content.sourceTitle, in: database)
                try content.write(in: database, source: source)
                try record(content, source: source, before, in: database)
                if content.changesDrugs { try expandPairs(in: database) }
            }
            try queue.writeWithoutTransaction { database in
                // What was replaced leaves nothing behind, and equal contents give equal bytes.
                try database.execute(sql: "VACUUM")
                try database.checkForeignKeys()
            }
            try queue.close()
        } catch let error as FileProblemError {
            throw .file(path: draft, problem: error.problem)
        } catch {
            throw .file(path: draft, problem: .unreadable("\(error)"))
        }
    }

    /// The number of a source; a new one gets its row.
    private static func sourceID(_ title: String, in database: Database) throws -> Int {
        if let known = try Int.fetchOne(database, sql: "SELECT id FROM source WHERE title = ?", arguments: [title]) { return known }
        let id = try Int.fetchOne(database, sql: "SELECT count(*) FROM source") ?? 0
        try database.execute(sql: "INSERT INTO source VALUES (?, ?)", arguments: [id, title])
        return id
    }

    /// What was imported stands in the file, in its version's name and in its digest.
    private static func record(
        _ content: any ImportContent, source: Int, _ before: KnowledgeVersion, in database: Database
    ) throws {
        let report = content.report
        try database.execute(sql: "DELETE FROM import WHERE name = ?", arguments: [report.name])
        let id = try Int.fetchOne(database, sql: "SELECT coalesce(max(id) + 1, 0) FROM import") ?? 0
        try database.execute(
            sql: "INSERT INTO import VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                id, report.kind, report.name, report.version, source, content.fileDigests.joined(separator: "|"), report.readCount,
                report.keptCount, report.lostCount,
            ])
        let imported = try Row.fetchAll(database, sql: "SELECT name, version, files FROM import ORDER BY name")
        let plainName = before.name.split(separator: "+").first.map(String.init) ?? before.name
        let names = imported.map { row in
            let version: String = row[1]
            return version.isEmpty ? row[0] as String : "\(row[0] as String)-\(version)"
        }
        let built = try String.fetchOne(database, sql: "SELECT value FROM about WHERE key = 'built'") ?? before.digest
        let parts = [Array(built.utf8)] + imported.flatMap { row in
            [Array((row[0] as String).utf8), Array((row[1] as String).utf8), Array((row[2] as String).utf8)]
        }
        let about = [
            ("built", built), ("version", ([plainName] + names).joined(separator: "+")), ("digest", Digest(ofParts: parts).description),
            ("checksum", KnowledgeSchema.checksumMark + KnowledgeSchema.emptyChecksum),
        ]
        for (key, value) in about {
            try database.execute(sql: "INSERT OR REPLACE INTO about VALUES (?, ?)", arguments: [key, value])
        }
    }

    /// Works the pairs of our own rules out again, for ingredients may have new bases.
    private static func expandPairs(in database: Database) throws {
        var tables = try KnowledgeLoader(database: database).load()
        tables.pairs = nil
        let base: KnowledgeBase
        do {
            base = try KnowledgeBase(tables)
        } catch {
            throw KnowledgeStoreError.FileProblem.inconsistent(error.problems.first?.message ?? "no reason given").asError
        }
        try database.execute(sql: "DELETE FROM pair")
        let statement = try database.makeStatement(sql: "INSERT INTO pair VALUES (?, ?, ?)")
        for pair in base.pairRows { try statement.execute(arguments: [pair.a, pair.b, pair.entry]) }
    }
}

/// What was read of a source and can be written into a knowledge file.
protocol ImportContent {
    var report: ImportReport { get }
    /// As cards and reports cite it.
    var sourceTitle: String { get }
    /// SHA-256 of each file that was read, after its name.
    var fileDigests: [String] { get }
    /// True where codes of drugs may lead elsewhere than before.
    var changesDrugs: Bool { get }

    func write(in database: Database, source: Int) throws
}

extension ImportContent {
    var changesDrugs: Bool { false }
}

/// Name and SHA-256 of a file, as `sha256sum` gives it.
func digestOfFile(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return "\(name) \(Digest(ofPieces: FilePieces(path)))"
}
