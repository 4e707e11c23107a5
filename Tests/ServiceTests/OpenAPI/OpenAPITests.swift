import Documents
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import Service

@Suite("OpenAPI")
struct OpenAPITests {
    @Test("Every route that is served is described, with every method and every status, and nothing else is")
    func everyRoute() async throws {
        let world = try World()
        let application = CDSApplication(
            configuration: world.configuration, editions: world.editions, clock: World.clock, logger: .init(label: "test"))
        let ids = world.editions.current.serviceIDs
        var served: Set<String> = []
        for route in application.routeTable.routes {
            let paths = route.path.contains("{id}") ? ids.map { route.path.replacing("{id}", with: $0) } : [route.path]
            for path in paths {
                for operation in route.operations {
                    for answer in operation.allAnswers { served.insert("\(operation.method) \(path) \(answer.status.code)") }
                }
            }
        }
        let expected = served
        try await application.application().test(.router) { client in
            let document = try await client.get("/openapi.json").json()
            #expect(document["openapi"]?.string == "3.1.0")
            var described: Set<String> = []
            let paths = try #require(document["paths"])
            for (path, item) in paths.members {
                for (method, operation) in item.members {
                    let responses = try #require(operation["responses"])
                    for (status, _) in responses.members {
                        described.insert("\(method.string?.uppercased() ?? "") \(path.string ?? "") \(status.string ?? "")")
                    }
                }
            }
            #expect(described == expected)
            #expect(described.contains("POST /cds-services/vigil-order-sign 412"))
        }
    }

    @Test("Every reference leads somewhere, and operations have names of their own")
    func references() async throws {
        try await World().application.test(.router) { client in
            let answer = try await client.get("/openapi.json")
            let document = try answer.json()
            let schemas = Set(document["components"]?["schemas"]?.members.compactMap(\.key.string) ?? [])
            let pattern = /"\$ref":"#\/components\/schemas\/(\w+)"/
            let used = Set(answer.text.matches(of: pattern).map { String($0.1) })
            #expect(used.isSubset(of: schemas))
            let ids = answer.text.matches(of: /"operationId":"([^"]+)","summary"/).map { String($0.1) }
            #expect(ids.count == Set(ids).count)
        }
    }

    @Test("Whatever is sent to a route, the status is one that its description has")
    func walk() async throws {
        let world = try World()
        let application = CDSApplication(
            configuration: world.configuration, editions: world.editions, clock: World.clock, logger: .init(label: "test"))
        try await application.application().test(.router) { client in
            for route in application.routeTable.routes {
                let path = route.path.replacing("{id}", with: "vigil-order-sign")
                for operation in route.operations {
                    let documented = Set(operation.allAnswers.map(\.status.code))
                    for (headers, body) in Self.bodies {
                        let answer = try await client.execute(uri: path, method: operation.method, headers: headers, body: ByteBuffer(string: body))
                        #expect(documented.contains(answer.status.code), "\(operation.method) \(path): \(answer.status)")
                        #expect(answer.status.code < 500 || answer.status == .serviceUnavailable)
                    }
                }
                for name in ["PUT", "TRACE", "QUERY", "PROPFIND"] {
                    let method = try #require(HTTPRequest.Method(name))
                    let answer = try await client.execute(uri: path, method: method)
                    #expect(answer.status == .methodNotAllowed, "\(name) \(path)")
                    #expect(answer.headers[.allow] != nil)
                }
            }
        }
    }

    private static let bodies: [(HTTPFields, String)] = [
        ([:], ""), ([.contentType: "text/plain"], "text"), (Request.json, "{"), (Request.json, "[]"), (Request.json, "{}"),
        (Request.json, Request.orderSign()), (Request.json, Request.orderSign(prefetch: false)),
        (Request.json, #"{"feedback":[{"card":"c","outcome":"overridden","outcomeTimestamp":"2025-12-31T09:01:00Z"}]}"#),
        ([.contentType: "application/json", .contentEncoding: "gzip"], "{}"),
    ]
}
