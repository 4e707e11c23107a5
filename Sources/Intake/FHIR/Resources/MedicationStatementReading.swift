import Clinical
import Documents

extension ElementReader {
    /// What somebody says that the patient takes, took or will take.
    ///
    /// - Source: FHIR R4, medicationstatement.
    mutating func medicationStatement(_ entry: ResourceEntry) -> Medication? {
        begin(entry)
        var medication = Medication(reference: entry.reference, source: .statement, use: .current)
        var parts = RequestParts()
        var adherence: StatusCode?
        var envelope = Envelope()
        for (element, value) in entry.node.knownMembers {
            switch element {
            case .status: parts.status = value
            case .taken: adherence = status(value, .taken)
            case .wasNotTaken: adherence = boolean(value, .wasNotTaken) == true ? .notTaken : adherence
            case .adherence: adherence = value["code"].flatMap { status($0, .adherence) }
            case .medicationCodeableConcept: parts.concept = value
            case .medicationReference: parts.reference = value
            case .medication: parts.choice = value
            case .dosage: medication.dosages = dosages(value, .dosage)
            case .effectiveDateTime: parts.effective = date(value, .effectiveDateTime).map { Period($0) }
            case .effectivePeriod: parts.effective = period(value, .effectivePeriod)
            case .effectiveTiming: parts.effective = moments(value, .effectiveTiming)
            case .dateAsserted: medication.authored = date(value, .dateAsserted)
            case .informationSource:
                medication.isReported = value.repetitions.contains { Self.isPatientOrRelative($0) }
                read(element, value, into: &medication, &envelope)
            default: read(element, value, into: &medication, &envelope)
            }
        }
        guard admits(envelope) else { return nil }
        guard let use = use(statement: parts, adherence) else { return nil }
        medication.use = use
        identify(&medication, parts, in: entry.node)
        medication.started = parts.effective?.start ?? firstDay(of: medication.dosages)
        medication.ended = statedEnd(parts.effective, use) ?? lastDay(of: medication.dosages)
        settleEnd(of: &medication)
        return medication
    }

    /// A single date says that it was taken then; an end only where it is over.
    private func statedEnd(_ effective: Period?, _ use: Medication.Use) -> PartialDate? {
        guard let effective, let end = effective.end else { return nil }
        return effective.start == end && use != .ended ? nil : end
    }

    /// - Source: FHIR R4, medication-statement-status; STU3 `taken`; R5 `adherence`.
    private mutating func use(statement parts: RequestParts, _ adherence: StatusCode?) -> Medication.Use? {
        let word = parts.status.flatMap { status($0, .status) }
        if word == .enteredInError {
            leaveOut("entered in error; left out")
            return nil
        }
        switch adherence {
        case .n, .notTaken, .notTaking: return .prohibited
        case .stopped: return .ended
        case .onHold: return .onHold
        default: break
        }
        switch word {
        case .active, .recorded: return .current
        case .onHold: return .onHold
        case .completed, .stopped: return .ended
        case .intended, .draft:
            note(.status, "planned, and may never be taken; not counted as taken", at: parts.status)
            return .proposed
        case .notTaken: return .prohibited
        case .unknown:
            note(.status, "the sender does not know its status; not counted as taken", at: parts.status)
            return .proposed
        default:
            note(.status, "no status that FHIR lists; counted as active", at: parts.status)
            return .current
        }
    }

    private static func isPatientOrRelative(_ node: JSONNode) -> Bool {
        guard case .literal(let reference) = ReferenceForm(node) else { return false }
        return reference.type == "Patient" || reference.type == "RelatedPerson"
    }
}
