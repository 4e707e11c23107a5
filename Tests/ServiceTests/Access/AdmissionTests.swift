import Documents
import FHIRAccess
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Settings
import Testing

@testable import Service

@Suite("Admission")
struct AdmissionTests {
    /// What may be wrong with a token; the answer is the same for all.
    enum Fault: String, CaseIterable {
        case none, foreignIssuer, otherAudience, discoveryAudience, expired, future, noExpiry, noID, otherKey, algorithmNone, hmac, tooLong
    }

    private func header(_ fault: Fault, _ world: ClientWorld) throws -> String {
        "Bearer "
            + (try world.token { header, claims in
                switch fault {
                case .none: break
                case .foreignIssuer: claims["iss"] = "https://other.example.org"
                case .otherAudience: claims["aud"] = "https://elsewhere.example.org/cds-services/vigil-order-sign"
                case .discoveryAudience: claims["aud"] = .string(ClientWorld.base + "/cds-services")
                case .expired: (claims["iat"], claims["exp"]) = ("1000".number, "1300".number)
                case .future: (claims["iat"], claims["exp"]) = ("4000000000".number, "4000000300".number)
                case .noExpiry: claims["exp"] = nil
                case .noID: claims["jti"] = nil
                case .otherKey: header["kid"] = "k2"
                case .algorithmNone: header["alg"] = "none"
                case .hmac: header["alg"] = "HS256"
                case .tooLong: claims["x"] = .string(String(repeating: "x", count: 9000))
                }
            })
    }

    @Test("A right token is let in; a wrong one is 401, whatever is wrong", arguments: Fault.allCases)
    func table(fault: Fault) async throws {
        let world = try ClientWorld()
        try await world.application().test(.router) { client in
            let headers: HTTPFields = [.contentType: "application/json", .authorization: try header(fault, world)]
            let response = try await client.post(Request.orderSign(), headers: headers)
            if fault == .none {
                #expect(response.status == .ok)
                #expect(try response.cards() == 1)
            } else {
                expectUnauthorized(response)
            }
        }
    }

    private func expectUnauthorized(_ response: TestResponse, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(response.status == .unauthorized, sourceLocation: sourceLocation)
        #expect(response.headers[.wwwAuthenticate] == "Bearer", sourceLocation: sourceLocation)
        #expect(response.body.readableBytes == 0, sourceLocation: sourceLocation)
    }

    @Test("Without a token every endpoint that knows of patients or rules is 401, the unknown ones too", arguments: [
        (HTTPRequest.Method.get, "/cds-services"), (.head, "/cds-services"), (.post, "/cds-services/vigil-order-sign"),
        (.post, "/cds-services/vigil-order-sign/feedback"), (.post, "/cds-services/no-such-service"),
        (.post, "/cds-services/no-such-service/feedback"),
    ])
    func noToken(method: HTTPRequest.Method, path: String) async throws {
        try await ClientWorld().application().test(.router) { client in
            let response = try await client.execute(uri: path, method: method, headers: Request.json, body: ByteBuffer(string: "{}"))
            expectUnauthorized(response)
        }
    }

    @Test("What runs is told to anybody", arguments: ["/", "/health/live", "/health/ready"])
    func open(path: String) async throws {
        try await ClientWorld().application().test(.router) { client in
            let response = try await client.get(path)
            #expect(response.status == .ok)
        }
    }

    @Test("A token is used once")
    func replayed() async throws {
        let world = try ClientWorld()
        let headers = try world.headers()
        try await world.application().test(.router) { client in
            #expect(try await client.post(Request.orderSign(), headers: headers).status == .ok)
            expectUnauthorized(try await client.post(Request.orderSign(), headers: headers))
        }
    }

    @Test("A token that was used stays used when clients are read again")
    func replayedAfterReload() async throws {
        let world = try ClientWorld()
        let access = try world.access()
        let headers = try world.headers()
        try await world.application(access).test(.router) { client in
            #expect(try await client.post(Request.orderSign(), headers: headers).status == .ok)
            try access.adopt(world.settings())
            expectUnauthorized(try await client.post(Request.orderSign(), headers: headers))
            #expect(try await client.post(Request.orderSign(), headers: world.headers()).status == .ok)
        }
    }

    @Test("Each endpoint has its own audience")
    func audiences() async throws {
        let world = try ClientWorld()
        try await world.application().test(.router) { client in
            #expect(try await client.get("/cds-services", headers: world.headers(for: "/cds-services")).status == .ok)
            let feedback = "/cds-services/vigil-order-sign/feedback"
            // Let in, and then refused for its body.
            #expect(try await client.post("{}", to: feedback, headers: world.headers(for: feedback)).status == .badRequest)
            expectUnauthorized(try await client.post("{}", to: feedback, headers: world.headers()))
            let unknown = "/cds-services/no-such-service"
            #expect(try await client.post("{}", to: unknown, headers: world.headers(for: unknown)).status == .notFound)
        }
    }

