import Hummingbird
import Testing

@testable import FHIRAccess
@testable import Loopback

/// https, as it is always used but on loopback.
@Suite("TLS", .serialized)
struct TLSTests {
    private func failure(_ fake: FakeFHIRServer, _ transport: HTTPTransport) async -> FetchFailure? {
        let outcomes = await FHIRFetcher(transport: transport).fetch(
            queries: ["patient": "Patient/1"], base: fake.base, token: "secret-token",
            policy: FetchPolicy(
                allowedBases: [fake.base].compactMap { FHIRBase($0) }, limits: FetchLimits(timeout: .seconds(60))),
            deadline: .now + .seconds(60))
        await transport.shutdown()
        return outcomes["patient"]?.failure
    }

    @Test("A server is believed by its authority, and not otherwise")
    func authorities() async throws {
        let identity = try TLSIdentity()
        let authorities = try CertificateAuthorities(pem: identity.certificate)
        let others = try CertificateAuthorities(pem: TLSIdentity().certificate)
        try await FakeFHIRServer.serving(["/fhir/Patient/1": { _, _ in .patient() }], as: identity) { fake in
            #expect(await failure(fake, HTTPTransport(reach: .loopback)) == .connection)
            #expect(await failure(fake, HTTPTransport(reach: .loopback, authorities: others)) == .connection)
            #expect(fake.calls.isEmpty)
            #expect(await failure(fake, HTTPTransport(reach: .loopback, authorities: authorities)) == nil)
            #expect(fake.calls.map(\.authorization) == ["Bearer secret-token"])
        }
    }

    @Test("A certificate for another address")
    func otherAddress() async throws {
        let identity = try TLSIdentity(address: [127, 0, 0, 2])
        let transport = HTTPTransport(reach: .loopback, authorities: try CertificateAuthorities(pem: identity.certificate))
        try await FakeFHIRServer.serving(["/fhir/Patient/1": { _, _ in .patient() }], as: identity) { fake in
            #expect(await failure(fake, transport) == .connection)
            #expect(fake.calls.isEmpty)
        }
    }

    @Test("The address is checked behind TLS too, before the token is sent")
    func peer() async throws {
        let identity = try TLSIdentity()
        let transport = HTTPTransport(reach: .privateNetworks, authorities: try CertificateAuthorities(pem: identity.certificate))
        try await FakeFHIRServer.serving(["/fhir/Patient/1": { _, _ in .patient() }], as: identity) { fake in
            let address = try #require(WebAddress("\(fake.base)/Patient/1"))
            await #expect(throws: FetchFailure.addressRefused) {
                try await transport.transfer(address, headers: [], bodyLimit: 1000, timeout: .seconds(60))
            }
            await transport.shutdown()
            #expect(fake.calls.isEmpty)
        }
    }

    @Test("A file of authorities that is not there")
    func noFile() {
        #expect(throws: CertificateAuthoritiesError(path: "nowhere.pem")) { try CertificateAuthorities(pemFile: "nowhere.pem") }
    }
}
