import Clinical
import Documents

extension CCDAConverter {
    /// A visit, and the diagnoses made at it.
    ///
    /// - Source: C-CDA R2.1, 2.16.840.1.113883.10.20.22.4.49, 4.80; C-CDA on FHIR 2.0.0, encounters.
    mutating func encounter(_ statement: XMLNode) -> Bool {
        guard statement.isCDA("encounter") else { return false }
        guard statement.mood == "EVN" else {
            note("encounter", "a visit that is planned; not read", at: statement)
            return true
        }
        let diagnoses = statement.related("act").flatMap { problems($0, "encounter-diagnosis") }.filter { $0 != .null }
        visit(statement, diagnoses, disposition: statement.extensionChild("dischargeDispositionCode"))
        return true
    }

    /// The visit at which the document was written, unless the body tells of it too.
    mutating func encompassingEncounter(_ node: XMLNode?) {
        guard let node else { return }
        if !visits.isDisjoint(with: Self.identifiers(of: node)) { return }
        visit(node, [], disposition: node.child("dischargeDispositionCode"))
        tally(.encounters, .part("only the visit of the document came"))
    }

    private mutating func visit(_ node: XMLNode, _ diagnoses: [JSONValue], disposition: XMLNode?) {
        visits.formUnion(Self.identifiers(of: node))
        let time = interval(node.child("effectiveTime"), "encounter.effectiveTime")
        let discharge = concept(disposition, "dischargeDispositionCode")
        add("Encounter", [
            ("status", .string(visitStatus(node, time))), ("class", visitClass(node)),
            ("type", concept(node.child("code"), "encounter.code").map { [$0] }), ("subject", Self.patient), ("period", time.period),
            ("diagnosis", array(diagnoses.map { ["condition": $0] })),
            ("hospitalization", discharge.map { ["dischargeDisposition": $0] }),
        ])
    }

    private static func identifiers(of node: XMLNode) -> Set<String> {
        Set(node.children(named: "id").compactMap { id in id.attribute("root").map { "\($0)^\(id.attribute("extension") ?? "")" } })
    }

    /// - Source: C-CDA on FHIR 2.0.0, encounters: without a status, one that has ended or is told by a single time is finished; concept
    ///   map CF-EncounterStatus.
    private func visitStatus(_ node: XMLNode, _ time: CDAInterval) -> String {
        switch node.statusWord {
        case "completed": return "finished"
        case "active": return "in-progress"
        case "cancelled": return "cancelled"
        case "held": return "planned"
        case "suspended": return "onleave"
        case "nullified": return "entered-in-error"
        case "aborted", "new": return "unknown"
        default: return time.high != nil || time.point != nil ? "finished" : "unknown"
        }
    }

    /// The code of HL7's list of kinds of visits, where the code or a translation is one.
    private func visitClass(_ node: XMLNode) -> JSONValue? {
        guard let code = node.child("code") else { return nil }
        let place = ([code] + code.children(named: "translation")).first { $0.attribute("codeSystem") == CDACodeSystem.actCode }
        return place.flatMap { coding($0) }
    }
}