    @Test("What a client may not do is 403")
    func forbidden() async throws {
        let limited = try ClientWorld(client: ["services: [vigil-patient-view]"])
        try await limited.application().test(.router) { client in
            let post = try await client.post(Request.orderSign(), headers: limited.headers())
            #expect(post.status == .forbidden)
        }
        let auditor = try ClientWorld(client: ["roles: [auditor]"])
        try await auditor.application().test(.router) { client in
            let post = try await client.post(Request.orderSign(), headers: auditor.headers())
            #expect(post.status == .forbidden)
            let discovery = try await client.get("/cds-services", headers: auditor.headers(for: "/cds-services"))
            #expect(discovery.status == .ok)
        }
    }

    @Test("Operating the service is for authors and auditors, each for their part", arguments: [
        ("ehr", "/metrics", 403), ("auditor", "/metrics", 200), ("author", "/metrics", 403), ("ehr", "/status", 403),
        ("auditor", "/status", 200), ("author", "/status", 200), ("ehr", "/admin/reload", 403), ("auditor", "/admin/reload", 403),
        ("author", "/admin/reload", 200),
    ])
    func operating(role: String, path: String, status: Int) async throws {
        let world = try ClientWorld(client: ["roles: [\(role)]"])
        try await world.application().test(.router) { client in
            let method: HTTPRequest.Method = path == "/admin/reload" ? .post : .get
            let response = try await client.execute(uri: path, method: method, headers: world.headers(for: path))
            #expect(response.status.code == status)
            expectUnauthorized(try await client.execute(uri: path, method: method))
        }
    }

    @Test("Where the keys of a client cannot be had, the answer is to try again")
    func noKeys() async throws {
        var world = try ClientWorld()
        // Nothing listens on port 1.
        world.file = """
            listen: { public_urls: [\(ClientWorld.base)] }
            outbound: { loopback: yes }
            clients:
              - { name: example-ehr, issuer: "\(ClientWorld.issuer)", jku: "http://127.0.0.1:1/jwks" }
            """
        try await world.application().test(.router) { [world] client in
            let response = try await client.post(Request.orderSign(), headers: world.headers())
            #expect(response.status == .serviceUnavailable)
            #expect(response.headers[.retryAfter] == "5")
        }
    }

    @Test("Nothing of a stranger's body is read")
    func bodyUnread() async throws {
        let world = try ClientWorld(more: "limits: { body: 1 KiB }")
        try await world.application().test(.router) { client in
            expectUnauthorized(try await client.post(String(repeating: "x", count: 4096)))
            #expect(try await client.post(String(repeating: "x", count: 4096), headers: world.headers()).status == .contentTooLarge)
        }
    }

    @Test("A preflight carries no token, and a refusal can be read by the page that is allowed to")
    func crossOrigin() async throws {
        let world = try ClientWorld(more: "origins: [https://app.example.org]")
        try await world.application().test(.router) { client in
            let preflight = try await client.execute(
                uri: Request.path, method: .options,
                headers: [.origin: "https://app.example.org", .accessControlRequestMethod: "POST"])
            #expect(preflight.status == .noContent)
            let refused = try await client.post(Request.orderSign(), headers: [.origin: "https://app.example.org"])
            expectUnauthorized(refused)
            #expect(refused.headers[.accessControlAllowOrigin] == "https://app.example.org")
        }
    }

    @Test("The log has the reason, issuer and id of a refused token, and never the token")
    func log() async throws {
        let world = try ClientWorld()
        let recorder = LogRecorder()
        let token = try world.token { _, claims in
            claims["aud"] = "https://elsewhere.example.org"
            claims["jti"] = "id-of-token"
        }
        let good = try world.token()
        try await world.application(logger: Logger(label: "test") { _ in recorder }).test(.router) { client in
            for token in [token, good] {
                _ = try await client.post(
                    Request.orderSign(), headers: [.contentType: "application/json", .authorization: "Bearer \(token)"])
            }
        }
        #expect(recorder.text.contains("refused=`aud` does not name this endpoint"))
        #expect(recorder.text.contains("issuer=\(ClientWorld.issuer)"))
        #expect(recorder.text.contains("token=id-of-token"))
        #expect(recorder.text.contains("client=example-ehr"))
        for part in (token + "." + good).split(separator: ".") { #expect(!recorder.text.contains(part)) }
    }

    @Test("Cards are in the client's dialect")
    func dialect() async throws {
        let standard = try ClientWorld(), old = try ClientWorld(client: [#"dialect: "1.0""#])
        func topic(_ world: ClientWorld) async throws -> Bool {
            try await world.application().test(.router) { client in
                let response = try await client.post(Request.orderSign(), headers: world.headers())
                return try response.json()["cards"]?.elements.first { _ in true }?["source"]?["topic"] != nil
            }
        }
        #expect(try await topic(standard))
        #expect(try await !topic(old))
    }
}

extension String {
    /// A number of JSON.
    fileprivate var number: JSONValue { .number(self) }
}
