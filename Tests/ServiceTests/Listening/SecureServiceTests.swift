import AsyncHTTPClient
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import Settings
import Testing

@testable import Loopback
@testable import Service

/// The service over a real socket with TLS.
@Suite("Over TLS", .serialized)
struct SecureServiceTests {
    /// A folder with certificate and key, taken away at its end.
    final class Folder: Sendable {
        let path = NSTemporaryDirectory() + "vigil-tls-" + UUID().uuidString

        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }

        var files: TLSFiles { TLSFiles(certificate: "\(path)/cert.pem", key: "\(path)/key.pem") }

        func write(_ identity: TLSIdentity) throws {
            try identity.certificate.write(toFile: files.certificate, atomically: true, encoding: .utf8)
            try identity.key.write(toFile: files.key, atomically: true, encoding: .utf8)
        }
    }

    private func application(_ world: ClientWorld, _ certificate: ServerCertificate) throws -> CDSApplication {
        let settings = try world.settings()
        var configuration = ServiceConfiguration(settings)
        configuration.listening.port = 0
        configuration.limits.arrivalTime = .seconds(1)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return CDSApplication(
            configuration: configuration, editions: world.world.editions, clock: World.clock, logger: logger,
            access: try ClientAccess(settings), certificate: certificate)
    }

    private func client(trusting identity: TLSIdentity, version: HTTPClient.Configuration.HTTPVersion = .automatic) throws -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(identity.certificate.utf8)))
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.httpVersion = version
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
    }

    private func call(_ client: HTTPClient, _ port: Int, authorization: String?) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: "https://127.0.0.1:\(port)\(Request.path)")
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        if let authorization { request.headers.add(name: "authorization", value: authorization) }
        request.body = .bytes(ByteBuffer(string: Request.orderSign()))
        return try await client.execute(request, timeout: .seconds(20))
    }

    @Test("Over HTTP/2 and HTTP/1.1, a right token is let in and a wrong one is not", arguments: [true, false])
    func tokens(isHTTP2: Bool) async throws {
        let folder = try Folder(), identity = try TLSIdentity(), world = try ClientWorld()
        try folder.write(identity)
        try await application(world, ServerCertificate(folder.files)).serving { port in
            let client = try self.client(trusting: identity, version: isHTTP2 ? .automatic : .http1Only)
            let token = try world.token()
            let expired = try world.token { _, claims in (claims["iat"], claims["exp"]) = (.number("1000"), .number("1300")) }
            let cases: [(String?, UInt)] = [
                ("Bearer \(token)", 200), ("Bearer \(token)", 401), (nil, 401), ("Bearer \(expired)", 401), ("Basic dXNlcjpwYXNz", 401),
                ("Bearer \(try world.token())", 200), ("Bearer x.y.z", 401),
                ("Bearer \(try world.token(for: "/cds-services"))", 401),
            ]
            for (authorization, status) in cases {
                let response = try await self.call(client, port, authorization: authorization)
                #expect(response.status.code == status)
                #expect(response.version == (isHTTP2 ? .http2 : .http1_1))
                #expect(response.headers.first(name: "strict-transport-security") == "max-age=31536000")
                #expect(response.headers.first(name: "x-content-type-options") == "nosniff")
                let body = try await response.body.collect(upTo: 1 << 20)
                if status == 401 {
                    #expect(response.headers.first(name: "www-authenticate") == "Bearer")
                    #expect(body.readableBytes == 0)
                }
            }
            try await client.shutdown()
        }
    }

    @Test("A renewed certificate is shown to new connections, and a broken one changes nothing")
    func renewed() async throws {
        let folder = try Folder(), first = try TLSIdentity(), second = try TLSIdentity(), world = try ClientWorld()
        try folder.write(first)
        let certificate = try ServerCertificate(folder.files)
        #expect(try !certificate.reload())
        try await application(world, certificate).serving { port in
            func status(trusting identity: TLSIdentity) async throws -> UInt? {
                let client = try self.client(trusting: identity)
                let response = try? await self.call(client, port, authorization: "Bearer \(world.token())")
                try await client.shutdown()
                return response?.status.code
            }
            #expect(try await status(trusting: first) == 200)
            #expect(try await status(trusting: second) == nil)

            // A certificate without its key, as in the middle of an exchange.
            try second.certificate.write(toFile: folder.files.certificate, atomically: true, encoding: .utf8)
            #expect(throws: ServerCertificateError.self) { try certificate.reload() }
            #expect(try await status(trusting: first) == 200)

            try folder.write(second)
            #expect(try certificate.reload())
            #expect(try await status(trusting: second) == 200)
            #expect(try await status(trusting: first) == nil)
        }
    }

    @Test("Files that cannot be used are told by name")
    func unusable() throws {
        let folder = try Folder(), identity = try TLSIdentity()
        func why() -> String {
            do throws(ServerCertificateError) {
                _ = try ServerCertificate(folder.files)
                return ""
            } catch {
                return error.description
            }
        }
        #expect(why().contains("cert.pem: there is no such file"))
        try "nothing".write(toFile: folder.files.certificate, atomically: true, encoding: .utf8)
        try "nothing".write(toFile: folder.files.key, atomically: true, encoding: .utf8)
        #expect(why().contains("cert.pem: holds no certificate"))
        try identity.certificate.write(toFile: folder.files.certificate, atomically: true, encoding: .utf8)
        #expect(why().contains("key.pem: holds no private key"))
        try TLSIdentity().key.write(toFile: folder.files.key, atomically: true, encoding: .utf8)
        #expect(why().contains("is not the key of the certificate"))
    }

    @Test("Whoever does not bring the handshake to an end is cut off")
    func handshake() async throws {
        let folder = try Folder(), identity = try TLSIdentity(), world = try ClientWorld()
        try folder.write(identity)
        try await application(world, ServerCertificate(folder.files)).serving { port in
            let connection = try #require(RawConnection(port: port))
            connection.send("\u{16}\u{3}\u{1}")
            #expect(await connection.receiveToEnd() != nil)
            let plain = try #require(RawConnection(port: port))
            plain.send("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
            #expect(await plain.receiveToEnd()?.hasPrefix("HTTP") == false)
        }
    }
}
