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
