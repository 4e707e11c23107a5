import Clinical
import Documents

extension StoryWriter {
    /// - Source: FHIR R4, ServiceRequest.
    func draftTest(_ test: StatedName, id: String) -> JSONValue {
        .compact([
            ("resourceType", "ServiceRequest"), ("id", .string(id)), ("status", "draft"), ("intent", "order"),
            ("code", .concept(CodeableConcept(codings: [test.coding]))), ("subject", subject), ("authoredOn", .date(PartialDate(story.today))),
        ])
    }
}
