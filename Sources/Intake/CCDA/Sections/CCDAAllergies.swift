import Clinical
import Documents

extension CCDAConverter {
    /// Allergies and intolerances: a concern with observations in it, or one of these alone.
    ///
    /// - Source: C-CDA R2.1, 2.16.840.1.113883.10.20.22.4.30 and 4.7; C-CDA on FHIR 2.0.0, allergies.
    mutating func allergy(_ statement: XMLNode) -> Bool {
        if statement.isCDA("observation") {
            allergy(statement, concern: nil)
            return true
        }
        let observations = statement.related("observation").filter(Self.isAllergy)
        for observation in observations { allergy(observation, concern: statement) }
        return !observations.isEmpty
    }

    private static func isAllergy(_ node: XMLNode) -> Bool {
        node.claims(allergyTemplates) || node.child("participant") != nil
    }

    private static let allergyTemplates: Set<String> = [
        "2.16.840.1.113883.10.20.22.4.7", "2.16.840.1.113883.10.20.24.3.90", "2.16.840.1.113883.10.20.1.18", "1.3.6.1.4.1.19376.1.5.3.1.4.6",
    ]

    private mutating func allergy(_ node: XMLNode, concern: XMLNode?) {
        let substances = node.children(named: "participant").compactMap { $0.child(at: "participantRole", "playingEntity") }
        for substance in substances.isEmpty ? [nil] : substances.map(Optional.some) { allergy(node, substance, concern: concern) }
    }

    private mutating func allergy(_ node: XMLNode, _ substance: XMLNode?, concern: XMLNode?) {
        let kind = node.child("value")?.attribute("code")
        var code = substanceCode(substance)
        var isRefuted = node.isNegated
        if isRefuted, Self.namesNothing(code), let none = kind.flatMap({ Self.noneKnown[$0] }) {
            code = ["coding": [["system": .string(CodeSystem.snomedCT.uri), "code": .string(none.code), "display": .string(none.display)]]]
            isRefuted = false
        }
        // Older documents name the substance in the value alone, as an allergy to it.
        if code == nil { code = concept(node.child("value"), "allergy.value", orWordsOf: node.child("text")) }
        if code == nil { note("allergy.participant", "it does not say what to", at: node) }
        let times = interval(node.child("effectiveTime"), "allergy.effectiveTime")
        let recorded = authored(node) ?? concern.flatMap { authored($0) }
        let (clinical, verification) = allergyStatus(node, concern, times, isRefuted: isRefuted)
        add("AllergyIntolerance", [
            ("clinicalStatus", clinical.map { Self.code($0, in: "allergyintolerance-clinical") }),
            ("verificationStatus", verification.map { Self.code($0, in: "allergyintolerance-verification") }),
            ("type", kind.flatMap { Self.types[$0] }.map { .string($0) }),
            ("category", kind.flatMap { Self.categories[$0] }.map { [.string($0)] }),
            ("criticality", criticality(node).map { .string($0) }),
            ("code", code), ("patient", Self.patient), ("onsetDateTime", times.start.map { .string($0) }),
            ("recordedDate", recorded.map { .string($0) }), ("reaction", array(reactions(node))),
        ])
    }

    /// The substance with its name, where no code is told.
    private mutating func substanceCode(_ substance: XMLNode?) -> JSONValue? {
        concept(substance?.child("code"), "allergy.participant.code", orWordsOf: substance?.child("name"))
    }

    /// True where no substance is named: SNOMED CT 105590001, substance, and 410942007, drug or medication, name any.
    ///
    /// - Source: C-CDA R2.1, sample documents, "no known allergies".
    private static func namesNothing(_ code: JSONValue?) -> Bool {
        guard let code else { return true }
        let codings = code["coding"]?.elements ?? []
        return !codings.isEmpty && codings.allSatisfy { ["105590001", "410942007"].contains($0["code"]?.string ?? "") }
    }

    // MARK: Status

