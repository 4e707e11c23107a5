import HTTPTypes
import HummingbirdTesting
import Logging
import Settings
import Testing

@testable import Service

@Suite("Configuration read again")
struct ConfigurationReloaderTests {
    private func reloader(
        _ access: ClientAccess, listening: ListeningSettings = ListeningSettings(), _ settings: @escaping @Sendable () throws -> Settings
    ) -> ConfigurationReloader {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return ConfigurationReloader(
            access: access, certificate: nil, settings: settings, configuration: ServiceConfiguration(listening: listening),
            logger: logger)
    }

    /// What becomes of a call with a token of `world`.
    private func status(_ world: ClientWorld, _ access: ClientAccess) async throws -> Int {
        try await world.application(access).test(.router) { client in
            let response = try await client.post(Request.orderSign(), headers: world.headers())
            return response.status.code
        }
    }

    @Test("Changed clients take over")
    func clients() async throws {
        let old = try ClientWorld(), new = try ClientWorld()
        let access = try old.access()
        #expect(try await status(old, access) == 200)
        #expect(try await status(new, access) == 401)
        reloader(access) { try new.settings() }.reload()
        #expect(try await status(old, access) == 401)
        #expect(try await status(new, access) == 200)
    }

    @Test("A broken file changes nothing")
    func broken() async throws {
        let world = try ClientWorld(), broken = try ClientWorld(client: ["rolse: [ehr]"])
        let access = try world.access()
        reloader(access) { try broken.settings() }.reload()
        #expect(try await status(world, access) == 200)
        #expect(access.isGuarded)
    }

    @Test("A service that others reach is not opened to anybody, whatever the file says of its address now")
    func stayGuarded() async throws {
        let world = try ClientWorld(), access = try world.access()
        var listening = ListeningSettings(address: "10.0.0.1")
        listening.isBehindProxy = true
        reloader(access, listening: listening) { try Settings(SettingsInput()) }.reload()
        #expect(access.isGuarded)
        #expect(try await status(world, access) == 200)
        // For this machine alone, it may be opened.
        reloader(access) { try Settings(SettingsInput()) }.reload()
        #expect(!access.isGuarded)
    }
}
