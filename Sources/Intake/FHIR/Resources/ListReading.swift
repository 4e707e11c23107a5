import Clinical
import Documents

extension ElementReader {
    /// A list's own word on why it is empty: "not asked" is not "none".
    ///
    /// Its items are read as the resources they are.
    ///
    /// - Source: FHIR R4, list: emptyReason; value set list-empty-reason; LOINC section codes of US Core.
    mutating func list(_ entry: ResourceEntry) {
        begin(entry)
        var section: RecordSection?
        var reason: JSONNode?
        var envelope = Envelope()
        for (element, value) in entry.node.knownMembers {
            switch element {
            case .code: section = concept(value, .code).codings.lazy.compactMap { Self.sections[$0.code] }.first
            case .emptyReason: reason = value
            default: envelope.keep(element, value)
            }
        }
        guard isOwn(envelope) else { return }
        guard let section, let reason, !reason.isNull else {
            leaveOut("a list; its items are read as the resources they are")
            return
        }
        guard !mentions(reason, .nilKnown) else { return }
        note(.emptyReason, "the list is empty for another reason than that nothing is known", at: reason)
        fallShort(section, "it was not asked about, or is not available")
    }

    private static let sections: [String: RecordSection] = [
        "52473-6": .allergies, "48765-2": .allergies, "10160-0": .medications, "11450-4": .conditions, "11369-6": .immunizations,
    ]
}
