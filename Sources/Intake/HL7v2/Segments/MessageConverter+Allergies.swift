import Clinical
import Documents

extension MessageConverter {
    /// AL1: an allergy. The segment has no action code, so that what comes is the whole list.
    ///
    /// - Source: map of AL1 to AllergyIntolerance; HL7 v2.9, chapter 2.10.4.1: repeating segments without an action code and a unique
    ///   key are a snapshot, which replaces what was there.
    mutating func readAllergy(_ allergy: HL7Segment) {
        guard allergy[3].saysSomething else {
            if allergy[3].isDeleted {
                note(allergy, 3, "deleted; whether the patient has none or was not asked is not said")
            } else {
                note(allergy, 3, "it does not say what the patient is allergic to; left out")
            }
            return setSupply(.allergies, .partial(why: "an allergy in this message says nothing"))
        }
        if allergies == nil { setSupply(.allergies, .complete) }
        add("AllergyIntolerance", id: id("AllergyIntolerance"), .allergies, members(allergy, status: nil) + [("onsetDateTime", date(allergy, 6))])
    }

    /// IAM: an allergy with the action to be taken on it. Only what changes comes.
    ///
    /// - Source: map of IAM to AllergyIntolerance; tables 0323, 0438 and 0436.
    mutating func readAllergyChange(_ allergy: HL7Segment) {
        let isDeleted = allergy.text(6)?.uppercased() == "D"
        guard allergy[3].saysSomething else { return note(allergy, 3, "it does not say what the patient is allergic to; left out") }
        let status = allergy.text(17)?.uppercased()
        if isDeleted { note(allergy, 6, "deleted by the sender; not counted") }
        let verification: String? = switch status {
        case _ where isDeleted: "entered-in-error"
        case "C", "I": "confirmed"
        case "E": "entered-in-error"
        case "D", "P", "S", "U": "unconfirmed"
        default: nil
        }
        let clinical: String? = verification == "entered-in-error" ? nil : status == "I" ? "inactive" : nil
        let kind: String? = switch allergy.text(9)?.uppercased() {
        case "AL": "allergy"
        case "IN": "intolerance"
        default: nil
        }
        add(
            "AllergyIntolerance", id: id("AllergyIntolerance", allergy.text(7)), .allergies,
            members(allergy, status: (clinical, verification))
                + [("type", .text(kind)), ("onsetDateTime", date(allergy, 11)), ("recordedDate", date(allergy, 13))])
    }

    /// What is known of the supply of allergies so far.
    private var allergies: Supply? { supply(of: .allergies) }

    /// The members that AL1 and IAM have in common, from the same fields.
    private mutating func members(
        _ allergy: HL7Segment, status: (clinical: String?, verification: String?)?
    ) -> [(String, JSONValue?)] {
        let prefix = "http://terminology.hl7.org/CodeSystem/allergyintolerance-"
        return [
            ("clinicalStatus", .concept(prefix + "clinical", status?.clinical)),
            ("verificationStatus", .concept(prefix + "verification", status?.verification)),
            ("category", category(allergy).map { .array([.string($0)]) }),
            ("criticality", .text(criticality(allergy))),
            ("code", concept(allergy, 3)), ("patient", subject), ("reaction", reactions(allergy)),
        ]
    }

    /// - Source: table 0127 to allergy-intolerance-category.
    private func category(_ allergy: HL7Segment) -> String? {
        switch allergy.text(2)?.uppercased() {
        case "DA": "medication"
        case "FA": "food"
        case "EA", "LA", "AA", "PA": "environment"
        default: nil
        }
    }

    /// - Source: table 0128 to allergy-intolerance-criticality; a moderate reaction says neither.
    private func criticality(_ allergy: HL7Segment) -> String? {
        switch allergy.text(4)?.uppercased() {
        case "SV": "high"
        case "MI": "low"
        case "U": "unable-to-assess"
        default: nil
        }
    }

    /// - Source: table 0128 to reaction-event-severity.
    private mutating func reactions(_ allergy: HL7Segment) -> JSONValue? {
        let severity: String? = switch allergy.text(4)?.uppercased() {
        case "SV": "severe"
        case "MO": "moderate"
        case "MI": "mild"
        default: nil
        }
        // What happened is text in AL1 and a code in IAM; local words of it are no loss.
        let manifestations = allergy.field(5).repetitions.compactMap { concept($0, allergy, 5, notesLocal: false) }
        guard !manifestations.isEmpty else { return nil }
        return .array([.compact([("manifestation", .array(manifestations)), ("severity", .text(severity))])])
    }
}
