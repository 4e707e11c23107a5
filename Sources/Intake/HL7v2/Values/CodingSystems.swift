import Clinical

/// The names of coding systems in messages.
///
/// - Source: HL7 v2.9, table 0396, and its FHIR mapping; beside its words, those that are sent in their place.
enum CodingSystems {
    /// The system of a word of table 0396; nothing for a local or an unknown one.
    static func uri(named word: String) -> String? {
        let name = word.uppercased()
        if let known = systems[name] { return known }
        // HL7's own tables: HL70162.
        let number = name.dropFirst(3)
        guard name.hasPrefix("HL7"), number.utf8.count == 4, number.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return table(String(number))
    }

    /// The system of one of HL7's own tables.
    static func table(_ number: String) -> String { "http://terminology.hl7.org/CodeSystem/v2-\(number)" }

    /// The system of an object identifier, as CWE-14 states it.
    static func uri(oid: String) -> String? {
        let isIdentifier = oid.utf8.count <= 128 && oid.contains(".") && oid.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
        return isIdentifier ? "urn:oid:\(oid)" : nil
    }

    /// True for a system of the sender's own: `L`, `99` and whatever follows.
    static func isLocal(_ word: String) -> Bool {
        let name = word.uppercased()
        return name == "L" || name == "LOCAL" || name.hasPrefix("99")
    }

    private static let systems: [String: String] = [
        "RXNORM": CodeSystem.rxNorm.uri, "RXN": CodeSystem.rxNorm.uri,
        "NDC": CodeSystem.ndc.uri,
        "SCT": CodeSystem.snomedCT.uri, "SNOMED": CodeSystem.snomedCT.uri, "SNOMED-CT": CodeSystem.snomedCT.uri,
        "SNOMEDCT": CodeSystem.snomedCT.uri, "SCT2": CodeSystem.snomedCT.uri,
        "LN": CodeSystem.loinc.uri, "LOINC": CodeSystem.loinc.uri,
        "I9C": CodeSystem.icd9CM.uri, "I9": CodeSystem.icd9CM.uri, "ICD9": CodeSystem.icd9CM.uri, "ICD-9": CodeSystem.icd9CM.uri,
        "ICD9CM": CodeSystem.icd9CM.uri, "I9CDX": CodeSystem.icd9CM.uri,
        "I10C": CodeSystem.icd10CM.uri, "ICD10CM": CodeSystem.icd10CM.uri, "ICD-10-CM": CodeSystem.icd10CM.uri,
        "I10": "http://hl7.org/fhir/sid/icd-10", "ICD10": "http://hl7.org/fhir/sid/icd-10", "ICD-10": "http://hl7.org/fhir/sid/icd-10",
        "CVX": CodeSystem.cvx.uri,
        "C4": CodeSystem.cpt.uri, "C5": CodeSystem.cpt.uri, "CPT": CodeSystem.cpt.uri, "CPT4": CodeSystem.cpt.uri, "CPTM": CodeSystem.cpt.uri,
        "HPC": CodeSystem.hcpcs.uri, "HCPCS": CodeSystem.hcpcs.uri,
        "UNII": CodeSystem.unii.uri,
        "ATC": CodeSystem.atc.uri, "WC": CodeSystem.atc.uri,
        "UCUM": CodeSystem.ucum.uri,
        "NCIT": "urn:oid:2.16.840.1.113883.3.26.1.1",
    ]
}
