import Documents

/// How a patient was said to stand with a rule, as the journal keeps it.
public struct DecidedGap: Sendable, Hashable {
    public let rule: String
    public let version: Int
    /// The word of the state, such as `open`.
    public let state: String

    public init(rule: String, version: Int, state: String) {
        self.rule = rule
        self.version = version
        self.state = state
    }

    func write(to writer: inout JSONWriter) {
        writer.object { gap in
            gap.member("rule", string: rule)
            gap.member("version", int: version)
            gap.member("state", string: state)
        }
    }

    init?(_ node: JSONNode) {
        guard let rule = node["rule"]?.string, let version = node["version"]?.int, let state = node["state"]?.string else { return nil }
        self.init(rule: rule, version: version, state: state)
    }
}
