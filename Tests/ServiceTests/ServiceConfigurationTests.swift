import Settings
import Testing

@testable import Service

@Suite("Service configuration")
struct ServiceConfigurationTests {
    @Test("Listens for this machine only", arguments: ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
    func loopback(host: String) throws {
        try ServiceConfiguration(listening: ListeningSettings(address: host)).validate()
    }

    @Test(
        "Refuses to be reached by others unasked",
        arguments: ["0.0.0.0", "::", "192.168.1.4", "example.org", "127.0.0.1.example.org", ""])
    func remote(host: String) throws {
        #expect(throws: ServiceConfigurationError.remoteAddress(host)) {
            try ServiceConfiguration(listening: ListeningSettings(address: host)).validate()
        }
    }

    @Test("An IPv6 address stands in brackets in a URL")
    func url() {
        #expect(ListeningSettings(address: "::1", port: 80).baseURL == "http://[::1]:80")
    }
}
