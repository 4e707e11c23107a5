public import Digests
import GRDB
public import Knowledge

/// Opens knowledge files.
public enum KnowledgeStore {
    /// The knowledge of `file`, read into memory; the file is closed again.
    ///
    /// Its schema version and the checksum of all its bytes are verified first, so that what is damaged is refused and never
    /// answers with less than it held.
    ///
    /// - Parameter keys: one of them must have signed the file; where there is none, signatures are not looked at.
    /// - Throws: `KnowledgeStoreError.file`, which says what would mend it.
    public static func open(_ file: String, trusting keys: [VerificationKey] = []) throws(KnowledgeStoreError) -> KnowledgeBase {
        let checksum = try KnowledgeFile.verify(file)
        if !keys.isEmpty { _ = try KnowledgeSignatures.signer(of: file, checksum, among: keys) }
        let tables = try load(file)
        do {
            return try KnowledgeBase(tables)
        } catch {
            throw .file(path: file, problem: .inconsistent(error.problems.first?.message ?? "no reason given"))
        }
    }

    private static func load(_ file: String) throws(KnowledgeStoreError) -> KnowledgeTables {
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA query_only = ON")
            }
            let queue = try DatabaseQueue(path: file, configuration: configuration)
            let tables = try queue.read { try KnowledgeLoader(database: $0).load() }
            try queue.close()
            return tables
        } catch let error as FileProblemError {
            throw .file(path: file, problem: error.problem)
        } catch {
            throw .file(path: file, problem: .unreadable("\(error)"))
        }
    }
}
