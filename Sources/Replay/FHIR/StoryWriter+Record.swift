import Clinical
import Documents

// MARK: Allergies and problems

extension StoryWriter {
    /// - Source: FHIR R4, AllergyIntolerance.
    func allergy(_ allergy: StatedAllergy, id: String) -> JSONValue {
        let clinical: String? =
            switch allergy.standing {
            case .active: "active"
            case .resolved: "resolved"
            case .refuted: nil  // ait-2: none where it was entered in error; a refuted one has none either
            }
        let manifestations = allergy.reactions.map {
            JSONValue.compact([("manifestation", .array([.concept(CodeableConcept(codings: [$0.coding]))]))])
        }
        return .compact([
            ("resourceType", "AllergyIntolerance"), ("id", .string(id)),
            ("clinicalStatus", Self.status(clinical, in: "allergyintolerance-clinical")),
            (
                "verificationStatus",
                Self.status(allergy.standing == .refuted ? "refuted" : "confirmed", in: "allergyintolerance-verification")
            ),
            ("type", allergy.isIntolerance ? "intolerance" : .null), ("criticality", allergy.isSevere ? "high" : .null),
            ("code", .concept(allergy.substance)), ("patient", subject), ("recordedDate", .date(allergy.recorded)),
            ("reaction", .array(manifestations)),
        ])
    }

    /// - Source: FHIR R4, Condition.
    func condition(_ problem: StatedProblem, id: String) -> JSONValue {
        let clinical = problem.standing == .resolved ? "resolved" : "active"
        let verification =
            switch problem.standing {
            case .active, .resolved: "confirmed"
            case .suspected: "provisional"
            case .refuted: "refuted"
            }
        let category = Self.coding("http://terminology.hl7.org/CodeSystem/condition-category", "problem-list-item")
        return .compact([
            ("resourceType", "Condition"), ("id", .string(id)),
            ("clinicalStatus", Self.status(clinical, in: "condition-clinical")),
            ("verificationStatus", Self.status(verification, in: "condition-ver-status")),
            ("category", .array([.concept(CodeableConcept(codings: [category]))])), ("code", Self.code(of: problem.what)),
            ("subject", subject), ("onsetDateTime", .date(problem.onset)), ("abatementDateTime", .date(problem.ended)),
        ])
    }

    private static func code(of what: Stated<StatedName>) -> JSONValue {
        switch what {
        case .coded(let name): .concept(CodeableConcept(codings: [name.coding]))
        case .uncoded(let words): .concept(CodeableConcept(text: words))
        }
    }

    private static func status(_ code: String?, in valueSet: String) -> JSONValue {
        guard let code else { return .null }
        let coding = coding("http://terminology.hl7.org/CodeSystem/\(valueSet)", code)
        return .concept(CodeableConcept(codings: [coding]))
    }

    private static func coding(_ system: String, _ code: String) -> Coding {
        Coding(system: CodeSystem(system), code: code)
    }
}

// MARK: Results and events

extension StoryWriter {
    func result(_ result: StatedResult, id: String) -> JSONValue {
        observation(id, result.what.coding, .quantity(result.value), result.date)
    }

    enum ObservedValue {
        case quantity(Quantity)
        case concept(CodeableConcept)
    }

    /// - Source: FHIR R4, Observation.
    func observation(_ id: String, _ code: Coding, _ value: ObservedValue, _ date: PartialDate) -> JSONValue {
        let stated: (String, JSONValue) =
            switch value {
            case .quantity(let quantity): ("valueQuantity", .quantity(quantity))
            case .concept(let concept): ("valueCodeableConcept", .concept(concept))
            }
        return .compact([
            ("resourceType", "Observation"), ("id", .string(id)), ("status", "final"),
            ("code", .concept(CodeableConcept(codings: [code]))), ("subject", subject),
            ("effectiveDateTime", .date(date)), stated,
        ])
    }

    /// - Source: FHIR R4, Procedure.
    func procedure(_ event: StatedEvent, id: String) -> JSONValue {
        .compact([
            ("resourceType", "Procedure"), ("id", .string(id)), ("status", "completed"),
            ("code", .concept(CodeableConcept(codings: [event.what.coding]))), ("subject", subject),
            ("performedDateTime", .date(event.date)),
        ])
    }

    /// - Source: FHIR R4, Immunization.
    func immunization(_ event: StatedEvent, id: String) -> JSONValue {
        .compact([
            ("resourceType", "Immunization"), ("id", .string(id)), ("status", "completed"),
            ("vaccineCode", .concept(CodeableConcept(codings: [event.what.coding]))), ("patient", subject),
            ("occurrenceDateTime", .date(event.date)), ("primarySource", true),
        ])
    }

    /// - Source: FHIR R4, FamilyMemberHistory: `relationship` must be there, if only in words.
    func familyMemberHistory(_ relative: StatedRelative, id: String) -> JSONValue {
        let age = relative.onsetAge.flatMap { age in (try? Unit(ucum: "a")).map { Quantity(Decimal(age), $0) } }
        let relationship = relative.relationship.map { CodeableConcept(codings: [$0]) } ?? CodeableConcept(text: "a relative")
        return .compact([
            ("resourceType", "FamilyMemberHistory"), ("id", .string(id)), ("status", "completed"), ("patient", subject),
            ("relationship", .concept(relationship)),
            (
                "condition",
                .array([
                    .compact([
                        ("code", .concept(CodeableConcept(codings: [relative.disease.coding]))),
                        ("onsetAge", age.map { .quantity($0) } ?? .null),
                    ])
                ])
            ),
        ])
    }

    /// A contact that began today and goes on. A code of ActCode is its class; any other stands as a type.
    ///
    /// - Source: FHIR R4, Encounter: `class` must be there.
    func encounter(_ setting: StatedName, id: String) -> JSONValue {
        let actCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
        let isClass = setting.coding.system?.uri == actCode
        let unknown = Self.coding("http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "UNK")
        return .compact([
            ("resourceType", "Encounter"), ("id", .string(id)), ("status", "in-progress"),
            ("class", .coding(isClass ? setting.coding : unknown)),
            ("type", isClass ? .null : .array([.concept(CodeableConcept(codings: [setting.coding]))])),
            ("subject", subject), ("period", .compact([("start", .date(PartialDate(story.today)))])),
        ])
    }
}
