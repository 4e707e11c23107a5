import Clinical
import Documents

extension ElementReader {
    /// A dose given, or being given.
    ///
    /// - Source: FHIR R4, medicationadministration.
    mutating func medicationAdministration(_ entry: ResourceEntry) -> Medication? {
        begin(entry)
        var medication = Medication(reference: entry.reference, source: .administration, use: .ended)
        var parts = RequestParts()
        var envelope = Envelope()
        for (element, value) in entry.node.knownMembers {
            switch element {
            case .status: parts.status = value
            case .notGiven: parts.isProhibition = boolean(value, .notGiven) == true
            case .medicationCodeableConcept: parts.concept = value
            case .medicationReference: parts.reference = value
            case .medication: parts.choice = value
            case .dosage: medication.dosages = dosages(value, .dosage)
            case .effectiveDateTime, .occurrenceDateTime: parts.effective = date(value, .effectiveDateTime).map { Period($0) }
            case .effectivePeriod, .occurrencePeriod: parts.effective = period(value, .effectivePeriod)
            default: read(element, value, into: &medication, &envelope)
            }
        }
        guard admits(envelope), let use = use(administration: parts) else { return nil }
        medication.use = use
        identify(&medication, parts, in: entry.node)
        medication.authored = parts.effective?.start
        medication.started = parts.effective?.start
        medication.ended = use == .ended ? parts.effective?.end : nil
        settleEnd(of: &medication)
        if use == .ended { countAsTaken(&medication) }
        if use == .ended, parts.effective?.start == nil, medication.ended == nil {
            note(.effectivePeriod, "when it was given is not recorded; not counted as taken", at: entry.node)
        }
        return medication
    }

    /// A dose counts as taken on its day and the next: so long most medicines are at work that are given once a day.
    ///
    /// It keeps its own end, so that a washout is counted from the dose.
    private func countAsTaken(_ medication: inout Medication) {
        guard let given = medication.ended else { return }
        let days = given.days(in: asOf.zone)
        guard !isPast(PartialDate(days: days.lowerBound.adding(days: 1)...days.upperBound.adding(days: 1))), mayHaveCome(given) else { return }
        medication.use = .current
    }

    /// - Source: FHIR R4, medication-admin-status.
    private mutating func use(administration parts: RequestParts) -> Medication.Use? {
        let word = parts.status.flatMap { status($0, .status) }
        if word == .enteredInError {
            leaveOut("entered in error; left out")
            return nil
        }
        if parts.isProhibition { return .prohibited }
        switch word {
        case .inProgress: return .current
        case .onHold: return .onHold
        case .completed, .stopped: return .ended
        case .notDone: return .prohibited
        case .unknown:
            note(.status, "the sender does not know its status; not counted as given", at: parts.status)
            return .proposed
        default:
            note(.status, "no status that FHIR lists; counted as given", at: parts.status)
            return .ended
        }
    }
}
