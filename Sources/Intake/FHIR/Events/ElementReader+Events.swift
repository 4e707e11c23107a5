import Clinical
import Documents

extension ElementReader {
    /// The entry in the form in which measures count it; `nil` where it is another patient's or must not be used.
    ///
    /// - Source: FHIR R4, the resource's own page; US Quality Core for what was not done.
    mutating func event(_ entry: ResourceEntry, _ kind: RecordEvent.Kind) -> RecordEvent? {
        begin(entry)
        var event = RecordEvent(kind: kind, reference: entry.reference)
        var parts = EventParts()
        var envelope = Envelope()
        for (name, value) in entry.node.knownMembers {
            if !read(common: name, value, into: &event, &parts), !read(time: name, value, into: &parts) {
                envelope.keep(name, value)
            }
        }
        guard admits(envelope) else { return nil }
        if kind == .observation, let profiles = entry.node["meta"]?["profile"] { event.profiles = names(ofProfiles: profiles) }
        if kind == .medicationRequest {
            event.codes = drug(concept: parts.concept, reference: parts.reference, choice: nil, in: entry.node).code.codings
        }
        if let code = parts.code { read(code: code, into: &event) }
        settle(&event, parts)
        return event
    }

    /// Elements that say what it is, and how it stands.
    private mutating func read(
        common name: ElementName, _ value: JSONNode, into event: inout RecordEvent, _ parts: inout EventParts
    ) -> Bool {
        switch name {
        case .status: event.status = words(value, .status) ?? ""
        case .intent: event.intent = words(value, .intent)
        case .doNotPerform: event.isNegated = event.isNegated || boolean(value, .doNotPerform) == true
        case .code, .vaccineCode, .codeCodeableConcept: parts.code = value
        case .type where event.kind == .encounter:
            for item in value.repetitions { event.codes += recurringConcept(item, .type).codings }
        case .medicationCodeableConcept: parts.concept = value
        case .medicationReference: parts.reference = value
        case .category: event.categories = categories(value)
        case .clinicalStatus: parts.clinicalStatus = status(value, .clinicalStatus)
        case .extension: read(extensions: value, into: &event, &parts)
        case .modifierExtension:
            guard let isNegated = negation(value) else { return false }
            event.isNegated = event.isNegated || isNegated
        case .dispenseRequest: parts.dispense = value
        case .dosageInstruction: parts.dosages = dosages(value, .dosageInstruction)
        default:
            if let found = observationValue(name, value), event.kind == .observation {
                event.value = found.value
                return true
            }
            return read(detail: name, value, into: &event)
        }
        return true
    }

    /// Elements that only some kinds have.
    private mutating func read(detail name: ElementName, _ value: JSONNode, into event: inout RecordEvent) -> Bool {
        switch name {
        case .bodySite, .reasonCode, .statusReason, .verificationStatus, .class, .hospitalization, .diagnosis, .reasonReference, .focus: break
        case .severity where value.kind == .object: break
        default: return false
        }
        var details = event.details ?? RecordEvent.Details()
        switch name {
        case .bodySite: details.bodySites = codings(value, .bodySite)
        case .reasonCode, .statusReason: details.reasons += codings(value, name)
        case .severity: details.severities = codings(value, .severity)
        case .verificationStatus: details.verification = status(value, .verificationStatus)?.rawValue
        case .class: details.visitClass = value["code"]?.string
        case .hospitalization:
            details.dispositions = value["dischargeDisposition"].map { codings($0, .dischargeDisposition) } ?? []
        case .diagnosis:
            for item in value.repetitions {
                if let reference = item["condition"].flatMap({ reference($0, .condition) }) { details.diagnoses.append(reference) }
            }
        case .reasonReference:
            for item in value.repetitions { reference(item, .reasonReference).map { details.diagnoses.append($0) } }
        case .focus: details.focus = reference(value, .focus)
        default: return false
        }
        event.details = details
        return true
    }

