import Clinical
import Crypto
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Settings

@testable import Service

/// A service with clients that must show who they are, and tokens of them.
struct ClientWorld: Sendable {
    static let issuer = "https://ehr.example.org/fhir"
    static let base = "https://cds.example.org"

    let key = TestKey()
    var file: String
    /// Read anew for each application, so that a test may change it.
    var world: World

    /// - Parameters:
    ///   - client: lines of the client's entry beside name, issuer and keys.
    ///   - more: other lines of the file.
    init(client: [String] = [], more: String = "") throws {
        world = try World()
        file = """
            listen: { public_urls: [\(Self.base)] }
            outbound: { loopback: yes }
            \(more)
            clients:
              - name: example-ehr
                issuer: \(Self.issuer)
                keys: |
                  \(key.keySet)
            \(client.map { "    \($0)" }.joined(separator: "\n"))
            """
    }

    func settings() throws -> Settings {
        try Settings(SettingsInput(file: Source(name: "vigil.yaml", bytes: Array(file.utf8))))
    }

    func access() throws -> ClientAccess { try ClientAccess(settings()) }

    func application(
        _ access: ClientAccess? = nil, certificate: ServerCertificate? = nil, logger: Logger? = nil, recorder: DecisionRecorder? = nil
    ) throws -> some ApplicationProtocol {
        var quiet = Logger(label: "test")
        quiet.logLevel = .critical
        let settings = try settings()
        let listening = { var listening = settings.listening; listening.port = 0; return listening }()
        return CDSApplication(
            configuration: ServiceConfiguration(listening: listening, limits: settings.limits), editions: world.editions,
            clock: World.clock, logger: logger ?? quiet, recorder: recorder, access: try access ?? self.access(),
            certificate: certificate
        ).application()
    }

    /// A token of the client for a path, right in everything but what `spoil` changes.
    func token(
        for path: String = Request.path, _ spoil: (_ header: inout [String: JSONValue], _ claims: inout [String: JSONValue]) -> Void = { _, _ in }
    ) throws -> String {
        let now = Int(Date().timeIntervalSince1970)
        var header: [String: JSONValue] = ["alg": "ES384", "typ": "JWT", "kid": "k1"]
        var claims: [String: JSONValue] = [
            "iss": .string(Self.issuer), "aud": .string(Self.base + path), "iat": .number("\(now)"), "exp": .number("\(now + 300)"),
            "jti": .string(UUID().uuidString),
        ]
        spoil(&header, &claims)
        return try key.token(header, claims)
    }

    /// The header fields of a call with a token.
    func headers(
        for path: String = Request.path, _ spoil: (_ header: inout [String: JSONValue], _ claims: inout [String: JSONValue]) -> Void = { _, _ in }
    ) throws -> HTTPFields {
        [.contentType: "application/json", .authorization: "Bearer \(try token(for: path, spoil))"]
    }
}

/// The private key of a client, made anew for each world.
struct TestKey: Sendable {
    private let key = P384.Signing.PrivateKey()

    /// The public half as a JWK Set, on one line.
    var keySet: String {
        let point = Array(key.publicKey.x963Representation.dropFirst())
        let (x, y) = (Self.base64URL(Array(point.prefix(48))), Self.base64URL(Array(point.suffix(48))))
        return #"{"keys":[{"kty":"EC","crv":"P-384","kid":"k1","x":"\#(x)","y":"\#(y)"}]}"#
    }

    func token(_ header: [String: JSONValue], _ claims: [String: JSONValue]) throws -> String {
        func part(_ members: [String: JSONValue]) -> String {
            Self.base64URL(JSONValue.object(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }).bytes)
        }
        let text = part(header) + "." + part(claims)
        return text + "." + Self.base64URL(Array(try key.signature(for: Data(text.utf8)).rawRepresentation))
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
