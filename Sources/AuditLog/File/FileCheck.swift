import GRDB

/// SQLite's own check of its pages.
enum FileCheck {
    /// Up to this size it is always made; it reads the whole file.
    private static let sizeLimit = 256 << 20

    /// What SQLite finds wrong; `nil` where nothing is, or where the file is too large to look.
    static func problem(_ database: Database, always: Bool) throws -> String? {
        let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        let pageSize = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
        guard always || pages <= sizeLimit / max(1, pageSize) else { return nil }
        let answer = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? ""
        return answer == "ok" ? nil : answer
    }
}
