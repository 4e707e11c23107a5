import Documents

/// The JSON Schemas that operations name.
enum SchemaName: String, CaseIterable {
    case hookRequest = "HookRequest"
    case hookResponse = "HookResponse"
    case feedback = "Feedback"
    case careGapsCall = "CareGapsCall"
    case careGaps = "CareGaps"
    case discovery = "Discovery"
    case operationOutcome = "OperationOutcome"
    case sign = "Sign"
    case live = "Live"
    case ready = "Ready"
    case status = "Status"
    case reload = "Reload"
    case text = "Text"
    case anyObject = "Object"

    /// As other schemas refer to it.
    var reference: JSONValue { .object([("$ref", .string("#/components/schemas/\(rawValue)"))]) }

    var schema: JSONValue {
        switch self {
        case .hookRequest:
            Schemas.object(required: ["hook", "hookInstance", "context"], [
                ("hook", Schemas.string), ("hookInstance", Schemas.string), ("context", Schemas.anything), ("prefetch", Schemas.anything),
            ])
        case .hookResponse: Schemas.hookResponse
        case .feedback: Schemas.feedback
        case .careGapsCall: Schemas.careGapsCall
        case .careGaps: Schemas.careGaps
        case .discovery:
            Schemas.object(required: ["services"], [
                ("services", Schemas.list(Schemas.object(required: ["hook", "description", "id"], [
                    ("hook", Schemas.string), ("title", Schemas.string), ("description", Schemas.string), ("id", Schemas.string),
                    ("prefetch", Schemas.anything), ("usageRequirements", Schemas.string), ("version", Schemas.string),
                ])))
            ])
        case .operationOutcome: Schemas.operationOutcome
        case .sign:
            Schemas.object(required: ["name", "is", "version", "knowledge", "links"], [
                ("name", Schemas.string), ("is", Schemas.string), ("version", Schemas.string), ("knowledge", Schemas.string), ("links", Schemas.anything),
            ])
        case .live: Schemas.object(required: ["status"], [("status", Schemas.constant("live"))])
        case .ready: Schemas.ready
        case .status: Schemas.status
        case .reload:
            Schemas.object(required: ["outcome", "edition"], [
                ("outcome", Schemas.choice(ReloadOutcome.allCases.map(\.rawValue))), ("edition", Schemas.edition), ("why", Schemas.string),
                ("diagnostics", Schemas.list(Schemas.anything)),
            ])
        case .text: Schemas.string
        case .anyObject: Schemas.anything
        }
    }
}
