/// A reason a prescriber may give for not following a card; the same code for the same reason everywhere.
public struct OverrideReason: Sendable, Hashable {
    public let name: String
    public let code: String
    public let system: String
    public let display: String

    public init(name: String, code: String, system: String, display: String) {
        self.name = name
        self.code = code
        self.system = system
        self.display = display
    }
}