    /// An allergy whose concern was closed goes on: that nobody tracks it any more does not make the patient tolerate it.
    private mutating func allergyStatus(
        _ node: XMLNode, _ concern: XMLNode?, _ times: CDAInterval, isRefuted: Bool
    ) -> (clinical: String?, verification: String?) {
        if node.statusWord == "nullified" || concern?.statusWord == "nullified" { return (nil, "entered-in-error") }
        if isRefuted { return (nil, "refuted") }
        if let stated = statedStatus(node) { return (stated, "confirmed") }
        if times.high != nil { return ("resolved", "confirmed") }
        if let word = concern?.statusWord, word != "active" {
            note("allergy.statusCode", "its concern was closed and no status stated; it still counts", at: concern)
        }
        return ("active", "confirmed")
    }

    /// What a status observation of an allergy or a problem says.
    ///
    /// - Source: C-CDA on FHIR 2.0.0, concept maps CF-ProblemStatus and CF-AllergyStatus.
    mutating func statedStatus(_ node: XMLNode) -> String? {
        guard let value = statusObservation(node), let code = value.attribute("code") else { return nil }
        if let word = Self.statuses[code] { return word }
        note("\(node.name.local).status", "a status that is not listed; passed over", at: value)
        return nil
    }

    /// The value of the status observation that belongs to a statement: LOINC 33999-4, status.
    func statusObservation(_ node: XMLNode) -> XMLNode? {
        node.related("observation").first { $0.codeWord == "33999-4" || $0.claims("2.16.840.1.113883.10.20.22.4.6") }?.child("value")
    }

    private static let statuses = [
        "55561003": "active", "73425007": "inactive", "413322009": "resolved", "277022003": "remission", "246455001": "recurrence",
        "263855007": "relapse",
    ]

    // MARK: What it is

    /// - Source: C-CDA on FHIR 2.0.0, concept map CF-NoKnownAllergies.
    private static let noneKnown: [String: (code: String, display: String)] = [
        "414285001": ("429625007", "No known food allergy"), "416098002": ("409137002", "No known drug allergy"),
        "419199007": ("716186003", "No known allergy"),
    ]

    /// - Source: C-CDA on FHIR 2.0.0, concept map CF-AllergyIntoleranceType.
    private static let types = [
        "235719002": "intolerance", "59037007": "intolerance", "414285001": "allergy", "416098002": "allergy", "419199007": "allergy",
    ]

    /// - Source: C-CDA on FHIR 2.0.0, concept map CF-AllergyIntoleranceCategory.
    private static let categories = [
        "235719002": "food", "414285001": "food", "418471000": "food", "416098002": "medication", "419511003": "medication",
        "59037007": "medication",
    ]

    /// - Source: C-CDA R2.1, 2.16.840.1.113883.10.20.22.4.145; C-CDA on FHIR 2.0.0, concept map CF-Criticality.
    private func criticality(_ node: XMLNode) -> String? {
        let words = ["CRITL": "low", "CRITH": "high", "CRITU": "unable-to-assess"]
        let value = node.related("observation").first { $0.codeWord == "82606-5" || $0.claims("2.16.840.1.113883.10.20.22.4.145") }?.child("value")
        return value?.attribute("code").flatMap { words[$0] }
    }

    // MARK: Reactions

    /// What it led to; a severity of the allergy itself counts for reactions that have none.
    private mutating func reactions(_ node: XMLNode) -> [JSONValue] {
        let general = severity(node)
        var reactions: [JSONValue] = []
        for reaction in node.related("observation", by: ["MFST"]) {
            guard let manifestation = concept(reaction.child("value"), "reaction.value", orWordsOf: reaction.child("text")) else { continue }
            let severity = severity(reaction) ?? general
            if let reaction = object([("manifestation", [manifestation]), ("severity", severity.map { .string($0) })]) { reactions.append(reaction) }
        }
        return reactions
    }

    /// - Source: C-CDA R2.1, 2.16.840.1.113883.10.20.22.4.8; C-CDA on FHIR 2.0.0, concept map CF-Severity.
    private func severity(_ node: XMLNode) -> String? {
        let words = ["255604002": "mild", "6736007": "moderate", "24484000": "severe"]
        let value = node.related("observation").first { $0.codeWord == "SEV" || $0.claims("2.16.840.1.113883.10.20.22.4.8") }?.child("value")
        return value?.attribute("code").flatMap { words[$0] }
    }
}
