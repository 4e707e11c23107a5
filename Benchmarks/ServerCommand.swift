import ArgumentParser
import Clinical
import Foundation
import Hummingbird
import Logging
import Service

/// `benchmarks server`: the service and a bare handler on two free ports, until standard input ends.
struct ServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "server", shouldDisplay: false)

    @OptionGroup var inputs: BenchmarkInputOptions

    func run() async throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        let clock = RequestClock.fixed(BenchmarkInputs.asOf)
        let editions = try EditionHolder(
            loader: EditionLoader(rules: inputs.rules, knowledge: inputs.knowledge, clock: clock))
        let service = CDSApplication(
            configuration: ServiceConfiguration(port: 0), editions: editions, clock: clock, logger: Logger(label: "vigil"))
        let ports = AsyncStream.makeStream(of: (name: String, port: Int).self)
        let hook = service.application { ports.continuation.yield(("hook", $0)) }
        let bare = bareApplication { ports.continuation.yield(("bare", $0)) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await hook.run() }
            group.addTask { try await bare.run() }
            var known: [String: Int] = [:]
            for await (name, port) in ports.stream {
                known[name] = port
                if let hookPort = known["hook"], let barePort = known["bare"] {
                    FileHandle.standardOutput.write(Data("\(hookPort) \(barePort)\n".utf8))
                    break
                }
            }
            group.addTask { await Self.waitForEndOfInput() }
            try await group.next()
            Foundation.exit(0)
        }
    }

    /// Reads a body and answers as many bytes as the service's answer has, more or less.
    private func bareApplication(onServerRunning: @escaping @Sendable (Int) async -> Void) -> some ApplicationProtocol {
        let router = Router()
        let fixed = ByteBuffer(repeating: UInt8(ascii: " "), count: 8_000)
        router.post("/bare") { request, _ in
            _ = try await request.body.collect(upTo: 16 << 20)
            return Response(status: .ok, body: ResponseBody(byteBuffer: fixed))
        }
        return Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in await onServerRunning(channel.localAddress?.port ?? 0) },
            logger: Logger(label: "bare"))
    }

    private static func waitForEndOfInput() async {
        await Task.detached { _ = FileHandle.standardInput.readDataToEndOfFile() }.value
    }
}
