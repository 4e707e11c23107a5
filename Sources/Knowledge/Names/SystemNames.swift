import Clinical

/// The short names of code systems in our tables.
enum SystemNames {
    static func system(_ name: String) -> CodeSystem? { systems[name] }

    /// The short name of a system; `words` for what a record states in words only.
    static func name(of system: CodeSystem) -> String? { system == .words ? "words" : names[system] }

    private static let names = Dictionary(systems.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })

    private static let systems: [String: CodeSystem] = [
        "SNOMED": .snomedCT,
        "ICD10CM": .icd10CM,
        "ICD10PCS": CodeSystem("http://www.cms.gov/Medicare/Coding/ICD10"),
        "LOINC": .loinc,
        "CVX": .cvx,
        "CPT": .cpt,
        "HCPCS": .hcpcs,
        "RXNORM": .rxNorm,
        "ACTCODE": CodeSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode"),
        "ROLECODE": CodeSystem("http://terminology.hl7.org/CodeSystem/v3-RoleCode"),
        "HSLOC": CodeSystem("https://www.cdc.gov/nhsn/cdaportal/terminology/codesystem/hsloc.html"),
        "HGNC": CodeSystem("http://www.genenames.org/geneId"),
        "NCI": CodeSystem("urn:oid:2.16.840.1.113883.3.26.1.1"),
    ]
}
