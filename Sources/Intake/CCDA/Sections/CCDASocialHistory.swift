import Clinical
import Documents

extension CCDAConverter {
    /// Smoking, pregnancy, the sex at birth, and whatever else is observed of a life.
    ///
    /// - Source: C-CDA R2.1, 2.16.840.1.113883.10.20.22.4.78, 4.85, 4.38, 4.200, 2.16.840.1.113883.10.20.15.3.8; C-CDA on FHIR 2.0.0,
    ///   social history.
    mutating func socialHistory(_ statement: XMLNode) -> Bool {
        guard statement.isCDA("observation") else {
            guard statement.isCDA("organizer") else { return false }
            for component in statement.children(named: "component") {
                for inner in component.statements where inner.isCDA("observation") { observation(inner, "social-history", within: statement) }
            }
            return true
        }
        if statement.claims("2.16.840.1.113883.10.20.15.3.8") {
            pregnancy(statement)
        } else if statement.claims("2.16.840.1.113883.10.20.22.4.200") || statement.codeWord == "76689-9" {
            sex(statement, url: "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex", codes: ["M", "F"])
        } else if statement.claims("2.16.840.1.113883.10.20.22.4.507") {
            sex(statement, url: "http://hl7.org/fhir/us/core/StructureDefinition/us-core-sex", codes: ["248152002", "248153007"])
        } else if statement.claims(["2.16.840.1.113883.10.20.22.4.78", "2.16.840.1.113883.10.20.22.4.85"]), isAssertion(statement) {
            observation(statement, "social-history", code: Self.loinc("72166-2", "Tobacco smoking status"))
        } else {
            observation(statement, "social-history")
        }
        return true
    }

    /// True where the code says only that the value is so, as R1.1 has it.
    private func isAssertion(_ node: XMLNode) -> Bool {
        node.child("code")?.attribute("codeSystem") == CDACodeSystem.actCode || node.codeWord == nil
    }

    private static func loinc(_ code: String, _ display: String) -> JSONValue {
        ["coding": [["system": .string(CodeSystem.loinc.uri), "code": .string(code), "display": .string(display)]]]
    }

    /// Pregnancy, with the day of birth that is expected; `ASSERTION` becomes LOINC's pregnancy status.
    private mutating func pregnancy(_ node: XMLNode) {
        var components: [JSONValue] = []
        for due in node.related("observation") where due.codeWord == "11778-8" {
            guard let date = dateTime(due.child("value"), "pregnancy.deliveryDate") else { continue }
            components.append(["code": Self.loinc("11778-8", "Delivery date Estimated"), "valueDateTime": .string(date)])
        }
        observation(node, "social-history", code: Self.loinc("82810-3", "Pregnancy status"), components: components)
    }

    /// - Source: US Core, birth sex and sex.
    private mutating func sex(_ node: XMLNode, url: String, codes: Set<String>) {
        guard let code = node.child("value")?.attribute("code"), codes.contains(code) else {
            return note("observation.value", "a sex that is not listed; passed over", at: node)
        }
        sexExtensions.append(["url": .string(url), "valueCode": .string(code)])
    }
}
