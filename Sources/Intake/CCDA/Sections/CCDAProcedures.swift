import Clinical
import Documents

extension CCDAConverter {
    /// Something done: a procedure, or an act or an observation by way of procedure.
    ///
    /// - Source: C-CDA R2.1, 2.16.840.1.113883.10.20.22.4.14, 4.12, 4.13; C-CDA on FHIR 2.0.0, procedures.
    mutating func procedure(_ statement: XMLNode) -> Bool {
        guard ["procedure", "act", "observation"].contains(statement.name.local) else { return false }
        guard statement.mood == "EVN" else { return plan(statement) }
        let code = concept(statement.child("code"), "procedure.code", orWordsOf: statement.child("text"))
        if code == nil { note("procedure.code", "it does not say what was done", at: statement) }
        let time = interval(statement.child("effectiveTime"), "procedure.effectiveTime")
        let isSpan = time.point == nil && time.high != nil
        add("Procedure", [
            ("status", .string(procedureStatus(statement))), ("code", code), ("subject", Self.patient),
            ("performedDateTime", isSpan ? nil : time.start.map { .string($0) }), ("performedPeriod", isSpan ? time.period : nil),
            ("bodySite", array(statement.children(named: "targetSiteCode").compactMap { concept($0, "targetSiteCode") })),
        ])
        return true
    }

    /// - Source: C-CDA on FHIR 2.0.0, concept map CF-ProcedureStatus.
    private mutating func procedureStatus(_ node: XMLNode) -> String {
        if node.statusWord == "nullified" { return "entered-in-error" }
        if node.isNegated { return "not-done" }
        switch node.statusWord {
        case "completed": return "completed"
        case "active": return "in-progress"
        case "aborted": return "stopped"
        case "cancelled": return "not-done"
        case "held", "suspended": return "on-hold"
        default:
            note("procedure.statusCode", "no status that is listed; not counted as done", at: node)
            return "unknown"
        }
    }

    /// Implants, by the procedure that put them in; what was merely supplied is no procedure.
    mutating func equipment(_ statement: XMLNode) -> Bool {
        if statement.isCDA("procedure") { return procedure(statement) }
        var hasProcedure = false
        for component in statement.children(named: "component") {
            for inner in component.statements where inner.isCDA("procedure") { hasProcedure = procedure(inner) || hasProcedure }
        }
        if !hasProcedure { note(statement.name.local, "a device that was supplied; not read", at: statement) }
        return true
    }
}
