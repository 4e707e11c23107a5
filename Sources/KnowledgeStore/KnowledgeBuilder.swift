public import Digests
import Documents
import GRDB
import Knowledge

/// Makes the knowledge file from the folder of source tables.
public enum KnowledgeBuilder {
    /// Builds `file` from the tables of `directory`.
    ///
    /// The same tables give the same bytes. The file appears whole or not at all: it is written beside its place and then
    /// moved there.
    ///
    /// - Parameter signer: signs the file, into a text beside it; without it what was signed there before is signed no more.
    /// - Throws: `KnowledgeStoreError.tables` with every problem of the tables, or `.file` where it cannot be written.
    public static func build(
        tables directory: String, into file: String, signer: SigningKey? = nil
    ) throws(KnowledgeStoreError) -> KnowledgeReport {
        let folder = try TableFolder(directory)
        let problems = DiagnosisCodes.check(folder)
        if !problems.isEmpty { throw folder.failure(problems) }
        let pairs = try join(folder)
        let version = version(of: folder)
        let draft = "\(file).building"
        try write(folder, version, pairs, into: draft)
        let (size, checksum) = try KnowledgeFile.seal(draft)
        try KnowledgeSignatures.release(draft, checksum, to: file, signer: signer)
        return KnowledgeReport(file: file, version: version, byteCount: size, interactionPairCount: pairs.count)
    }

    /// Joins the tables once, so that nothing that leads nowhere is ever written.
    private static func join(_ folder: TableFolder) throws(KnowledgeStoreError) -> [PairRow] {
        do {
            return try KnowledgeBase(folder.tables).pairRows
        } catch {
            throw folder.failure(error)
        }
    }

    /// The name of the folder's VERSION and the digest of all its tables.
    private static func version(of folder: TableFolder) -> KnowledgeVersion {
        let counts = KnowledgeTable.allCases.compactMap { table in
            folder.documents[table].map { KnowledgeVersion.TableCount(table: table.rawValue, rows: $0.rowCount) }
        }.sorted { $0.table < $1.table }
        let parts = folder.files.sorted { $0.name < $1.name }.flatMap { [Array($0.name.utf8), $0.bytes] }
        return KnowledgeVersion(
            name: folder.tables.version.name, digest: Digest(ofParts: parts).description, counts: counts)
    }

    private static func write(
        _ folder: TableFolder, _ version: KnowledgeVersion, _ pairs: [PairRow], into draft: String
    ) throws(KnowledgeStoreError) {
        KnowledgeFile.remove(draft)
        do {
            var configuration = Configuration()
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096")
            }
            let queue = try DatabaseQueue(path: draft, configuration: configuration)
            try queue.write { database in
                try database.execute(sql: KnowledgeSchema.statements + ImportSchema.statements)
                try database.execute(sql: "PRAGMA application_id = \(KnowledgeSchema.applicationID)")
                try database.execute(sql: "PRAGMA user_version = \(KnowledgeSchema.version)")
                var writer = KnowledgeWriter(database)
                try writer.write(folder.tables, pairs: pairs)
                try describe(version, folder, in: database)
            }
            try queue.read { database in
                try database.checkForeignKeys()
                let verdict = try String.fetchOne(database, sql: "PRAGMA integrity_check")
                guard verdict == "ok" else {
                    throw KnowledgeStoreError.FileProblem.inconsistent(verdict ?? "no verdict").asError
                }
            }
            try queue.close()
        } catch let error as FileProblemError {
            throw .file(path: draft, problem: error.problem)
        } catch {
            KnowledgeFile.remove(draft)
            throw .file(path: draft, problem: .unreadable("\(error)"))
        }
    }

    /// The version, the manifest, and the place of the checksum.
    private static func describe(_ version: KnowledgeVersion, _ folder: TableFolder, in database: Database) throws {
        let about = [
            ("version", version.name), ("digest", version.digest), ("review", version.review),
            ("checksum", KnowledgeSchema.checksumMark + KnowledgeSchema.emptyChecksum),
        ]
        for (key, value) in about {
            try database.execute(sql: "INSERT INTO about VALUES (?, ?)", arguments: [key, value])
        }
        let bytes = Dictionary(folder.files.map { ($0.name, $0.bytes) }, uniquingKeysWith: { first, _ in first })
        for count in version.counts {
            try database.execute(
                sql: "INSERT INTO manifest VALUES (?, ?, ?)",
                arguments: [count.table, count.rows, Digest(of: bytes["\(count.table).csv"] ?? []).description])
        }
    }
}
