import Clinical
import Documents

extension StoryWriter {
    /// A medicine on record: an active order, or a statement with its period where use has ended.
    func medication(_ medicine: StatedMedicine, id: String) -> JSONValue {
        medicine.isStopped ? statement(medicine, id: id) : request(medicine, id: id, status: medicine.isOnHold ? "on-hold" : "active")
    }

    /// An order that is being written.
    func draftOrder(_ medicine: StatedMedicine, id: String) -> JSONValue {
        request(medicine, id: id, status: "draft")
    }

    /// - Source: FHIR R4, MedicationStatement: `effectivePeriod` is the time of use.
    private func statement(_ medicine: StatedMedicine, id: String) -> JSONValue {
        let (contained, drug) = drug(medicine.substance)
        return .compact([
            ("resourceType", "MedicationStatement"), ("id", .string(id)), ("contained", contained), ("status", "stopped"), drug,
            ("subject", subject),
            ("effectivePeriod", .compact([("start", .date(medicine.started)), ("end", .date(medicine.ended))])),
            ("dosage", .array([dosage(medicine, bounds: nil)])),
        ])
    }

    /// - Source: FHIR R4, MedicationRequest; bounds of use stand in `dosageInstruction.timing.repeat`.
    private func request(_ medicine: StatedMedicine, id: String, status: String) -> JSONValue {
        let (contained, drug) = drug(medicine.substance)
        let authored = status == "draft" ? PartialDate(story.today) : medicine.started
        return .compact([
            ("resourceType", "MedicationRequest"), ("id", .string(id)), ("contained", contained), ("status", .string(status)),
            ("intent", "order"), drug, ("subject", subject), ("authoredOn", .date(authored)),
            ("dosageInstruction", .array([dosage(medicine, bounds: bounds(of: medicine))])),
        ])
    }

    /// One coded ingredient or product stands as a code; a combination as a contained Medication that lists its ingredients.
    private func drug(_ substance: StatedMedicine.Substance) -> (contained: JSONValue, member: (String, JSONValue)) {
        switch substance {
        case .product(let rxcui, let name):
            return (.null, ("medicationCodeableConcept", Self.rxNorm(rxcui, name)))
        case .uncoded(let words):
            return (.null, ("medicationCodeableConcept", .concept(CodeableConcept(text: words))))
        case .vaccine(let name):
            return (.null, ("medicationCodeableConcept", .concept(CodeableConcept(codings: [name.coding]))))
        case .ingredients(let ingredients):
            if let only = ingredients.first, ingredients.count == 1 {
                return (.null, ("medicationCodeableConcept", Self.rxNorm(only.rxcui, only.name)))
            }
            let parts = ingredients.map { JSONValue.compact([("itemCodeableConcept", Self.rxNorm($0.rxcui, $0.name))]) }
            let product = JSONValue.compact([("resourceType", "Medication"), ("id", "product"), ("ingredient", .array(parts))])
            return (.array([product]), ("medicationReference", .object([("reference", "#product")])))
        }
    }

    private static func rxNorm(_ rxcui: Int, _ name: String) -> JSONValue {
        .concept(CodeableConcept(codings: [Coding(system: .rxNorm, code: String(rxcui), display: name)], text: name))
    }
}

// MARK: Dosage

extension StoryWriter {
    private func bounds(of medicine: StatedMedicine) -> (String, JSONValue)? {
        if let days = medicine.days {
            return ("boundsDuration", .compact([
                ("value", .number(String(days))), ("unit", "days"), ("system", .string(CodeSystem.ucum.uri)), ("code", "d"),
            ]))
        }
        guard medicine.started != nil || medicine.ended != nil else { return nil }
        return ("boundsPeriod", .compact([("start", .date(medicine.started)), ("end", .date(medicine.ended))]))
    }

    /// - Source: FHIR R4, Dosage and Timing.
    private func dosage(_ medicine: StatedMedicine, bounds: (String, JSONValue)?) -> JSONValue {
        let route = medicine.route.map { JSONValue.concept(CodeableConcept(codings: [$0.coding])) }
        return .compact([
            ("timing", .compact([("repeat", Self.timing(medicine.schedule, bounds: bounds))])),
            ("asNeededBoolean", medicine.isAsNeeded ? true : .null), ("route", route ?? .null),
            ("doseAndRate", medicine.dose.map { .array([Self.dose($0)]) } ?? .null),
        ])
    }

    private static func timing(_ schedule: StatedSchedule?, bounds: (String, JSONValue)?) -> JSONValue {
        .compact([
            bounds ?? ("boundsPeriod", .null),
            ("count", .optional(schedule?.count)), ("frequency", .optional(schedule?.frequency)),
            ("period", .optional(schedule?.period)), ("periodMax", .optional(schedule?.periodMaximum)),
            ("periodUnit", .optional(schedule?.periodUnit?.rawValue)),
            ("when", .array((schedule?.when ?? []).map(JSONValue.string))),
        ])
    }

    private static func dose(_ dose: StatedDose) -> JSONValue {
        func amount(_ value: Decimal) -> JSONValue {
            .compact([
                ("value", .number(value.description)), ("unit", .string(dose.unit.text)),
                ("system", .string(CodeSystem.ucum.uri)), ("code", .string(dose.unit.code)),
            ])
        }
        if dose.low == dose.high { return .compact([("doseQuantity", amount(dose.low))]) }
        return .compact([("doseRange", .compact([("low", amount(dose.low)), ("high", amount(dose.high))]))])
    }
}
