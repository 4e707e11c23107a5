import CDSHooks
import FHIRAccess
import Testing
import Trust

@testable import Settings

@Suite("Clients of the configuration")
struct ClientsTests {
    @Test("A client with everything")
    func everything() throws {
        let client = try #require(
            try settings(
                """
                clients:
                  - name: general-hospital
                    issuer: https://ehr.example/fhir
                    jku: https://ehr.example/jwks
                    algorithms: [RS384]
                    audiences: [https://typed.example/by-hand]
                    subjects: [client-1]
                    tenants: [north, south]
                    lifetime: 5 min
                    roles: [ehr, auditor]
                    services: [vigil-order-sign]
                    fhir_bases: [https://ehr.example/fhir/]
                    dialect: epic
                    topics: no
                    delete_form: resource
                """).clients.first)
        #expect(client.policy.name == "general-hospital")
        #expect(client.policy.issuer == "https://ehr.example/fhir")
        #expect(client.policy.algorithms == [.rs384])
        #expect(client.policy.extraAudiences == ["https://typed.example/by-hand"])
        #expect(client.policy.subjects == ["client-1"])
        #expect(client.policy.tenants == ["north", "south"])
        #expect(client.policy.maximumLifetime == .seconds(300))
        #expect(client.policy.roles == [.ehr, .auditor])
        #expect(client.policy.services == .only(["vigil-order-sign"]))
        #expect(client.fhirBases.map(\.description) == ["https://ehr.example/fhir"])
        var dialect = Dialect.epic
        dialect.hasTopics = false
        dialect.deleteForm = .resource
        #expect(client.dialect == dialect)
    }

    @Test("What is not said is narrow: ES384 and RS384, an EHR, no FHIR server")
    func fallbacks() throws {
        let client = try #require(try settings("clients: [{ name: a, issuer: b, jku: https://c.example/d }]").clients.first)
        #expect(client.policy.algorithms == [.es384, .rs384])
        #expect(client.policy.roles == [.ehr])
        #expect(client.policy.services == .all)
        #expect(client.policy.subjects == nil)
        #expect(client.policy.tenants == nil)
        #expect(client.fhirBases.isEmpty)
        #expect(client.dialect == .standard)
    }

    @Test("Keys in the file")
    func inline() throws {
        let read = try settings(
            """
            clients:
              - name: a
                issuer: b
                algorithms: [ES256]
                keys: |
                  \(jwks)
            """)
        #expect(read.clients.count == 1)
    }

    @Test("Everything that is wrong with clients is said at its place")
    func faults() throws {
        let text = complaints(
            """
            clients:
              - name: no-keys
                issuer: https://a.example
              - issuer: https://b.example
                jku: https://b.example/jwks
              - name: twice
                issuer: https://c.example
                jku: https://c.example/jwks
                algorithms: [HS256, none, RS38]
              - name: twice
                issuer: https://c.example
                jku: http://c.example/jwks
              - name: other
                issuer: https://d.example
                keys: |
                  {"keys": []}
                rolse: [ehr]
                fhir_bases: [https://user@d.example/fhir]
                lifetime: 2 d
              - just a text
              - name: wrong-key
                issuer: https://e.example
                algorithms: [RS384]
                keys: |
                  \(jwks)
              - name: no-file
                issuer: https://f.example
                keys_file: nowhere.jwks
            """)
        try expectGolden(text, at: "Goldens/clients.txt")
    }
}
