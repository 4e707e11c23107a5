import Documents

/// The JSON Schemas of what the service reads and writes, and the pieces they are made of.
enum Schemas {
    /// - Source: CDS Hooks 2.0.1, "CDS Service Response".
    static let hookResponse = object(required: ["cards"], [
        ("cards", list(object(required: ["summary", "indicator", "source"], [
            ("uuid", string), ("summary", .object([("type", "string"), ("maxLength", .int(139))])), ("detail", string),
            ("indicator", choice(["info", "warning", "critical"])),
            ("source", object(required: ["label"], [("label", string), ("topic", coding)])),
            ("suggestions", list(object(required: ["label"], [
                ("label", string), ("uuid", string),
                ("actions", list(object(required: ["type", "description"], [
                    ("type", choice(["create", "update", "delete"])), ("description", string), ("resource", anything),
                    ("resourceId", string),
                ]))),
            ]))),
            ("selectionBehavior", choice(["any", "at-most-one"])), ("overrideReasons", list(coding)), ("extension", anything),
        ]))),
        ("extension", anything),
    ])

    /// - Source: CDS Hooks 2.0.1, "Feedback".
    static let feedback: JSONValue = {
        let id = JSONValue.object([("type", "string"), ("minLength", .int(1)), ("maxLength", .int(256))])
        let timestamp = JSONValue.object([("type", "string"), ("format", "date-time"), ("pattern", .string(instant))])
        func entry(_ outcome: String, required: [String]) -> JSONValue {
            object(required: ["card", "outcome", "outcomeTimestamp"] + required, [
                ("card", id), ("outcome", constant(outcome)), ("outcomeTimestamp", timestamp),
                ("acceptedSuggestions", .object([
                    ("type", "array"), ("minItems", .int(required.isEmpty ? 0 : 1)), ("items", object(required: ["id"], [("id", id)])),
                ])),
                ("overrideReason", anything),
            ])
        }
        return object(required: ["feedback"], [
            ("feedback", .object([
                ("type", "array"), ("maxItems", .int(10_000)),
                ("items", .object([
                    ("oneOf", .array([entry("accepted", required: ["acceptedSuggestions"]), entry("overridden", required: [])]))
                ])),
            ]))
        ])
    }()

    static let instant = #"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,3})?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])$"#

    /// - Source: FHIR R4, OperationOutcome.
    static let operationOutcome = object(required: ["resourceType", "issue"], [
        ("resourceType", constant("OperationOutcome")),
        ("issue", list(object(required: ["severity", "code"], [
            ("severity", choice(["fatal", "error", "warning", "information"])), ("code", string), ("diagnostics", string),
            ("expression", list(string)),
        ]))),
    ])

    /// - Source: Da Vinci DEQM 5.0, OperationDefinition care-gaps.
    static let careGapsCall = object(required: ["resourceType", "parameter"], [
        ("resourceType", constant("Parameters")),
        ("parameter", list(object(required: ["name"], [
            ("name", choice([
                "periodStart", "periodEnd", "subject", "status", "measureId", "measureIdentifier", "measureUrl", "nonDocument",
                "additionalData", "fhirServer", "accessToken",
            ]))
        ]))),
    ])

    static let careGaps = object(required: ["resourceType"], [
        ("resourceType", constant("Parameters")),
        ("parameter", list(object(required: ["name", "resource"], [("name", choice(["return", "notChecked", "muted"])), ("resource", anything)]))),
    ])

    static let ready = object(required: ["status", "journal", "vigil", "rules", "knowledge", "loaded", "lastReload"], [
        ("status", choice(["ready", "not ready"])), ("journal", string), ("vigil", string),
        ("rules", object(required: ["count", "digest"], [("count", integer), ("digest", string)])),
        ("knowledge", object(required: ["version", "digest", "review"], [
            ("version", string), ("digest", string), ("review", string), ("ageInMonths", integer),
        ])),
        ("loaded", string), ("lastReload", string), ("lastReloadFailed", string),
    ])

    static let status = object(
        required: ["edition", "ageInSeconds", "ruleCount", "warnings", "overdueReviews", "overrides", "lastReload", "journal"],
        [
            ("edition", edition), ("ageInSeconds", integer), ("ruleCount", integer), ("warnings", integer),
            ("overdueReviews", list(object(required: ["file", "message"], [("file", string), ("message", string)]))),
            ("bundle", string),
            ("overrides", list(object(required: ["override", "subject", "changes", "because", "state"], [
                ("override", string), ("subject", string), ("changes", list(string)), ("because", string), ("until", string),
                ("state", choice(["in force", "stale", "expired"])),
            ]))),
            ("lastReload", object(required: ["at", "outcome"], [("at", string), ("outcome", string), ("why", string)])),
            ("journal", object(required: ["state"], [("state", string), ("waiting", integer)])),
        ])

    static let edition = object(required: ["vigil", "rules", "knowledge", "knowledgeVersion", "loaded"], [
        ("vigil", string), ("rules", string), ("knowledge", string), ("knowledgeVersion", string), ("loaded", string),
    ])

    static let coding = object(required: ["code"], [("code", string), ("system", string), ("display", string)])

    // MARK: - Pieces

    static let string = JSONValue.object([("type", "string")])
    static let integer = JSONValue.object([("type", "integer")])
    static let anything = JSONValue.object([("type", "object")])

    static func constant(_ text: String) -> JSONValue { .object([("const", .string(text))]) }

    static func choice(_ values: [String]) -> JSONValue {
        .object([("type", "string"), ("enum", .array(values.map(JSONValue.string)))])
    }

    static func list(_ items: JSONValue) -> JSONValue { .object([("type", "array"), ("items", items)]) }

    static func object(required: [String], _ properties: [(String, JSONValue)]) -> JSONValue {
        .object([
            ("type", "object"), ("required", .array(required.map(JSONValue.string))), ("properties", .object(properties)),
        ])
    }
}
