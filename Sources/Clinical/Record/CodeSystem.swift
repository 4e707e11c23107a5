/// A code system by its canonical URI, with the aliases that real records use made one.
///
/// - Source: FHIR R4, terminologies-systems; OID forms as Epic sends them.
public struct CodeSystem: Sendable, Hashable, CustomStringConvertible {
    /// The canonical URI.
    public let uri: String

    /// The system named by `uri`, a trailing slash and listed aliases removed.
    public init(_ uri: String) {
        self.uri = Self.canonical[uri] ?? uri
    }

    private init(canonical uri: String) {
        self.uri = uri
    }

    public var description: String { uri }

    public static let rxNorm = CodeSystem(canonical: "http://www.nlm.nih.gov/research/umls/rxnorm")
    public static let ndc = CodeSystem(canonical: "http://hl7.org/fhir/sid/ndc")
    public static let snomedCT = CodeSystem(canonical: "http://snomed.info/sct")
    public static let loinc = CodeSystem(canonical: "http://loinc.org")
    public static let icd10CM = CodeSystem(canonical: "http://hl7.org/fhir/sid/icd-10-cm")
    public static let icd9CM = CodeSystem(canonical: "http://hl7.org/fhir/sid/icd-9-cm")
    public static let cvx = CodeSystem(canonical: "http://hl7.org/fhir/sid/cvx")
    public static let cpt = CodeSystem(canonical: "http://www.ama-assn.org/go/cpt")
    public static let unii = CodeSystem(canonical: "http://fdasis.nlm.nih.gov")
    public static let atc = CodeSystem(canonical: "http://www.whocc.no/atc")
    public static let hcpcs = CodeSystem(canonical: "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets")
    public static let ucum = CodeSystem(canonical: "http://unitsofmeasure.org")

    /// What a record states in words only: the words, in small letters, stand in the place of a code.
    public static let words = CodeSystem(canonical: "urn:vigil:words")

    /// The aliases, and the systems above by themselves: texts that share their storage are compared in one step.
    private static let canonical: [String: String] = {
        let known = [rxNorm, ndc, snomedCT, loinc, icd10CM, icd9CM, cvx, cpt, unii, atc, hcpcs, ucum]
        return aliases.merging(known.map { ($0.uri, $0.uri) }) { alias, _ in alias }
    }()

    /// Listed aliases only; whatever is not here stays a different system.
    private static let aliases: [String: String] = [
        "urn:oid:2.16.840.1.113883.6.88": rxNorm.uri,
        "http://www.nlm.nih.gov/research/umls/rxnorm/": rxNorm.uri,
        "https://www.nlm.nih.gov/research/umls/rxnorm": rxNorm.uri,
        "urn:oid:2.16.840.1.113883.6.69": ndc.uri,
        "http://hl7.org/fhir/sid/ndc/": ndc.uri,
        "urn:oid:2.16.840.1.113883.6.96": snomedCT.uri,
        "http://snomed.info/sct/": snomedCT.uri,
        "https://snomed.info/sct": snomedCT.uri,
        "http://www.snomed.org": snomedCT.uri,
        "urn:oid:2.16.840.1.113883.6.1": loinc.uri,
        "http://loinc.org/": loinc.uri,
        "https://loinc.org": loinc.uri,
        "urn:oid:2.16.840.1.113883.6.90": icd10CM.uri,
        "http://hl7.org/fhir/sid/icd-10-cm/": icd10CM.uri,
        "http://hl7.org/fhir/sid/icd-10": icd10CM.uri,
        "urn:oid:2.16.840.1.113883.6.103": icd9CM.uri,
        "urn:oid:2.16.840.1.113883.12.292": cvx.uri,
        "http://hl7.org/fhir/sid/cvx/": cvx.uri,
        "urn:oid:2.16.840.1.113883.6.12": cpt.uri,
        "urn:oid:2.16.840.1.113883.4.9": unii.uri,
        "urn:oid:2.16.840.1.113883.6.73": atc.uri,
        "http://www.whocc.no/atc/": atc.uri,
        "urn:oid:2.16.840.1.113883.6.285": hcpcs.uri,
        "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": hcpcs.uri,
        "urn:oid:2.16.840.1.113883.6.8": ucum.uri,
    ]
}