    /// What stands behind the last slash, a version left aside.
    /// The profiles of national guides, by the last part of their URLs. That an entry conforms to a hospital's own says nothing against
    /// any of them, so it is passed over.
    private func names(ofProfiles node: JSONNode) -> [String] {
        var names: [String] = []
        for item in node.repetitions {
            guard let bytes = item.stringBytes, Self.guides.contains(where: { bytes.starts(with: $0.utf8) }) else { continue }
            let url = bytes.prefix { $0 != UInt8(ascii: "|") }
            let name = url.lastIndex(of: UInt8(ascii: "/")).map { url[($0 + 1)...] } ?? url
            names.append(String(decoding: name, as: UTF8.self))
        }
        return names
    }

    /// Where the guides publish their profiles.
    private static let guides = ["http://hl7.org/fhir/", "http://fhir.org/guides/"]

    private mutating func codings(_ node: JSONNode, _ name: ElementName) -> [Coding] {
        var found: [Coding] = []
        for item in node.repetitions { found += concept(item, name).codings }
        return found
    }

    /// Only the code words: `laboratory`, `encounter-diagnosis`.
    private func categories(_ node: JSONNode) -> [String] {
        var words: [String] = []
        words.reserveCapacity(1)
        for item in node.repetitions {
            for coding in item["coding"]?.repetitions ?? .none {
                if let code = coding["code"]?.string { words.append(code) }
            }
        }
        return words
    }

    private mutating func read(code node: JSONNode, into event: inout RecordEvent) {
        event.codes = recurringConcept(node, .code).codings
        for item in node["extension"]?.repetitions ?? .none {
            if Self.ends(item["url"], "notDoneValueSet") { event.notDoneValueSet = (item["valueCanonical"] ?? item["valueUri"])?.string }
        }
    }

    private static func ends(_ url: JSONNode?, _ suffix: String) -> Bool {
        guard let bytes = url?.stringBytes, bytes.count >= suffix.utf8.count else { return false }
        return bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    /// Negation and its reasons, which R4 has as extensions on several resources.
    private mutating func read(extensions node: JSONNode, into event: inout RecordEvent, _ parts: inout EventParts) {
        for item in node.repetitions {
            let url = item["url"]
            if Self.ends(url, "core-recorded") {
                parts.recorded = item["valueDateTime"].flatMap { date($0, .extension) }
            } else if Self.ends(url, "otDoneReason") || Self.ends(url, "doNotPerformReason") || Self.ends(url, "request-statusReason") {
                guard let reason = item["valueCodeableConcept"] else { continue }
                var details = event.details ?? RecordEvent.Details()
                details.reasons += concept(reason, .extension).codings
                event.details = details
            } else if Self.ends(url, "doNotPerform") {
                event.isNegated = event.isNegated || item["valueBoolean"]?.bool == true
            }
        }
    }

    /// What `doNotPerform` says where it is the only modifier extension; nothing where there are others.
    private func negation(_ node: JSONNode) -> Bool? {
        var isNegated = false
        for item in node.repetitions {
            guard Self.ends(item["url"], "doNotPerform") else { return nil }
            isNegated = isNegated || item["valueBoolean"]?.bool == true
        }
        return isNegated
    }
}

/// Elements of an entry that are weighed together once all have been met.
struct EventParts {
    var code: JSONNode?
    var concept: JSONNode?
    var reference: JSONNode?
    var clinicalStatus: StatusCode?
    var period: Period?
    /// True where the period has an end, whether or not it can be read.
    var hasEnd = false
    var authored: PartialDate?
    var onset: PartialDate?
    /// The end of the onset, where it has one.
    var onsetBy: PartialDate?
    var abated: PartialDate?
    var hasAbated = false
    var recorded: PartialDate?
    var lastOccurrence: PartialDate?
    var dispense: JSONNode?
    var dosages: [Dosage] = []
}
