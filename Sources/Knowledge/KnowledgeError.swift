/// Everything that is wrong with a set of tables, each problem with its place.
public struct KnowledgeError: Error, Sendable, Hashable, CustomStringConvertible {
    public let problems: [Problem]

    public init(_ problems: [Problem]) {
        self.problems = problems
    }

    /// One thing that is wrong in one row.
    public struct Problem: Sendable, Hashable {
        public let table: KnowledgeTable
        /// Counted from 0, without the header.
        public let row: Int
        public let column: String
        public let message: String
        public let help: String?

        public init(table: KnowledgeTable, row: Int, column: String, message: String, help: String? = nil) {
            self.table = table
            self.row = row
            self.column = column
            self.message = message
            self.help = help
        }
    }

    public var description: String {
        problems.map { "\($0.table.rawValue).csv, row \($0.row + 1), column \($0.column): \($0.message)" }
            .joined(separator: "\n")
    }
}

/// Collects problems while tables are joined; the first thousand are enough to work on.
struct ProblemList {
    private(set) var problems: [KnowledgeError.Problem] = []

    mutating func add(_ table: KnowledgeTable, _ row: Int, _ column: String, _ message: String, help: String? = nil) {
        guard problems.count < 1000 else { return }
        problems.append(.init(table: table, row: row, column: column, message: message, help: help))
    }
}
