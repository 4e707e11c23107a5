import Clinical
import Documents

extension ElementReader {
    /// The steps of a dosage instruction; steps that cannot be read are noted.
    mutating func dosages(_ node: JSONNode, _ name: ElementName) -> [Dosage] {
        var dosages: [Dosage] = []
        for item in node.repetitions {
            if let dosage = dosage(item, name) { dosages.append(dosage) }
        }
        return dosages
    }

    /// One step: R4's shape, the flat dose of STU3, and the dose of a MedicationAdministration.
    ///
    /// - Source: FHIR R4, dosage.
    mutating func dosage(_ node: JSONNode, _ name: ElementName) -> Dosage? {
        guard node.kind == .object else {
            noteMismatch(name, at: node, expected: "a Dosage")
            return nil
        }
        var dosage = Dosage()
        for (element, value) in node.knownMembers {
            switch element {
            case .sequence: dosage.sequence = positive(value, .sequence)
            case .text: dosage.hasText = words(value, .text) != nil
            case .timing: dosage.timing = timing(value, .timing)
            case .asNeededBoolean, .asNeeded: dosage.isAsNeeded = dosage.isAsNeeded || boolean(value, .asNeededBoolean) == true
            case .asNeededCodeableConcept, .asNeededFor:
                if value.kind == .object || !value.isEmpty { dosage.isAsNeeded = true }
            case .route: dosage.route = concept(value, .route)
            case .doseAndRate:
                if let chosen = choice(ofDoses: value) { read(doseAndRate: chosen, into: &dosage) }
            case .maxDosePerPeriod:
                for item in value.repetitions where dosage.maximumPerPeriod == nil {
                    dosage.maximumPerPeriod = ratio(item, .maxDosePerPeriod)
                }
            case .modifierExtension where !value.isEmpty:
                note(name, "an unknown modifier extension changes what it means; only that there are words is kept", at: value)
                return Dosage(hasText: true)
            default: read(element, value, into: &dosage)
            }
        }
        return dosage
    }

    /// Of several doses for one step the one as ordered, else as calculated, else the first.
    ///
    /// They are one dose told several ways and never add up (Epic sends `calculated`, `admin-amount` and `ordered`).
    private mutating func choice(ofDoses node: JSONNode) -> JSONNode? {
        var best: (node: JSONNode, rank: Int)?
        for item in node.repetitions {
            guard item.kind == .object else {
                noteMismatch(.doseAndRate, at: item, expected: "an object")
                continue
            }
            let type = item["type"]
            let rank = type.map { mentions($0, .ordered) ? 2 : mentions($0, .calculated) ? 1 : 0 } ?? 0
            if rank > best?.rank ?? -1 { best = (item, rank) }
        }
        return best?.node
    }

    private mutating func read(doseAndRate node: JSONNode, into dosage: inout Dosage) {
        for (element, value) in node.knownMembers { read(element, value, into: &dosage) }
    }

    private mutating func read(_ element: ElementName, _ value: JSONNode, into dosage: inout Dosage) {
        switch element {
        case .doseQuantity, .dose: dosage.dose = quantity(value, element).map { .quantity($0) } ?? dosage.dose
        case .doseRange: dosage.dose = range(value, element).map { .range(low: $0.low, high: $0.high) } ?? dosage.dose
        case .rateQuantity: dosage.rate = quantity(value, element).map { .quantity($0) } ?? dosage.rate
        case .rateRange: dosage.rate = range(value, element).map { .range(low: $0.low, high: $0.high) } ?? dosage.rate
        case .rateRatio: dosage.rate = ratio(value, element).map { .ratio($0) } ?? dosage.rate
        default: break
        }
    }

    /// The last day of what is stated for all steps; `nil` where a step has no stated end.
    func lastDay(of dosages: [Dosage]) -> PartialDate? {
        var last: PartialDate?
        for dosage in dosages {
            guard let end = dosage.timing?.bounds?.end else { return nil }
            if last.map({ $0.days(in: asOf.zone).upperBound < end.days(in: asOf.zone).upperBound }) ?? true { last = end }
        }
        return last
    }

    /// The first day that any step states.
    func firstDay(of dosages: [Dosage]) -> PartialDate? {
        dosages.lazy.compactMap { $0.timing?.bounds?.start }
            .min { $0.days(in: asOf.zone).lowerBound < $1.days(in: asOf.zone).lowerBound }
    }
}
