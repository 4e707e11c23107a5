import Testing

@testable import FHIRAccess

@Suite("Addresses")
struct AddressTests {
    @Test(
        "One spelling",
        arguments: [
            ("HTTPS://EHR.Example.org:443/FHIR/R4/", "https://ehr.example.org/FHIR/R4"),
            ("https://ehr.example.org//", "https://ehr.example.org"), ("http://localhost:80/x", "http://localhost/x"),
            ("https://ehr.example.org:8443", "https://ehr.example.org:8443"),
            ("https://[2001:DB8::1]/fhir", "https://[2001:db8::1]/fhir"),
        ])
    func spelling(written: String, expected: String) {
        #expect(FHIRBase(written)?.description == expected)
    }

    @Test(
        "What is not taken for a base",
        arguments: [
            "", "ehr.example.org/fhir", "ftp://ehr.example.org", "https:ehr.example.org", "https:///fhir",
            "https://user@ehr.example.org",
            "https://user:word@ehr.example.org", "https://ehr.example.org/fhir?x=1", "https://ehr.example.org/fhir#x",
            "https://ehr.example.org/a/../b", "https://ehr.example.org/a/%2e%2E/b", "https://ehr.example.org/a%2Fb",
            "https://ehr.example.org\\@x",
            "https://ehr.example.org/a b", "https://ehr.example.org/ä", "https://ehr.example.org:0",
            "https://ehr.example.org:99999",
            "https://ehr.example.org:", "https://[::1", "https://[x]/", "https://[::1]x/", "file:///etc/passwd",
            "javascript:alert(1)",
            "https://ehr.example.org\n/x", "https://ehr.example.org:443@evil.example.org/",
        ])
    func refused(written: String) {
        #expect(FHIRBase(written) == nil)
    }

    @Test("A base covers what lies below it, by whole segments, on its own server")
    func covers() throws {
        let base = try #require(FHIRBase("https://ehr.example.org/fhir"))
        for (other, covered) in [
            ("https://ehr.example.org/fhir", true), ("https://EHR.example.org:443/fhir/", true),
            ("https://ehr.example.org/fhir/r4", true),
            ("https://ehr.example.org/fhir2", false), ("https://ehr.example.org", false), ("http://ehr.example.org/fhir", false),
            ("https://ehr.example.org:444/fhir", false), ("https://ehr.example.org.evil.example/fhir", false),
            ("https://ehr.example.org/FHIR", false),
        ] {
            #expect(base.covers(try #require(FHIRBase(other))) == covered, "\(other)")
        }
    }

    @Test(
        "Whose an address is",
        arguments: [
            ("8.8.8.8", NetworkAddress.Scope.global), ("127.0.0.1", .loopback), ("127.255.0.9", .loopback),
            ("10.0.0.1", .privateNetwork),
            ("172.16.0.1", .privateNetwork), ("172.31.255.255", .privateNetwork), ("172.32.0.1", .global),
            ("172.15.0.1", .global),
            ("192.168.1.1", .privateNetwork), ("192.169.1.1", .global), ("100.64.0.1", .privateNetwork), ("100.128.0.1", .global),
            ("169.254.169.254", .linkLocal), ("0.0.0.0", .special), ("0.1.2.3", .special), ("192.0.2.7", .special),
            ("198.18.0.1", .special),
            ("203.0.113.9", .special), ("224.0.0.1", .special), ("240.0.0.1", .special), ("255.255.255.255", .special),
            ("::1", .loopback),
            ("::", .special), ("fe80::1", .linkLocal), ("fe80::1%eth0", .linkLocal), ("fec0::1", .privateNetwork),
            ("fc00::1", .privateNetwork),
            ("fd12:3456::1", .privateNetwork), ("ff02::1", .special), ("2606:4700::1", .global), ("2001:db8::1", .special),
            ("2001::1", .special),
            ("::ffff:127.0.0.1", .loopback), ("::ffff:10.0.0.1", .privateNetwork), ("::ffff:8.8.8.8", .global),
            ("::127.0.0.1", .special),
            ("64:ff9b::10.0.0.1", .privateNetwork), ("64:ff9b::808:808", .global), ("2002:7f00:1::", .loopback),
            ("2002:a00:1::", .privateNetwork),
        ])
    func scopes(literal: String, scope: NetworkAddress.Scope) {
        #expect(NetworkAddress(literal)?.scope == scope)
    }

    @Test(
        "Numbers that resolvers would take for an address are none",
        arguments: ["127.1", "0x7f.1", "2130706433", "127.0.0.1.", "1.2.3.4.5", "ehr"])
    func noAddress(literal: String) {
        #expect(NetworkAddress(literal) == nil)
    }

    @Test("What may be tried, before anything is resolved")
    func reach() throws {
        let rows: [(String, NetworkReach, Bool)] = [
            ("https://ehr.example.org/fhir", [], true), ("http://ehr.example.org/fhir", [], false),
            ("http://ehr.example.org/fhir", [.loopback, .privateNetworks, .linkLocal], false),
            ("https://127.0.0.1/fhir", [], false), ("https://[::1]/fhir", [], false), ("https://localhost/fhir", [], false),
            ("https://x.localhost/fhir", [], false), ("http://127.0.0.1:8080/fhir", .loopback, true),
            ("http://localhost/fhir", .loopback, true),
            ("http://10.0.0.1/fhir", .privateNetworks, false), ("https://10.0.0.1/fhir", [], false),
            ("https://10.0.0.1/fhir", .privateNetworks, true),
            ("https://10.0.0.1/fhir", .loopback, false), ("https://169.254.169.254/fhir", .privateNetworks, false),
            ("https://169.254.169.254/fhir", .linkLocal, true), ("https://[::ffff:7f00:1]/fhir", [], false),
            ("https://127.1/fhir", [], false),
            ("https://0x7f000001/fhir", [], false), ("https://2130706433/fhir", .loopback, false),
            ("https://0.0.0.0/fhir", .loopback, false),
        ]
        for (url, reach, expected) in rows {
            #expect(reach.mayTry(try #require(WebAddress(url))) == expected, "\(url)")
        }
    }

    @Test("References, from where they were found")
    func references() throws {
        let page = try #require(WebAddress("https://ehr.example.org/fhir/Condition?patient=1"))
        for (reference, expected) in [
            ("https://ehr.example.org/fhir?page=2", "https://ehr.example.org/fhir?page=2"),
            ("/fhir/x?y=1", "https://ehr.example.org/fhir/x?y=1"),
            ("?page=2", "https://ehr.example.org/fhir/Condition?page=2"),
            ("Condition?page=2", "https://ehr.example.org/fhir/Condition?page=2"),
            ("//evil.example.org/x", nil), ("/fhir/../x", nil), ("javascript:x", nil), ("", nil), ("/a b", nil),
            ("https://u@ehr.example.org/", nil),
        ] as [(String, String?)] {
            #expect(page.resolving(reference)?.description == expected, "\(reference)")
        }
    }
}
