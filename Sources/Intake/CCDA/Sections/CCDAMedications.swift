import Clinical
import Documents

/// What a section says of the medicines in it.
enum MedicineRole {
    /// What the patient takes, took, or is to take.
    case listed
    /// What was given at a visit.
    case given
    /// What is planned, proposed or asked for: never taken.
    case planned
}

extension CCDAConverter {
    /// A medicine: alone, or within the act of an admission or a discharge.
    ///
    /// What happened is a MedicationStatement, what is intended a MedicationRequest.
    ///
    /// - Source: C-CDA R2.1, 2.16.840.1.113883.10.20.22.4.16, 4.35, 4.36, 4.42; C-CDA on FHIR 2.0.0, medications (of what happened it
    ///   says "no consensus was established").
    mutating func medicine(_ statement: XMLNode, _ role: MedicineRole) -> Bool {
        guard statement.isCDA("substanceAdministration") else {
            let inner = statement.related("substanceAdministration")
            for node in inner { _ = medicine(node, role) }
            return !inner.isEmpty
        }
        if statement.claims(Self.vaccinations) { return role == .planned ? plannedVaccine(statement) : immunization(statement) }
        let drug = drug(statement)
        if statement.isNegated, Self.namesNoDrug(drug) {
            note("substanceAdministration.negationInd", "no medicine is known, says the document", at: statement)
            return true
        }
        if drug == nil { note("substanceAdministration.consumable", "it does not say which drug", at: statement) }
        let isEvent = role != .planned && statement.mood == "EVN"
        isEvent ? self.statement(statement, drug) : request(statement, drug, role)
        return true
    }

    static let vaccinations: Set<String> = ["2.16.840.1.113883.10.20.22.4.52", "2.16.840.1.113883.10.20.22.4.120"]

    /// SNOMED CT 410942007, drug or medication: what "no known medications" negates.
    ///
    /// - Source: C-CDA R2.1, sample document CCD, "no known medications".
    private static func namesNoDrug(_ drug: JSONValue?) -> Bool {
        guard let codings = drug?["coding"]?.elements, !codings.isEmpty else { return drug?["text"] == nil }
        return codings.allSatisfy { $0["code"]?.string == "410942007" }
    }

    /// The drug by its codes, else in words: its name, or what the narrative says of it.
    private mutating func drug(_ node: XMLNode) -> JSONValue? {
        let product = node.child(at: "consumable", "manufacturedProduct")
        let material = product?.child("manufacturedMaterial") ?? product?.child("manufacturedLabeledDrug")
        return concept(material?.child("code"), "consumable.code", orWordsOf: material?.child("name") ?? node.child("text"))
    }

    // MARK: What happened

    private mutating func statement(_ node: XMLNode, _ drug: JSONValue?) {
        let (time, _) = times(node)
        let isOnce = time.point != nil && time.low == nil && time.high == nil
        add("MedicationStatement", [
            ("status", status(node, time, isStatement: true).map { .string($0) }), ("medicationCodeableConcept", drug),
            ("subject", Self.patient), ("effectiveDateTime", isOnce ? time.point.map { .string($0) } : nil),
            ("effectivePeriod", isOnce ? nil : time.period), ("dateAsserted", authored(node).map { .string($0) }),
            ("informationSource", author(node).map { ["display": .string($0)] }), ("reasonCode", array(reasons(node))),
            ("dosage", array(dosages(node, bounds: nil))),
        ])
    }

    // MARK: What is intended

    private mutating func request(_ node: XMLNode, _ drug: JSONValue?, _ role: MedicineRole) {
        let (time, _) = times(node)
        let intent = role == .planned || node.mood == "PRP" ? "plan" : "order"
        add("MedicationRequest", [
            ("status", status(node, time, isStatement: false).map { .string($0) }), ("intent", .string(intent)),
            ("doNotPerform", node.isNegated ? true : nil), ("medicationCodeableConcept", drug), ("subject", Self.patient),
            ("authoredOn", authored(node).map { .string($0) }), ("requester", author(node).map { ["display": .string($0)] }),
            ("reasonCode", array(reasons(node))), ("dosageInstruction", array(dosages(node, bounds: time))),
            ("dispenseRequest", dispenseRequest(node)),
        ])
    }

    /// - Source: C-CDA R2.1, 2.16.840.1.113883.10.20.22.4.17; `repeatNumber` counts the first supply, FHIR's repeats do not.
    private mutating func dispenseRequest(_ node: XMLNode) -> JSONValue? {
        guard let supply = node.related("supply").first(where: { $0.mood == "INT" }) else { return nil }
        let supplies = supply.child("repeatNumber")?.attribute("value").flatMap { Int($0) }
        let end = dateTime(supply.child(at: "effectiveTime", "high"), "supply.effectiveTime")
        return object([
            ("validityPeriod", end.map { ["end": .string($0)] }),
            ("numberOfRepeatsAllowed", supplies.flatMap { (1...1000).contains($0) ? .int($0 - 1) : nil }),
            ("quantity", quantity(supply.child("quantity"), "supply.quantity")),
        ])
    }

    private mutating func reasons(_ node: XMLNode) -> [JSONValue] {
        node.related("observation", by: ["RSON"]).compactMap { concept($0.child("value"), "indication.value") }
    }

    // MARK: Status

    /// How it stands with the medicine.
    ///
    /// `completed` alone does not mean that it is no longer taken: R1.1 has that of every entry, and a prescription can be complete while
    /// the drug is taken. So with an end the date decides, and without one it counts as taken, which is said.
    ///
    /// - Source: C-CDA on FHIR 2.0.0, medications: medication status; concept map CF-MedicationStatus.
    private mutating func status(_ node: XMLNode, _ time: CDAInterval, isStatement: Bool) -> String? {
        let word = node.statusWord
        if word == "nullified" { return "entered-in-error" }
        if node.isNegated, isStatement { return "not-taken" }
        let stated = statusObservation(node)?.attribute("code")
        switch word {
        case "active": return stated == Self.noLongerActive ? "completed" : "active"
        case "aborted": return "stopped"
        case "suspended", "held": return "on-hold"
        case "cancelled": return isStatement ? "stopped" : "cancelled"
        case "completed":
            if stated == Self.noLongerActive || time.point != nil && time.high == nil { return "completed" }
            if stated == Self.active || time.high != nil { return "active" }
            note("substanceAdministration.statusCode", "completed, but no end is told; counted as taken", at: node)
            return "active"
        default: return nil
        }
    }

    /// SNOMED CT, as the status observations of CCD have them (C-CDA on FHIR 2.0.0, CF-ProblemStatus).
    private static let active = "55561003"
    private static let noLongerActive = "73425007"
}
