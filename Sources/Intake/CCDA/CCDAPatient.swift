import Clinical
import Documents

extension CCDAConverter {
    /// Whom the document is about.
    ///
    /// - Source: C-CDA R2.1, US realm header: recordTarget; C-CDA on FHIR 2.0.0, patient.
    mutating func patient(_ role: XMLNode?) -> JSONValue {
        guard let role else { note("recordTarget", "it does not say whom it is about", at: document.root) ; return Self.patient([]) }
        let person = role.child("patient")
        let birth = dateTime(person?.child("birthTime"), "patient.birthTime")
        if birth == nil { note("patient.birthTime", "no date of birth", at: person ?? role) }
        let death = dateTime(person?.extensionChild("deceasedTime"), "patient.deceasedTime")
        let isDeceased = person?.extensionChild("deceasedInd")?.attribute("value") == "true"
        return Self.patient([
            ("extension", array(sexExtensions)), ("identifier", array(role.children(named: "id").compactMap(Self.identifier))),
            ("name", array(person?.children(named: "name").compactMap(Self.name) ?? [])),
            ("gender", gender(person?.child("administrativeGenderCode")).map { .string($0) }),
            ("birthDate", birth.map { .string(String($0.prefix { $0 != "T" })) }), ("_birthDate", birth.flatMap(Self.birthTime)),
            ("deceasedDateTime", death.map { .string($0) }), ("deceasedBoolean", death == nil && isDeceased ? true : nil),
        ])
    }

    private static func patient(_ members: [(String, JSONValue?)]) -> JSONValue {
        .object([("resourceType", "Patient"), ("id", "patient")] + members.compactMap { key, value in value.map { (key, $0) } })
    }

    private static func birthTime(_ birth: String) -> JSONValue? {
        guard birth.contains("T") else { return nil }
        return ["extension": [["url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime", "valueDateTime": .string(birth)]]]
    }

    /// - Source: C-CDA on FHIR 2.0.0, concept map CF-AdministrativeGender.
    private mutating func gender(_ node: XMLNode?) -> String? {
        switch node?.attribute("code") {
        case "F": return "female"
        case "M": return "male"
        case "UN": return "other"
        case nil: return node?.nullFlavor == nil ? nil : "unknown"
        default:
            note("patient.administrativeGenderCode", "a code that is not listed; passed over", at: node)
            return nil
        }
    }

    /// - Source: C-CDA on FHIR 2.0.0, mapping guidance: CDA id ↔ FHIR identifier.
    private static func identifier(_ node: XMLNode) -> JSONValue? {
        guard let root = node.attribute("root"), let value = node.attribute("extension") else { return nil }
        let system = root == "2.16.840.1.113883.4.1" ? "http://hl7.org/fhir/sid/us-ssn" : "urn:oid:\(root)"
        return ["system": .string(system), "value": .string(value)]
    }

    private static func name(_ node: XMLNode) -> JSONValue? {
        let words: (String) -> [JSONValue] = { part in
            node.children(named: part).compactMap { CDANarrative.words(of: $0) }.map { .string($0) }
        }
        return object([("family", words("family").first), ("given", array(words("given")))])
    }
}
