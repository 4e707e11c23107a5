import Clinical
import Documents

extension ElementReader {
    /// Something done to or for the patient, or not done.
    ///
    /// - Source: FHIR R4, procedure.
    mutating func procedure(_ entry: ResourceEntry) -> Procedure? {
        begin(entry)
        var procedure = Procedure(reference: entry.reference, code: CodeableConcept(), isDone: false)
        var word: StatusCode?
        var wasNotDone = false
        var envelope = Envelope()
        for (element, value) in entry.node.knownMembers {
            switch element {
            case .status: word = status(value, .status)
            case .notDone: wasNotDone = boolean(value, .notDone) == true
            case .code: procedure.code = recurringConcept(value, .code)
            case .bodySite: procedure.bodySites = concepts(value, .bodySite)
            case .encounter, .context: procedure.encounter = reference(value, .encounter)
            default:
                if !read(performed: element, value, into: &procedure) { envelope.keep(element, value) }
            }
        }
        guard admits(envelope) else { return nil }
        if word == .enteredInError {
            leaveOut("entered in error; left out")
            return nil
        }
        procedure.isDone = word == .completed && !wasNotDone
        if word == nil { note(.status, "no status that FHIR lists; not counted as done", at: nil) }
        return procedure
    }

    /// Reads when it was done, in R4's words or in those of R5; true where the element was that.
    private mutating func read(performed name: ElementName, _ node: JSONNode, into procedure: inout Procedure) -> Bool {
        switch name {
        case .performedDateTime, .occurrenceDateTime: procedure.performed = date(node, name).map { Period($0) }
        case .performedPeriod, .occurrencePeriod: procedure.performed = period(node, name)
        case .performedAge, .occurrenceAge: procedure.performed = age(node, name).map { Period($0) }
        case .performedRange, .occurrenceRange: procedure.performed = ageRange(node, name).map { Period($0) }
        case .occurrenceTiming: procedure.performed = moments(node, name)
        case .performedString, .occurrenceString:
            note(name, "words, not a date; that it was done is all that is known", at: node)
        default: return false
        }
        return true
    }
}
