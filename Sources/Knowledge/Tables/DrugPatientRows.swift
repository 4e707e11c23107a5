/// A drug that some patients should not have: one row of `drug_patient.csv`.
public struct DrugPatientRow: Sendable, Hashable {
    /// `DIS-014`; unique.
    public var id: String
    /// What about the patient: `disease`, `pregnancy`, `older-adult` … A rule answers for one or several.
    public var topic: String
    /// Ingredients and, after `class:`, classes, by the names that rules write; one with a minus is taken away.
    public var drugs: [String]
    /// Routes that count, as rules write them; empty for all.
    public var routes: [String]
    /// Whom it concerns, in words for a card: `heart failure`.
    public var condition: String
    /// Whom it concerns, as a condition of the rule language; `always` for everyone.
    public var when: String
    public var severity: Severity
    public var effect: String
    public var management: String
    public var source: String

    public init(
        id: String, topic: String, drugs: [String], routes: [String] = [], condition: String, when: String, severity: Severity,
        effect: String = "", management: String = "", source: String = ""
    ) {
        self.id = id
        self.topic = topic
        self.drugs = drugs
        self.routes = routes
        self.condition = condition
        self.when = when
        self.severity = severity
        self.effect = effect
        self.management = management
        self.source = source
    }
}
