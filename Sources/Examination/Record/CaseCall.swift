import CDSHooks
import Documents

/// The body with which an EHR would call one service about a story.
///
/// Each prefetch template is answered as a FHIR server would: a read by its resource, a search by those of its type and, where
/// it names codes, with one of them.
struct CaseCall {
    private let record: CaseRecord

    init(_ record: CaseRecord) {
        self.record = record
    }

    func body(for service: CDSService) throws(DeckError) -> [UInt8] {
        let failing = try failingTypes()
        var context: [(String, JSONValue)] = [
            ("userId", .string(CaseRecord.practitioner)), ("patientId", .string(CaseRecord.patientID)),
            ("encounterId", .string(CaseRecord.encounterID)),
        ]
        if service.hook.name != "patient-view" {
            context.append(("draftOrders", Self.bundle("collection", record.drafts.map(\.content))))
        }
        if service.hook.name == "order-select" {
            context.append(("selections", .array(record.drafts.map { .string("\($0.type)/\($0.id)") })))
        }
        let prefetch = service.prefetch.map { template in
            (template.key, failing.contains(template.resourceType) ? Self.failure : answer(to: template))
        }
        return JSONValue.object([
            ("hook", .string(service.hook.name)), ("hookInstance", "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"), ("context", .object(context)),
            ("prefetch", .object(prefetch)),
        ]).bytes
    }

    private func answer(to template: PrefetchTemplate) -> JSONValue {
        let found = record.resources.filter { $0.type == template.resourceType }.map(\.content)
        guard template.query.contains("?") else { return found.first ?? .null }
        let codes = Self.codes(in: template.query)
        let matching = codes.isEmpty ? found : found.filter { resource in
            (resource["code"]?["coding"]?.elements ?? []).contains { coding in
                codes.contains("\(coding["system"]?.string ?? "")|\(coding["code"]?.string ?? "")")
            }
        }
        return Self.bundle("searchset", matching)
    }

    /// The tokens of `code=…`; none where the search has no such parameter.
    private static func codes(in query: String) -> Set<String> {
        let parameters = query.split(separator: "?").dropFirst().joined().split(separator: "&")
        guard let list = parameters.first(where: { $0.hasPrefix("code=") }) else { return [] }
        return Set(list.dropFirst(5).split(separator: ",").map(String.init))
    }

    /// The types of which the story says that the search fails.
    private func failingTypes() throws(DeckError) -> Set<String> {
        guard let state = record.story.facts["prefetch_state"], !state.isNull else { return [] }
        var types: Set<String> = []
        for (key, value) in state.entries {
            guard let type = key.text, value.text == "OperationOutcome" else {
                throw DeckError(record.story.source, at: value.range, "a prefetch either fails with OperationOutcome or is not named here")
            }
            types.insert(type)
        }
        return types
    }

    private static func bundle(_ type: String, _ resources: [JSONValue]) -> JSONValue {
        .fhir([
            ("resourceType", "Bundle"), ("type", .string(type)), ("total", type == "searchset" ? .int(resources.count) : nil),
            ("entry", resources.isEmpty ? nil : .array(resources.map { .object([("resource", $0)]) })),
        ])
    }

    private static let failure = JSONValue.object([
        ("resourceType", "OperationOutcome"),
        ("issue", .array([.object([("severity", "error"), ("code", "transient"), ("diagnostics", "The search could not be completed")])])),
    ])
}
