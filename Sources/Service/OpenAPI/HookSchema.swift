import CDSHooks
import Documents

/// The JSON Schema of a call of one service: its hook's name, and what its hook demands of `context`.
enum HookSchema {
    static func request(of service: CDSService) -> JSONValue {
        let required = service.hook.context.filter { $0.isRequired && $0.aliases.isEmpty }
        let context = JSONValue.object([
            ("type", "object"),
            ("required", .array(required.map { .string($0.name) })),
            ("properties", .object(service.hook.context.map { ($0.name, field($0)) })),
        ])
        let prefetch = JSONValue.object([
            ("type", "object"), ("description", .string("What \(service.id) asks for in advance; null where nothing was found.")),
            ("properties", .object(service.prefetch.map { template in
                (template.key, .object([("type", .array(["object", "null"])), ("description", .string(template.query))]))
            })),
            ("additionalProperties", .object([("type", .array(["object", "null"]))])),
        ])
        return .object([
            ("type", "object"), ("required", .array(["hook", "hookInstance", "context"])),
            ("properties", .object([
                ("hook", .object([("type", "string"), ("const", .string(service.hook.name))])),
                ("hookInstance", .object([("type", "string"), ("pattern", .string(uuid)), ("format", "uuid")])),
                ("fhirServer", .object([("type", "string"), ("format", "uri"), ("pattern", .string(#"^https?://[^/\s\x00-\x20][^\s\x00-\x20]*$"#))])),
                ("context", context), ("prefetch", prefetch),
            ])),
        ])
    }

    private static let uuid = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"
    private static let reference = "^[A-Z][A-Za-z]{1,63}/[A-Za-z0-9.-]{1,64}$"

    private static func field(_ field: ContextField) -> JSONValue {
        switch field.kind {
        case .id: text(#"^[^/\x00-\x20\x7F]+$"#)
        case .user: text("^(Practitioner|PractitionerRole|Patient|RelatedPerson)/[A-Za-z0-9.-]{1,64}$")
        case .reference: text(reference)
        case .references: .object([("type", "array"), ("items", text(reference))])
        case .bundle: resource("Bundle")
        case .entries: resource(nil)
        case .unread: .bool(true)
        }
    }

    private static func text(_ pattern: String) -> JSONValue {
        .object([("type", "string"), ("pattern", .string(pattern))])
    }

    private static func resource(_ type: String?) -> JSONValue {
        let name: JSONValue = type.map { .object([("const", .string($0))]) } ?? .object([("type", "string"), ("pattern", "^[A-Z][A-Za-z]+$")])
        return .object([
            ("type", "object"), ("required", .array(["resourceType"])), ("properties", .object([("resourceType", name)])),
        ])
    }
}
