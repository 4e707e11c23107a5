import Clinical
import Documents

extension ElementReader {
    /// An order of a test, an image or a procedure.
    ///
    /// - Source: FHIR R4, servicerequest.
    mutating func serviceRequest(_ entry: ResourceEntry) -> ServiceRequest? {
        begin(entry)
        var request = ServiceRequest(reference: entry.reference, code: CodeableConcept(), isDraft: entry.isDraft, isActive: false)
        var word: StatusCode?
        var intent: StatusCode?
        var isProhibition = false
        var envelope = Envelope()
        for (element, value) in entry.node.knownMembers {
            switch element {
            case .status: word = status(value, .status)
            case .intent: intent = status(value, .intent)
            case .doNotPerform: isProhibition = boolean(value, .doNotPerform) == true
            case .code: request.code = concept(value["concept"] ?? value, .code)
            case .authoredOn: request.authored = date(value, .authoredOn)
            case .occurrenceDateTime: request.occurrence = date(value, .occurrenceDateTime)
            case .occurrencePeriod: request.occurrence = period(value, .occurrencePeriod).flatMap { $0.start ?? $0.end }
            case .occurrenceTiming: request.occurrence = moments(value, .occurrenceTiming)?.start
            default: envelope.keep(element, value)
            }
        }
        guard admits(envelope) else { return nil }
        if isProhibition {
            leaveOut("an order that something not be done; left out")
            return nil
        }
        if word == .enteredInError, !entry.isDraft {
            leaveOut("entered in error; left out")
            return nil
        }
        request.isActive = entry.isDraft || (word == .active && Self.isOrder(intent))
        return request
    }

    /// Proposals, plans and options have not been ordered.
    private static func isOrder(_ intent: StatusCode?) -> Bool {
        switch intent {
        case .proposal, .plan, .option: false
        default: true
        }
    }
}
