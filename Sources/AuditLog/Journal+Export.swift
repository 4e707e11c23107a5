import Documents
import GRDB

extension Journal {
    /// Writes the entries of a range as NDJSON, a page at a time.
    ///
    /// Each line can be proved by itself: `chain` is the SHA-256 of the 32 bytes of `previous` and the bytes of `entry` as
    /// they stand in the line.
    ///
    /// ```json
    /// {"previous":"9f…","chain":"04…","entry":{"sequence":1,"recorded":"2026-11-21T09:30:00.000Z","service":…}}
    /// ```
    ///
    /// - Parameter write: takes whole lines, where the caller runs; what it throws ends the export.
    /// - Returns: how many entries were written.
    @discardableResult
    public func export(
        _ range: JournalRange = .all, isolation: isolated (any Actor)? = #isolation, to write: ([UInt8]) async throws -> Void
    ) async throws -> Int {
        var count = 0
        var cursor = Int.min
        while true {
            let entries = try await page(range, after: cursor, limit: 512)
            guard let first = entries.first, let last = entries.last else { return count }
            var previous = try await link(before: first.place.sequence)
            var lines: [UInt8] = []
            for (index, entry) in entries.enumerated() {
                if index > 0, entries[index - 1].place.sequence &+ 1 != entry.place.sequence {
                    previous = try await link(before: entry.place.sequence)
                }
                lines += line(entry, previous: previous)
                previous = entry.place.chain
            }
            try await write(lines)
            count += entries.count
            cursor = last.place.sequence
        }
    }

    private func line(_ entry: JournalEntry, previous: String?) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { line in
            line.member("previous", string: previous)
            line.member("chain", string: entry.place.chain)
            line.member("entry") { $0.raw(entry.bytes) }
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// The link before an entry: the entry's before it, a checkpoint's, or the origin; `nil` where that one is missing.
    private func link(before sequence: Int) async throws(JournalError) -> String? {
        if sequence == 1 { return LogChain.origin(journal: database.name) }
        return try await database.read { database in
            try String.fetchOne(
                database,
                sql: "SELECT chain FROM decision WHERE sequence = ?1 UNION ALL SELECT chain FROM checkpoint WHERE sequence = ?1",
                arguments: [sequence &- 1])
        }
    }
}
