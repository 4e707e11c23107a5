public import Documents
public import Engine

/// A rule that checked: ready for a plan, with its tests and with the place of each of its parts.
public struct CheckedRule: Sendable {
    public let rule: PlannedRule
    public let status: RuleStatus
    public let file: String
    public let range: SourceRange
    /// Where each fact and row stands in the file.
    public let origins: [RuleOrigin]
    public let tests: [RuleTest]
    /// The category that its author gave, such as `renal`.
    public let unit: String?
    /// For a rule that a table fills: what each row of the table became.
    public let rows: [PlannedRule]
    /// The hand that changed it, where a site did; by name.
    public let overriddenBy: [String]

    init(
        rule: PlannedRule, status: RuleStatus, file: String, range: SourceRange, origins: [RuleOrigin], tests: [RuleTest],
        unit: String?, rows: [PlannedRule] = [], overriddenBy: [String] = []
    ) {
        self.rule = rule
        self.status = status
        self.file = file
        self.range = range
        self.origins = origins
        self.tests = tests
        self.unit = unit
        self.rows = rows
        self.overriddenBy = overriddenBy
    }

    /// The names of the rows of its table that decide, each once, in the order of the table.
    public var tableRows: [String] {
        var seen: Set<String> = []
        return rows.flatMap(\.grades).map(\.name).filter { seen.insert($0).inserted }
    }

    /// What goes into a plan.
    var planned: [PlannedRule] { rule.kind is DrugPatientTableKind || rule.kind is DuplicateTableKind ? rows : [rule] }
}

/// Where a part of a rule stands.
public struct RuleOrigin: Sendable, Hashable {
    public enum Node: Sendable, Hashable {
        case fact(FactID)
        case grade(Int)
    }

    public let node: Node
    /// The rule's own, or that of an override.
    public let file: String
    public let range: SourceRange
}
