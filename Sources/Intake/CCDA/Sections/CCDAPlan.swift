import Clinical
import Documents

extension CCDAConverter {
    /// What is planned, asked for or proposed: a request, and nothing that was done or taken.
    ///
    /// - Source: C-CDA R2.1, 2.16.840.1.113883.10.20.22.2.10 with 4.39, 4.40, 4.41, 4.42, 4.44; moods of HL7 v3.
    mutating func plan(_ statement: XMLNode) -> Bool {
        switch statement.name.local {
        case "substanceAdministration": return medicine(statement, .planned)
        case "procedure", "observation", "act": request(statement)
        case "encounter": note("encounter", "a visit that is planned; not read", at: statement)
        default: note(statement.name.local, "a kind of plan that is not read; left out", at: statement)
        }
        return true
    }

    private mutating func request(_ node: XMLNode) {
        guard let intent = Self.intents[node.mood] else {
            return note(node.name.local, node.mood == "GOL" ? "a goal; not read" : "no plan and no order; not read here", at: node)
        }
        guard !node.isNegated else { return note(node.name.local, "a plan that something not be done; left out", at: node) }
        guard let code = concept(node.child("code"), "plan.code", orWordsOf: node.child("text")) else {
            return note(node.name.local, "it does not say what is planned; left out", at: node)
        }
        let time = interval(node.child("effectiveTime"), "plan.effectiveTime")
        add("ServiceRequest", [
            ("status", .string(Self.status(node.statusWord))), ("intent", .string(intent)), ("code", code), ("subject", Self.patient),
            ("occurrenceDateTime", time.start.map { .string($0) }), ("authoredOn", authored(node).map { .string($0) }),
        ])
    }

    /// - Source: HL7 v3 ActMood; FHIR R4, request-intent.
    private static let intents = ["RQO": "order", "INT": "plan", "PRMS": "plan", "APT": "plan", "ARQ": "proposal", "PRP": "proposal"]

    private static func status(_ word: String?) -> String {
        switch word {
        case "completed": "completed"
        case "aborted", "cancelled": "revoked"
        case "nullified": "entered-in-error"
        case "suspended", "held": "on-hold"
        default: "active"
        }
    }
}
