import CDSHooks
import Documents
import HTTPTypes
import Intake

/// The service as OpenAPI 3.1 describes one: written from the routes that are served and from the hooks of the edition, so it
/// cannot say anything else than what is there.
///
/// Calls and feedback stand once for each service, for each hook asks for another context.
///
/// - Source: OpenAPI Specification 3.1.1.
struct OpenAPIDocument {
    let routes: [RouteTable.Route]
    let edition: Edition

    var bytes: [UInt8] {
        JSONValue.object([
            ("openapi", "3.1.0"),
            ("info", .object([
                ("title", "Vigil"), ("version", .string(edition.id.vigil)),
                ("description", "Clinical decision support: CDS Hooks 2.0 over FHIR R4. Not a medical device, and not clinically reviewed."),
            ])),
            ("servers", .array([.object([("url", "/")])])),
            ("paths", .object(routes.flatMap(paths))),
            ("components", .object([
                ("securitySchemes", .object([
                    ("token", .object([("type", "http"), ("scheme", "bearer"), ("bearerFormat", "JWT")]))
                ])),
                ("schemas", .object(SchemaName.allCases.map { ($0.rawValue, $0.schema) })),
            ])),
        ]).bytes
    }

    /// A route's path, or those of each service where it has one for each.
    private func paths(_ route: RouteTable.Route) -> [(String, JSONValue)] {
        guard let range = route.path.range(of: "{id}") else { return [(route.path, item(route, service: nil))] }
        return edition.services.map { (route.path.replacingSubrange(range, with: $0.id), item(route, service: $0)) }
    }

    private func item(_ route: RouteTable.Route, service: CDSService?) -> JSONValue {
        .object(route.operations.map { ($0.method.rawValue.lowercased(), operation($0, service: service)) })
    }

    private func operation(_ operation: Operation, service: CDSService?) -> JSONValue {
        let suffix = service.map { "-\($0.id)" } ?? ""
        var members: [(String, JSONValue)] = [
            ("operationId", .string(operation.id + suffix)), ("summary", .string(operation.summary)),
        ]
        if let schema = operation.body {
            let content = schema == .hookRequest ? service.map(HookSchema.request) ?? schema.reference : schema.reference
            let others = schema == .hookRequest ? FormatCatalog.foreign.flatMap { $0.mediaTypes } : []
            let media = [("application/json", content)] + others.map { ($0, JSONValue.object([("type", "string")])) }
            let contents = JSONValue.object(media.map { ($0.0, .object([("schema", $0.1)])) })
            members.append(("requestBody", .object([("required", .bool(true)), ("content", contents)])))
        }
        // Without clients in the configuration, nobody is asked for a token.
        if operation.isGuarded {
            members.append(("security", .array([.object([]), .object([("token", .array([]))])])))
        }
        members.append(("responses", .object(operation.allAnswers.map { (String($0.status.code), answer($0, operation, service)) })))
        return .object(members)
    }

    private func answer(_ answer: Operation.Answer, _ operation: Operation, _ service: CDSService?) -> JSONValue {
        var members: [(String, JSONValue)] = [("description", .string(answer.description))]
        if let schema = answer.schema { members.append(("content", media(answer.mediaType, schema.reference))) }
        if operation.body == .hookRequest, answer.status == .ok, let service { members.append(("links", link(to: service))) }
        return .object(members)
    }

    private func media(_ type: String, _ schema: JSONValue) -> JSONValue {
        .object([(type, .object([("schema", schema)]))])
    }

    /// From an answer to the feedback on its first card.
    private func link(to service: CDSService) -> JSONValue {
        .object([
            ("feedback", .object([
                ("operationId", .string("feedback-\(service.id)")), ("description", "What was done with the first card."),
                ("requestBody", .object([
                    ("feedback", .array([
                        .object([
                            ("card", "$response.body#/cards/0/uuid"), ("outcome", "overridden"),
                            ("outcomeTimestamp", "2026-01-15T09:30:00Z"),
                        ])
                    ]))
                ])),
            ]))
        ])
    }
}

extension String {
    /// Where a piece of text stands.
    fileprivate func range(of piece: String) -> Range<Index>? {
        firstRange(of: piece)
    }

    fileprivate func replacingSubrange(_ range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + self[range.upperBound...]
    }
}
