public import Clinical
public import Knowledge

/// What follows for one patient from one plan: findings, and what could not be found out.
///
/// The same plan, knowledge, snapshot and instant give the same evaluation, in the same order.
public struct Evaluation: Sendable {
    /// Most serious first; then by rule id and by key.
    public let findings: [Finding]
    /// What was not checked, with the reason; ordered, each statement once.
    public let notChecked: [NotChecked]
    /// How many rules were looked at because something of the patient anchors them.
    public let rulesConsidered: Int
    /// Rules that came to a decision of silence on purpose, by id and row; the log keeps why.
    public let silenced: [Silenced]

    public init(findings: [Finding], notChecked: [NotChecked], rulesConsidered: Int, silenced: [Silenced] = []) {
        self.findings = findings
        self.notChecked = notChecked
        self.rulesConsidered = rulesConsidered
        self.silenced = silenced
    }
}

/// A row that decided and shows nothing: one of severity `none`, one of a rule in shadow, or one that a site has muted.
public struct Silenced: Sendable, Hashable {
    public let rule: String
    public let grade: String
    public let key: String
    /// For a rule in shadow the severity that its card would have had.
    public let shadowOf: Severity?
    public let muted: Muted?

    /// A card that a site's override keeps from being shown: how severe it would have been, and who says so.
    public struct Muted: Sendable, Hashable {
        public let severity: Severity
        public let override: String

        public init(severity: Severity, override: String) {
            self.severity = severity
            self.override = override
        }
    }

    public init(rule: String, grade: String, key: String, shadowOf: Severity? = nil, muted: Muted? = nil) {
        self.rule = rule
        self.grade = grade
        self.key = key
        self.shadowOf = shadowOf
        self.muted = muted
    }
}

/// Something that should have been checked and could not be.
public struct NotChecked: Sendable, Hashable {
    /// What was not checked, in words: `order of drug X`, `allergies`, `potassium (qt-load)`.
    public let what: String
    /// Why not, in words.
    public let why: String
    /// The rules that needed it, by id; empty where every rule did.
    public let rules: [String]
    /// True where the prescriber should read it before signing; else it stands in the ledger only.
    public let isForPrescriber: Bool
    /// The draft order or the entry of the record that it is about.
    public let about: ResourceReference?

    public init(what: String, why: String, rules: [String] = [], isForPrescriber: Bool, about: ResourceReference? = nil) {
        self.what = what
        self.why = why
        self.rules = rules
        self.isForPrescriber = isForPrescriber
        self.about = about
    }
}
