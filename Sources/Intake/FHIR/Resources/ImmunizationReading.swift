import Clinical
import Documents

extension ElementReader {
    /// A vaccine given, or not.
    ///
    /// - Source: FHIR R4, immunization.
    mutating func immunization(_ entry: ResourceEntry) -> Immunization? {
        begin(entry)
        var immunization = Immunization(reference: entry.reference, vaccine: CodeableConcept(), isValidDose: false)
        var word: StatusCode?
        var isInvalid = false
        var envelope = Envelope()
        for (element, value) in entry.node.knownMembers {
            switch element {
            case .status: word = status(value, .status)
            case .vaccineCode: immunization.vaccine = recurringConcept(value, .vaccineCode)
            case .occurrenceDateTime, .date: immunization.occurred = date(value, .occurrenceDateTime)
            case .occurrenceString: note(.occurrenceString, "words, not a date; that it was given is all that is known", at: value)
            case .isSubpotent: isInvalid = isInvalid || boolean(value, .isSubpotent) == true
            case .notGiven: isInvalid = isInvalid || boolean(value, .notGiven) == true
            default: envelope.keep(element, value)
            }
        }
        guard admits(envelope) else { return nil }
        if word == .enteredInError {
            leaveOut("entered in error; left out")
            return nil
        }
        immunization.isValidDose = word == .completed && !isInvalid
        if word == nil { note(.status, "no status that FHIR lists; not counted as given", at: nil) }
        return immunization
    }
}
