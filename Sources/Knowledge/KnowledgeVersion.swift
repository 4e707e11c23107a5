/// Which knowledge this is: shown on cards, on the health page and in every audit entry.
public struct KnowledgeVersion: Sendable, Hashable {
    /// Such as `2026.11.1`.
    public let name: String
    /// SHA-256 of the file's content in hexadecimal digits; empty for tables that were never built.
    public let digest: String
    /// Who has reviewed it, in words.
    public let review: String
    /// How many rows each table has, in the order of their names.
    public let counts: [TableCount]

    public struct TableCount: Sendable, Hashable {
        public let table: String
        public let rows: Int

        public init(table: String, rows: Int) {
            self.table = table
            self.rows = rows
        }
    }

    public init(name: String, digest: String = "", review: String = Self.notReviewed, counts: [TableCount] = []) {
        self.name = name
        self.digest = digest
        self.review = review
        self.counts = counts
    }

    /// The curated tables are drafts for a pharmacist to sign.
    public static let notReviewed = "not clinically reviewed"
}
