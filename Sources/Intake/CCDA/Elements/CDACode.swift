import Clinical
import Documents

extension CCDAConverter {
    /// A coded value with its translations as a CodeableConcept; nil where it says nothing.
    ///
    /// The words are those of `originalText`, looked up in the narrative where it only points there.
    ///
    /// - Parameter other: where words may stand that say it, if neither codes nor words of its own do.
    /// - Source: C-CDA on FHIR 2.0.0, mapping guidance: CDA coding → FHIR CodeableConcept.
    mutating func concept(_ node: XMLNode?, _ what: String, orWordsOf other: XMLNode? = nil) -> JSONValue? {
        var codings: [JSONValue] = []
        for place in node.map({ [$0] + $0.children(named: "translation") }) ?? [] {
            if let coding = coding(place), !codings.contains(coding) { codings.append(coding) }
        }
        if node?.child("qualifier") != nil { note(what, "a qualifier narrows the code; passed over", at: node) }
        var text = words(of: node?.child("originalText"), codings.isEmpty ? what : nil)
        if codings.isEmpty, text == nil { text = node.flatMap { display($0) } ?? words(of: other, what) }
        return object([("coding", array(codings)), ("text", text.map { .string($0) })])
    }

    /// Codes of a CodeableConcept, without the words.
    func coding(_ node: XMLNode) -> JSONValue? {
        guard let code = node.attribute("code")?.trimmed, !code.isEmpty else { return nil }
        let system = node.attribute("codeSystem").flatMap { CDACodeSystem.uri(of: $0.trimmed) }
        return object([
            ("system", system.map { .string($0) }), ("code", .string(code)),
            ("display", node.attribute("displayName").flatMap { $0.trimmed.isEmpty ? nil : .string($0.trimmed) }),
        ])
    }

    private func display(_ node: XMLNode) -> String? {
        for place in [node] + node.children(named: "translation") {
            if let name = place.attribute("displayName")?.trimmed, !name.isEmpty { return name }
        }
        return nil
    }

    /// The words of an element that holds them, or points to them in the narrative.
    ///
    /// - Parameter what: the element to name where it points to nothing; nil where that does not matter.
    mutating func words(of node: XMLNode?, _ what: String?) -> String? {
        guard let node else { return nil }
        if let reference = node.child("reference"), let target = reference.attribute("value")?.trimmed, !target.isEmpty {
            if let words = narrative.words(at: target, from: reference) { return words }
            if let what { note(what, "points to words that are not in the document; passed over", at: reference) }
        }
        return CDANarrative.words(of: node)
    }

    /// A code of FHIR's own lists, as a CodeableConcept.
    static func code(_ code: String, in list: String) -> JSONValue {
        ["coding": [["system": .string("http://terminology.hl7.org/CodeSystem/\(list)"), "code": .string(code)]]]
    }
}

/// The code systems of CDA, by their OIDs.
///
/// - Source: FHIR R4, terminologies-systems; HL7 Terminology for the tables of HL7 version 3.
enum CDACodeSystem {
    static let snomed = "2.16.840.1.113883.6.96"
    static let actCode = "2.16.840.1.113883.5.4"

    /// The URI under which FHIR knows it; `urn:oid:` for all others, and nothing for what is no OID.
    static func uri(of oid: String) -> String? {
        if let known = known[oid] { return known }
        guard !oid.isEmpty else { return nil }
        let isOID = oid.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return isOID ? "urn:oid:\(oid)" : oid
    }

    private static let known: [String: String] = [
        "2.16.840.1.113883.6.88": CodeSystem.rxNorm.uri,
        "2.16.840.1.113883.6.69": CodeSystem.ndc.uri,
        snomed: CodeSystem.snomedCT.uri,
        "2.16.840.1.113883.6.1": CodeSystem.loinc.uri,
        "2.16.840.1.113883.6.90": CodeSystem.icd10CM.uri,
        "2.16.840.1.113883.6.103": CodeSystem.icd9CM.uri,
        "2.16.840.1.113883.6.104": CodeSystem.icd9CM.uri,
        "2.16.840.1.113883.12.292": CodeSystem.cvx.uri,
        "2.16.840.1.113883.6.12": CodeSystem.cpt.uri,
        "2.16.840.1.113883.4.9": CodeSystem.unii.uri,
        "2.16.840.1.113883.6.73": CodeSystem.atc.uri,
        "2.16.840.1.113883.6.285": CodeSystem.hcpcs.uri,
        "2.16.840.1.113883.6.8": CodeSystem.ucum.uri,
        "2.16.840.1.113883.6.4": "http://www.cms.gov/Medicare/Coding/ICD10",
        "2.16.840.1.113883.3.26.1.5": "http://hl7.org/fhir/ndfrt",
        actCode: "http://terminology.hl7.org/CodeSystem/v3-ActCode",
        "2.16.840.1.113883.5.83": "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
        "2.16.840.1.113883.5.1008": "http://terminology.hl7.org/CodeSystem/v3-NullFlavor",
    ]
}

extension String {
    /// Without blanks at its ends.
    var trimmed: String {
        let isBlank: (Character) -> Bool = { $0.isWhitespace }
        guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(self[first...last])
    }
}
