import Clinical
import Documents

extension ElementReader {
    /// Whom the snapshot is about. Names, addresses and contacts are passed over.
    ///
    /// - Source: FHIR R4, patient; US Core birth sex; extensions patient-birthTime, patient-sexParameterForClinicalUse.
    mutating func patient(_ entry: ResourceEntry) -> Patient? {
        begin(entry)
        var patient = Patient(reference: entry.reference)
        var sexes = StatedSexes()
        var envelope = Envelope()
        for (element, value) in entry.node.knownMembers {
            switch element {
            case .birthDate: patient.birthDate = date(value, .birthDate)
            case .birthDateExtension: patient.birthTime = birthTime(value)
            case .gender: sexes.gender = status(value, .gender)
            case .extension: read(extensions: value, into: &sexes)
            case .deceasedBoolean: patient.isDeceased = patient.isDeceased || boolean(value, .deceasedBoolean) == true
            case .deceasedDateTime: patient.deathDate = date(value, .deceasedDateTime)
            case .active where value.bool == false: note(.active, "the record of this patient is not in use", at: value)
            case .link: noteLinks(value)
            default: envelope.keep(element, value)
            }
        }
        if let refusal = envelope.refusal {
            withhold(refusal)
            return nil
        }
        if envelope.isSubsetted { fallShort(.patient, "summaries came in place of whole entries") }
        // Looking back, a patient who died later was still alive.
        if let death = patient.deathDate { patient.isDeceased = mayHaveCome(death) }
        patient.sex = sexes.sex
        return patient
    }

    private mutating func birthTime(_ node: JSONNode) -> Instant? {
        for item in node["extension"]?.repetitions ?? .none {
            guard let url = item["url"], url.equals("http://hl7.org/fhir/StructureDefinition/patient-birthTime") else { continue }
            if let time = item["valueDateTime"] { return instant(time, .birthDate) }
        }
        return nil
    }

    /// A record that was merged into another may lack what the other has.
    private mutating func noteLinks(_ node: JSONNode) {
        for item in node.repetitions {
            guard let type = item["type"], StatusCode(type) == .replacedBy else { continue }
            note(.link, "the record of this patient was merged into another, which may hold more", at: item)
        }
    }

    // MARK: Sex

    private mutating func read(extensions node: JSONNode, into sexes: inout StatedSexes) {
        for item in node.repetitions {
            guard let url = item["url"] else { continue }
            if url.equals("http://hl7.org/fhir/StructureDefinition/patient-sexParameterForClinicalUse") {
                for part in item["extension"]?.repetitions ?? .none where part["url"]?.equals("value") == true {
                    sexes.forClinicalUse = part["valueCodeableConcept"].flatMap { status($0, .extension) }
                }
            } else if url.equals("http://hl7.org/fhir/us/core/StructureDefinition/us-core-sex") {
                sexes.documented = item["valueCode"].flatMap { StatusCode($0) }
            } else if url.equals("http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex") {
                sexes.atBirth = item["valueCode"].flatMap { StatusCode($0) }
            }
        }
    }
}

/// The notions of sex that a record may hold, and the one that decisions use.
///
/// - Source: FHIR R4, patient: gender; the sex parameter for clinical use goes before the sex that US Core has documented, that
///   before the birth sex, and that before the administrative gender.
struct StatedSexes {
    var forClinicalUse: StatusCode?
    var documented: StatusCode?
    var atBirth: StatusCode?
    var gender: StatusCode?

    var sex: Patient.Sex? {
        // "Specified" or "unknown" is an answer: neither table for men nor for women may be presumed.
        if let forClinicalUse { return Self.sex(forClinicalUse) }
        return documented.flatMap(Self.sex) ?? atBirth.flatMap(Self.sex) ?? gender.flatMap(Self.sex)
    }

    private static func sex(_ word: StatusCode) -> Patient.Sex? {
        switch word {
        case .female, .femaleTypical, .birthSexFemale, .snomedFemale: .female
        case .male, .maleTypical, .birthSexMale, .snomedMale: .male
        default: nil
        }
    }
}
