/// A text of a rule, cut at its placeholders.
public struct TextTemplate: Sendable, Hashable {
    public enum Piece: Sendable, Hashable {
        case text(String)
        /// The names of what fills a role.
        case role(RoleID)
        /// The names of what is being ordered.
        case ordered
        case fact(FactID)
        case factDate(FactID)
        /// A care gap's due date, and the date of the last evidence.
        case due
        case last
        /// What the interaction table says of the pair.
        case effect
        case mechanism
        case management
        /// A cell of the row of a table; filled in when the rule is checked.
        case cell(Cell)
    }

    /// What the rows of a table have in common.
    public enum Cell: String, Sendable, Hashable, CaseIterable {
        case effect
        case advice
        /// What was measured, its value, and from where on it is wrong.
        case measured
        case value
        case limit
        /// The time since the last result.
        case since
    }

    public let pieces: [Piece]

    public init(_ pieces: [Piece]) {
        self.pieces = pieces
    }

    public init(text: String) {
        pieces = text.isEmpty ? [] : [.text(text)]
    }

    public var isEmpty: Bool { pieces.isEmpty }
}
