import Clinical
import Documents

extension ElementReader {
    /// A contact with care.
    ///
    /// - Source: FHIR R4, encounter.
    mutating func encounter(_ entry: ResourceEntry) -> Encounter? {
        begin(entry)
        var encounter = Encounter(reference: entry.reference, status: StatusCode.unknown.rawValue)
        var envelope = Envelope()
        for (element, value) in entry.node.knownMembers {
            switch element {
            case .status: encounter.status = words(value, .status) ?? encounter.status
            case .class: read(class: value, into: &encounter)
            case .type:
                for item in value.repetitions { append(recurringConcept(item, .type), to: &encounter.codes) }
            case .period, .actualPeriod: encounter.period = period(value, .period)
            case .serviceType: encounter.settings += codeableReferences(value, .serviceType)
            case .location: encounter.settings += settings(value)
            default: envelope.keep(element, value)
            }
        }
        guard admits(envelope) else { return nil }
        if encounter.status == StatusCode.enteredInError.rawValue {
            leaveOut("entered in error; left out")
            return nil
        }
        return encounter
    }

    /// A Coding in R4, CodeableConcepts in R5.
    private mutating func read(class node: JSONNode, into encounter: inout Encounter) {
        for item in node.repetitions {
            if item["coding"] != nil || item["text"] != nil {
                append(concept(item, .class), to: &encounter.codes)
            } else if let coding = coding(item, .class) {
                encounter.codes.insert(CodeableConcept(codings: [coding]), at: 0)
            }
        }
    }

    /// What kinds of place it was at, where the locations came.
    private mutating func settings(_ node: JSONNode) -> [CodeableConcept] {
        var settings: [CodeableConcept] = []
        for item in node.repetitions {
            guard item.kind == .object else {
                noteMismatch(.location, at: item, expected: "an object")
                continue
            }
            if let type = item["physicalType"] ?? item["form"] { append(concept(type, .physicalType), to: &settings) }
            guard let location = item["location"], location.kind == .object, let holder = current?.node,
                case .found(let place, _, _) = target(of: location, in: holder, kinds: [.location])
            else { continue }
            if let type = place["type"] { settings += concepts(type, .location) }
        }
        return settings
    }
}
