import Clinical
import Documents
import FHIRAccess
import Testing

@testable import Settings

@Suite("Settings")
struct SettingsTests {
    @Test("A flag counts before the environment, that before the file, that before nothing")
    func precedence() throws {
        #expect(try settings().listening.port == 8080)
        #expect(try settings("listen: { port: 1 }").listening.port == 1)
        #expect(try settings("listen: { port: 1 }", environment: ["VIGIL_LISTEN_PORT": "2"]).listening.port == 2)
        #expect(
            try settings("listen: { port: 1 }", environment: ["VIGIL_LISTEN_PORT": "2"], flags: ["listen.port": "3"]).listening.port == 3)
    }

    @Test("Every kind of value")
    func kinds() throws {
        let read = try settings(
            """
            listen:
              address: ::1
              public_urls: [https://cds.example.org/]
            rules: [Rules, "our rules"]
            zone: +02:00
            limits: { body: 1 MiB, idle_time: 1 min, memory: 4 MiB }
            fetch:
              enabled: no
              timeout: 250 ms
            outbound: { private_addresses: yes }
            log: { level: debug }
            """)
        #expect(read.listening.address == "::1")
        #expect(read.listening.publicURLs == ["https://cds.example.org"])
        #expect(read.rules == ["Rules", "our rules"])
        #expect(read.zone == ZoneOffset("+02:00"))
        #expect(read.limits.body == 1 << 20)
        #expect(read.limits.idleTime == .seconds(60))
        #expect(!read.fetching.isOn)
        #expect(read.fetching.limits.timeout == .milliseconds(250))
        #expect(read.trust.reach == .privateNetworks)
        #expect(read.operation.logLevel == .debug)
    }

    @Test("A list of the environment has commas, one of flags is repeated")
    func lists() throws {
        #expect(try settings(environment: ["VIGIL_RULES": "Rules, our-rules"]).rules == ["Rules", "our-rules"])
        let flags = ["a", "b"].map { SettingsInput.Flag(path: "rules", name: "--rules", text: $0) }
        #expect(try Settings(SettingsInput(flags: flags)).rules == ["a", "b"])
    }

    @Test("An empty variable says nothing")
    func emptyVariable() throws {
        #expect(try settings("zone: Z", environment: ["VIGIL_ZONE": ""]).zone == .utc)
    }

    @Test("All that is wrong is said at once, at its place")
    func allAtOnce() throws {
        let text = complaints(
            """
            listne:
              port: 1
            listen:
              port: 8o80
              adress: 127.0.0.1
              public_urls: [https://good.example, ftp://bad.example]
            body: 1 MiB
            limits:
              body: 16 MB
              requests:
                - 5
            tls:
              certificate: cert.pem
            journal:
              key: 00
              bodies: yes
            log: { level: inf }
            knowledge:
            """, environment: ["VIGIL_LISTEN_PROT": "1", "VIGIL_LIMITS_HEADER": "big", "VIGIL_ORIGINS": "a"], flags: ["fetch.pagse": "3"])
        try expectGolden(text, at: "Goldens/all-at-once.txt")
    }

    @Test("A secret is not repeated in a complaint")
    func secret() {
        let text = complaints(nil, environment: ["VIGIL_JOURNAL_KEY": "hunter2"])
        #expect(text.contains("journal.key"))
        #expect(!text.contains("hunter2"))
    }

    @Test("Text that is no YAML is complained about by the reader of YAML")
    func noYAML() {
        #expect(complaints("listen: [").contains("V10"))
        #expect(complaints("just text").contains("S102"))
        #expect(complaints("").contains("V100"))
    }

    @Test("What does not go together", arguments: [
        ("listen: { address: 0.0.0.0 }", ["there is no TLS", "no client is configured"]),
        ("listen: { address: 0.0.0.0, behind_proxy: yes }", ["no client is configured"]),
        ("tls: { key: key.pem }", ["needs `tls.certificate`"]),
        ("journal: { bodies: yes }", ["never kept unencrypted"]),
        ("limits: { body: 8 MiB, memory: 1 MiB }", ["less than one body"]),
        ("fetch: { budget: 1 s, reserve: 1 s }", ["leaves nothing"]),
    ])
    func contradictions(file: String, sentences: [String]) {
        let text = complaints(file)
        for sentence in sentences { #expect(text.contains(sentence), "\(text)") }
        #expect(text.split(separator: "error[").count == sentences.count)
    }

    @Test("With TLS or a proxy, and with clients, other machines may reach it")
    func reached() throws {
        let clients = """

            clients:
              - { name: ehr, issuer: https://ehr.example, jku: https://ehr.example/jwks }
            """
        let tls = "listen: { address: 0.0.0.0, public_urls: [https://cds.example] }\ntls: { certificate: c.pem, key: k.pem }"
        #expect(try settings(tls + clients).listening.tls?.certificate == "c.pem")
        let proxy = "listen: { address: 10.0.0.1, behind_proxy: yes, public_urls: [https://cds.example] }"
        #expect(try settings(proxy + clients).listening.isBehindProxy)
        #expect(complaints("listen: { address: 10.0.0.1, behind_proxy: yes }" + clients).contains("listen.public_urls"))
    }

    @Test("Any bytes are read or complained about")
    func anyBytes() {
        var state: UInt64 = 7
        let sample = Array("listen:\n  port: 80\nclients:\n  - name: a\n    issuer: b\n    roles: [ehr]\n".utf8)
        for _ in 0..<300 {
            var bytes = sample
            for _ in 0..<4 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
            }
            let outcome = Result { () throws(SettingsError) in
                try Settings(SettingsInput(file: Source(name: "vigil.yaml", bytes: bytes)))
            }
            if case .failure(let error) = outcome { #expect(!error.diagnostics.isEmpty && !error.description.isEmpty) }
        }
    }
}
