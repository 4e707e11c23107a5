public import Clinical
public import Documents

/// A case that an author wrote beside a rule: who the patient is, and what the rule must say, or that it must be silent.
///
/// What is given and what is expected stand here as they were written; `Replay` reads them.
public struct RuleTest: Sendable {
    /// The rule that it belongs to.
    public let rule: String
    public let name: String
    /// The file it stands in, for messages.
    public let file: String
    /// Where it stands.
    public let range: SourceRange
    /// The day that counts as today; nothing for the language's own, 2026-01-15.
    public let today: CivilDate?
    /// The map under `given:`.
    public let given: YAMLNode?
    /// What stands under `expect:`.
    public let expect: YAMLNode

    public init(
        rule: String, name: String, file: String, range: SourceRange, today: CivilDate?, given: YAMLNode?, expect: YAMLNode
    ) {
        self.rule = rule
        self.name = name
        self.file = file
        self.range = range
        self.today = today
        self.given = given
        self.expect = expect
    }
}
