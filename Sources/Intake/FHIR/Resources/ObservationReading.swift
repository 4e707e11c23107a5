import Clinical
import Documents

extension ElementReader {
    /// An observation, and its components as observations of their own with the same reference and time.
    ///
    /// - Source: FHIR R4, observation.
    mutating func observations(_ entry: ResourceEntry, into observations: inout [Observation]) {
        let isWanted = observationCodes.map { codes in
            entry.node.withView { $0.isObservation(coded: codes) || !$0.saysWhatWasObserved }
        }
        guard isWanted ?? true else { return }
        begin(entry)
        var observation = Observation(reference: entry.reference, code: CodeableConcept(), status: "unknown")
        var components: JSONNode?
        var envelope = Envelope()
        for (element, value) in entry.node.knownMembers {
            switch element {
            case .status: observation.status = observationStatus(value)
            case .issued: observation.issued = instant(value, .issued)
            case .effectiveDateTime: observation.effective = date(value, .effectiveDateTime).map { Period($0) }
            case .effectivePeriod: observation.effective = period(value, .effectivePeriod)
            case .effectiveInstant: observation.effective = date(value, .effectiveInstant).map { Period($0) }
            case .effectiveTiming: observation.effective = moments(value, .effectiveTiming)
            case .encounter, .context: observation.encounter = reference(value, .encounter)
            case .component: components = value
            case .meta:
                observation.lastUpdated = value["lastUpdated"].flatMap { instant($0, .lastUpdated) }
                envelope.keep(.meta, value)
            default:
                if !read(finding: element, value, into: &observation) { envelope.keep(element, value) }
            }
        }
        guard admits(envelope) else { return }
        if observation.status == StatusCode.enteredInError.rawValue {
            leaveOut("entered in error; left out")
            return
        }
        observations.append(observation)
        if components == nil { noteWhatIsMissing(in: observation, entry) }
        if let components { read(components: components, of: observation, into: &observations) }
    }

    /// Notes what keeps a result from being found or used where it may be the one that is looked for.
    ///
    /// - Source: FHIR R4, observation (`code` is 1..1); vital signs, vs-2 (a value or the reason for its absence, where there are neither
    ///   components nor members).
    private mutating func noteWhatIsMissing(in observation: Observation, _ entry: ResourceEntry) {
        guard observation.status != "registered", observation.status != "cancelled" else { return }
        if !observation.code.codings.contains(where: { $0.system == .loinc || $0.system == .snomedCT }) {
            note(.code, "it has no LOINC code, so that no rule can find it", at: entry.node["code"])
        } else if observation.value == nil, observation.absence == nil, entry.node["hasMember"] == nil {
            note("value[x]", "there is neither a value nor a reason for its absence", at: entry.node)
        }
    }

    /// The status as stated; most are final.
    private mutating func observationStatus(_ node: JSONNode) -> String {
        if node.equals("final") { return "final" }
        return words(node, .status) ?? "unknown"
    }

    private mutating func read(components node: JSONNode, of panel: Observation, into observations: inout [Observation]) {
        for item in node.repetitions {
            guard item.kind == .object else {
                noteMismatch(.component, at: item, expected: "an object")
                continue
            }
            if let component = component(item, of: panel) { observations.append(component) }
        }
    }

    private mutating func component(_ node: JSONNode, of panel: Observation) -> Observation? {
        var component = Observation(
            reference: panel.reference, code: CodeableConcept(), effective: panel.effective, issued: panel.issued,
            lastUpdated: panel.lastUpdated, status: panel.status, encounter: panel.encounter)
        for (element, value) in node.knownMembers {
            if element == .modifierExtension, !value.isEmpty {
                note(.component, "an unknown modifier extension changes what it means; passed over", at: value)
                return nil
            }
            _ = read(finding: element, value, into: &component)
        }
        return component
    }

    /// Reads what an observation and a component have in common; true where it was that.
    private mutating func read(finding name: ElementName, _ value: JSONNode, into observation: inout Observation) -> Bool {
        switch name {
        case .code: observation.code = recurringConcept(value, .code)
        case .interpretation: observation.interpretations = concepts(value, .interpretation)
        case .dataAbsentReason: observation.absence = absence(value)
        default:
            guard let found = observationValue(name, value) else { return false }
            if let known = found.value { observation.value = known }
        }
        return true
    }

    /// The code of `dataAbsentReason`; `unknown` where it is said in words.
    private mutating func absence(_ node: JSONNode) -> String? {
        guard node.kind == .object else {
            noteMismatch(.dataAbsentReason, at: node, expected: "a CodeableConcept")
            return nil
        }
        let concept = concept(node, .dataAbsentReason)
        return concept.codings.first?.code ?? (concept.text == nil ? nil : "unknown")
    }
}
