import Testing

@testable import Service

@Suite("Service configuration")
struct ServiceConfigurationTests {
    @Test("Listens for this machine only", arguments: ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
    func loopback(host: String) throws {
        try ServiceConfiguration(host: host).validate()
    }

    @Test(
        "Refuses to be reached by others unasked",
        arguments: ["0.0.0.0", "::", "192.168.1.4", "example.org", "127.0.0.1.example.org", ""])
    func remote(host: String) throws {
        #expect(throws: ServiceConfigurationError.remoteAddress(host)) { try ServiceConfiguration(host: host).validate() }
        try ServiceConfiguration(host: host, allowsRemote: true).validate()
    }

    @Test("Refuses a port that is none", arguments: [-1, 65_536])
    func port(number: Int) {
        #expect(throws: ServiceConfigurationError.port(number)) { try ServiceConfiguration(port: number).validate() }
    }

    @Test("An IPv6 address stands in brackets in a URL")
    func url() {
        #expect(ServiceConfiguration(host: "::1", port: 80).baseURL == "http://[::1]:80")
    }
}
