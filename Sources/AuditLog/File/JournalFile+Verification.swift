import GRDB

extension JournalFile {
    /// Verifies a journal before anything may write to it, through a connection that cannot.
    ///
    /// - Throws: `.damaged` or `.broken` with the first place that is wrong; the file stays as it was.
    static func verify(_ path: String, _ check: JournalOptions.OpeningCheck) throws(JournalError) {
        let database = try JournalDatabase(path, readOnly: true)
        defer { try? database.close() }
        let key = try database.requiredKey()
        let name = database.name
        let problem = try database.readNow { database -> JournalError? in
            if let problem = try FileCheck.problem(database, always: check == .whole) {
                return JournalError(path, .damaged(problem))
            }
            var walk = try walk(database, name: name, key: key, check: check)
            while try walk.step(database) {}
            return walk.result.firstBreak.map { JournalError(path, .broken($0)) }
        }
        if let problem { throw problem }
    }

    private static func walk(
        _ database: Database, name: String, key: JournalKey, check: JournalOptions.OpeningCheck
    ) throws -> ChainWalk {
        switch check {
        case .whole: try ChainWalk(database, name: name, key: key)
        case .latest(let count): try ChainWalk(database, name: name, key: key, latest: count)
        }
    }
}
