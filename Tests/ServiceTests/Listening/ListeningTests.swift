import Logging
import Testing

@testable import Service

/// Where the service cannot listen, it says what to do.
@Suite("Listening", .serialized)
struct ListeningTests {
    private func application(port: Int) throws -> CDSApplication {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return CDSApplication(
            configuration: ServiceConfiguration(port: port), editions: try World().editions, clock: World.clock, logger: logger)
    }

    @Test("A port that is taken is named")
    func taken() async throws {
        try await application(port: 0).serving { port in
            let error = await #expect(throws: ListeningError.self) { try await application(port: port).run() }
            #expect(error?.description == "cannot listen on 127.0.0.1, port \(port): something else listens there; stop it, or choose another port with --port")
        }
    }
}
