import Clinical
import Documents

extension ElementReader {
    /// What the patient does not tolerate, or the statement that nothing is known.
    ///
    /// - Source: FHIR R4, allergyintolerance.
    mutating func allergyIntolerance(_ entry: ResourceEntry) -> AllergyIntolerance? {
        begin(entry)
        var allergy = AllergyIntolerance(reference: entry.reference, standing: .active, code: CodeableConcept())
        var clinical: StatusCode?
        var verification: StatusCode?
        var envelope = Envelope()
        for (element, value) in entry.node.knownMembers {
            switch element {
            case .clinicalStatus: clinical = status(value, .clinicalStatus)
            case .verificationStatus: verification = status(value, .verificationStatus)
            case .type: allergy.kind = kind(value)
            case .criticality: allergy.criticality = criticality(value)
            case .category: allergy.categories = categories(value)
            case .code: allergy.code = concept(value, .code)
            case .substance where allergy.code.isUncoded: allergy.code = concept(value, .substance)  // DSTU2
            case .reaction: allergy.reactions = reactions(value)
            case .recordedDate, .assertedDate: allergy.recorded = date(value, .recordedDate)
            default: envelope.keep(element, value)
            }
        }
        guard admits(envelope) else { return nil }
        allergy.standing = Self.standing(clinical, verification)
        return allergy
    }

    /// Without a clinical status it is checked, and without a verification status as well (ait-1, ait-2).
    ///
    /// - Source: FHIR R4, allergyintolerance-clinical, allergyintolerance-verification.
    private static func standing(_ clinical: StatusCode?, _ verification: StatusCode?) -> AllergyIntolerance.Standing {
        switch (verification, clinical) {
        case (.refuted, _), (.enteredInError, _): .refuted
        case (_, .resolved), (_, .inactive): .past
        default: .active
        }
    }

    private mutating func kind(_ node: JSONNode) -> AllergyIntolerance.Kind? {
        switch status(node, .type) {
        case .allergy: .allergy
        case .intolerance: .intolerance
        default: nil
        }
    }

    private mutating func criticality(_ node: JSONNode) -> AllergyIntolerance.Criticality? {
        switch status(node, .criticality) {
        case .low: .low
        case .high: .high
        case .unableToAssess: .unableToAssess
        default: nil
        }
    }

    private mutating func categories(_ node: JSONNode) -> [String] {
        var categories: [String] = []
        for item in node.repetitions {
            if let word = words(item, .category) { categories.append(word) }
        }
        return categories
    }

    private mutating func reactions(_ node: JSONNode) -> [AllergyIntolerance.Reaction] {
        var reactions: [AllergyIntolerance.Reaction] = []
        for item in node.repetitions {
            guard item.kind == .object else {
                noteMismatch(.reaction, at: item, expected: "an object")
                continue
            }
            if let reaction = reaction(item) { reactions.append(reaction) }
        }
        return reactions
    }

    private mutating func reaction(_ node: JSONNode) -> AllergyIntolerance.Reaction? {
        var reaction = AllergyIntolerance.Reaction()
        for (element, value) in node.knownMembers {
            switch element {
            case .substance: reaction.substance = concept(value, .substance)
            case .manifestation: reaction.manifestations = codeableReferences(value, .manifestation)
            case .severity: reaction.severity = words(value, .severity)
            case .modifierExtension where !value.isEmpty:
                note(.reaction, "an unknown modifier extension changes what it means; passed over", at: value)
                return nil
            default: break
            }
        }
        return reaction
    }
}
