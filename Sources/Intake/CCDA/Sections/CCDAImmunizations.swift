import Clinical
import Documents

extension CCDAConverter {
    /// A vaccine given, or not.
    ///
    /// - Source: C-CDA R2.1, 2.16.840.1.113883.10.20.22.4.52, 4.53; C-CDA on FHIR 2.0.0, immunizations.
    mutating func immunization(_ statement: XMLNode) -> Bool {
        guard statement.isCDA("substanceAdministration") else { return false }
        guard statement.mood == "EVN" else { return plannedVaccine(statement) }
        let material = statement.child(at: "consumable", "manufacturedProduct", "manufacturedMaterial")
        let vaccine = concept(
            material?.child("code"), "consumable.code", orWordsOf: statement.child("text"))
        if vaccine == nil { note("substanceAdministration.consumable", "it does not say which vaccine", at: statement) }
        let time = interval(statement.child("effectiveTime"), "immunization.effectiveTime")
        let day = time.start ?? time.high
        add("Immunization", [
            ("status", .string(immunizationStatus(statement))), ("statusReason", statusReason(statement)), ("vaccineCode", vaccine),
            ("patient", Self.patient), ("occurrenceDateTime", day.map { .string($0) }), ("occurrenceString", day == nil ? "unknown" : nil),
            ("lotNumber", material?.child("lotNumberText").flatMap { CDANarrative.words(of: $0) }.map { .string($0) }),
            ("route", concept(statement.child("routeCode"), "routeCode")),
            ("doseQuantity", quantity(statement.child("doseQuantity"), "doseQuantity")),
            ("protocolApplied", doseNumber(statement)),
        ])
        return true
    }

    /// - Source: C-CDA on FHIR 2.0.0, concept map CF-ImmunizationStatus.
    private mutating func immunizationStatus(_ node: XMLNode) -> String {
        if node.statusWord == "nullified" { return "entered-in-error" }
        if node.isNegated { return "not-done" }
        switch node.statusWord {
        case "completed": return "completed"
        case "aborted", "cancelled", "held", "new", "obsolete", "suspended": return "not-done"
        default:
            note("substanceAdministration.statusCode", "no status that says that the vaccine was given; not counted", at: node)
            return "not-done"
        }
    }

    /// Why it was not given.
    private mutating func statusReason(_ node: XMLNode) -> JSONValue? {
        let reason = node.related("observation").first { $0.claims("2.16.840.1.113883.10.20.22.4.53") }
        return concept(reason?.child("code"), "refusal.code")
    }

    /// The number of the dose, as R1.1 has it in `repeatNumber`, R2.1 in an observation of its own (LOINC 30973-2).
    private func doseNumber(_ node: XMLNode) -> JSONValue? {
        let observed = node.related("observation").first { $0.codeWord == "30973-2" }?.child("value")?.attribute("value")
        let text = observed ?? node.child("repeatNumber")?.attribute("value")
        return text.flatMap { Int($0) }.flatMap { (1...100).contains($0) ? [["doseNumberPositiveInt": .int($0)]] : nil }
    }

    /// A vaccine that is to be given is none that was.
    mutating func plannedVaccine(_ node: XMLNode) -> Bool {
        note("substanceAdministration", "a vaccine that is planned; not counted as given", at: node)
        return true
    }
}
