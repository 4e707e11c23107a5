import Documents
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Settings
import Testing

@testable import Service

/// The table of statuses: what a caller can get wrong, and what is said to it.
///
/// - Source: CDS Hooks 2.0.1 "HTTP Status Codes"; RFC 9110 §15.
@Suite("Refusals")
struct RefusalsTests {
    @Test("Unknown paths and services: 404", arguments: ["/nothing", "/cds-services/none", "/cds-services/a/b", "/health"])
    func notFound(path: String) async throws {
        try await World().application.test(.router) { client in
            let answer = try await client.post(Request.orderSign(), to: path)
            #expect(answer.status == .notFound)
            #expect(try answer.isOutcome())
            #expect(answer.headers[.requestID] != nil)
        }
    }

    @Test(
        "Other methods: 405 with Allow",
        arguments: [
            ("/cds-services", HTTPRequest.Method.post, "GET, HEAD"), ("/cds-services", .delete, "GET, HEAD"),
            ("/cds-services/vigil-order-sign", .get, "POST"), ("/cds-services/vigil-order-sign", .put, "POST"),
            ("/cds-services/vigil-order-sign", .options, "POST"), ("/health/ready", .post, "GET, HEAD"),
            ("/", .patch, "GET, HEAD"),
        ])
    func methods(path: String, method: HTTPRequest.Method, allowed: String) async throws {
        try await World().application.test(.router) { client in
            let answer = try await client.execute(uri: path, method: method)
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.headers[.allow] == allowed)
            #expect(try answer.isOutcome())
        }
    }

    @Test(
        "Other media types: 415",
        arguments: [
            "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "application/json; charset=iso-8859-1", "",
        ])
    func mediaTypes(type: String) async throws {
        try await World().application.test(.router) { client in
            let answer = try await client.post(Request.orderSign(), headers: type.isEmpty ? [:] : [.contentType: type])
            #expect(answer.status == .unsupportedMediaType)
            #expect(try answer.isOutcome())
        }
    }

    @Test("A compressed body: 415 that says what is read")
    func contentCoding() async throws {
        try await World().application.test(.router) { client in
            let answer = try await client.post(
                Request.orderSign(), headers: [.contentType: "application/json", .contentEncoding: "gzip"])
            #expect(answer.status == .unsupportedMediaType)
            #expect(answer.headers[.acceptEncoding] == "identity")
        }
    }

    @Test(
        "JSON by any of its names: 200",
        arguments: [
            "application/json", "application/json;charset=utf-8", "Application/JSON; charset=\"UTF-8\"", "application/fhir+json",
        ])
    func acceptedTypes(type: String) async throws {
        try await World().application.test(.router) { client in
            let answer = try await client.post(Request.orderSign(), headers: [.contentType: type])
            #expect(answer.status == .ok)
        }
    }

    @Test("Too long: 413, at the limit by one byte")
    func tooLarge() async throws {
        var world = try World()
        let body = Request.orderSign()
        world.configuration.limits.body = body.utf8.count
        try await world.application.test(.router) { client in
            let fits = try await client.post(body)
            #expect(fits.status == .ok)
            let over = try await client.post(body + " ")
            #expect(over.status == .contentTooLarge)
            #expect(try over.isOutcome())
        }
    }

    @Test(
        "What is no call: 400",
        arguments: [
            "", "{", "[]", "null", "\"text\"", "{}", "{\"hook\": 1}", "{\"hook\": \"order-sign\"}",
            "{\"hook\": \"patient-view\", \"hookInstance\": \"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea\", \"context\": {}}",
        ])
    func malformed(body: String) async throws {
        try await World().application.test(.router) { client in
            let answer = try await client.post(body)
            #expect(answer.status == .badRequest)
            #expect(try answer.isOutcome())
        }
    }

    @Test("Without prefetch: 412 that names what is missing")
    func withoutPrefetch() async throws {
        try await World().application.test(.router) { client in
            let answer = try await client.post(Request.orderSign(prefetch: false))
            #expect(answer.status == .preconditionFailed)
            #expect(try answer.isOutcome())
            #expect(answer.text.contains("medications"))
        }
    }
}
