import CDSHooks
import Clinical
import Foundation
import Service

/// What the service costs beside a bare Hummingbird handler that reads the same bytes and answers as many.
///
/// Both run in one process of their own, on two ports, and are called in turn over loopback; the figure is that process's
/// processor time, so the client's does not count.
struct RequestCost {
    let inputs: BenchmarkInputs
    let options: BenchmarkInputOptions
    let effort: Effort

    func measure() async throws -> [Figure] {
        let server = try ServerProcess(options: options)
        defer { server.stop() }
        let request = try hookRequest(port: server.hookPort)
        let bare = HTTPRequestBytes(path: "/bare", body: inputs.request)
        let expected = try HTTPClient(port: server.hookPort).answer(to: request)
        guard expected.status == 200 else { throw BenchmarkError("the service answered \(expected.status)") }
        var costs = [Sample(), Sample()]
        for repetition in 0...effort.repetitions {
            for (side, target) in [(0, (server.barePort, bare)), (1, (server.hookPort, request))] {
                let start = CPUClock.now(of: server.id)
                try Load(port: target.0, request: target.1, count: effort.requests).run()
                let cost = Double(CPUClock.now(of: server.id) - start) / Double(effort.requests)
                // The first round warms up.
                if repetition > 0 { costs[side].add(cost) }
            }
        }
        let size = "\((Double(inputs.request.count) / 1_000).fixed(0)) kB"
        return [
            Figure("bare handler, \(size)", costs[0].median.duration),
            Figure(
                "order-sign of \(size) to the bare handler, server CPU", ratio: costs[1].median / costs[0].median, atMost: 3,
                note: "\(costs[1].median.duration), spread \((100 * costs[1].spread).fixed(0)) %"),
        ]
    }

    private func hookRequest(port: Int) throws -> HTTPRequestBytes {
        let discovery = try HTTPClient(port: port).answer(to: HTTPRequestBytes(path: "/cds-services", body: nil))
        let text = String(decoding: discovery.body, as: UTF8.self)
        guard let id = text.firstMatch(of: /"id":"([^"]*order-sign[^"]*)"/) else { throw BenchmarkError("no order-sign service") }
        return HTTPRequestBytes(path: "/cds-services/\(id.1)", body: inputs.request)
    }
}

/// A second process of this program, with both servers in it.
final class ServerProcess {
    let id: Int32
    let hookPort: Int
    let barePort: Int
    private let process = Process()
    private let input = Pipe()

    init(options: BenchmarkInputOptions) throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments =
            ["server", "--knowledge", options.knowledge] + options.rules.flatMap { ["--rules", $0] }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        id = process.processIdentifier
        var line = ""
        while !line.hasSuffix("\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw BenchmarkError("the server did not start; try `benchmarks server`") }
            line += String(decoding: data, as: UTF8.self)
        }
        let ports = line.split(separator: " ").compactMap { Int($0.filter(\.isNumber)) }
        guard ports.count == 2 else { throw BenchmarkError("the server said `\(line)`") }
        (hookPort, barePort) = (ports[0], ports[1])
    }

    /// Closes its input, on which it ends.
    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
