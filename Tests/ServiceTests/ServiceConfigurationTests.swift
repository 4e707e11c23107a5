import Settings
import Testing

@testable import Service

@Suite("Service configuration")
struct ServiceConfigurationTests {
    @Test("Listens for this machine only", arguments: ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
    func loopback(host: String) throws {
        try ServiceConfiguration(listening: ListeningSettings(address: host)).validate(hasCertificate: false, isGuarded: false)
    }

    @Test(
        "Refuses to be reached by others unasked",
        arguments: ["0.0.0.0", "::", "192.168.1.4", "example.org", "127.0.0.1.example.org", ""])
    func remote(host: String) throws {
        var configuration = ServiceConfiguration(listening: ListeningSettings(address: host))
        #expect(throws: ServiceConfigurationError.notSecure(host)) {
            try configuration.validate(hasCertificate: false, isGuarded: true)
        }
        #expect(throws: ServiceConfigurationError.notGuarded(host)) {
            try configuration.validate(hasCertificate: true, isGuarded: false)
        }
        try configuration.validate(hasCertificate: true, isGuarded: true)
        configuration.listening.isBehindProxy = true
        try configuration.validate(hasCertificate: false, isGuarded: true)
    }

    @Test("TLS that is configured is not left out")
    func certificate() {
        let listening = ListeningSettings(tls: TLSFiles(certificate: "c.pem", key: "k.pem"))
        #expect(throws: ServiceConfigurationError.noCertificate) {
            try ServiceConfiguration(listening: listening).validate(hasCertificate: false, isGuarded: true)
        }
    }

    @Test("An IPv6 address stands in brackets in a URL")
    func url() {
        #expect(ListeningSettings(address: "::1", port: 80).baseURL == "http://[::1]:80")
    }
}
