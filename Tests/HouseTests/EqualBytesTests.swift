import Foundation
import Testing

/// Equal input gives equal bytes, in another process too: Swift seeds its hashing anew in each.
@Suite("Equal bytes")
struct EqualBytesTests {
    @Test("One request, several processes, the same answer")
    func processes() throws {
        guard let world = BuiltProgram() else { return }
        let first = try world.evaluate(asOf: "2026-11-21T09:00:00Z")
        #expect(!first.isEmpty)
        for _ in 0..<3 { #expect(try world.evaluate(asOf: "2026-11-21T09:00:00Z") == first) }
    }

    @Test("A moment later on the same day, the same answer")
    func laterThatDay() throws {
        guard let world = BuiltProgram() else { return }
        let first = try world.evaluate(asOf: "2026-11-21T09:00:00.100Z")
        #expect(try world.evaluate(asOf: "2026-11-21T09:00:07.900Z") == first)
    }
}

/// The built program and all it needs.
struct BuiltProgram {
    let program: URL
    let arguments: [String]

    /// Nil, and says so, where something is not there: the program is built by `make test`, not by `swift test` alone.
    init?() {
        let knowledge = SourceTree.root.appendingPathComponent(".vigil/knowledge.sqlite").path
        let request = SourceTree.root.appendingPathComponent("docs/examples/order-sign.json").path
        let rules = SourceTree.root.appendingPathComponent("Rules").path
        let folders = [
            Bundle.main.executableURL?.deletingLastPathComponent(), SourceTree.root.appendingPathComponent(".build/debug"),
        ]
        let programs = folders.compactMap { $0?.appendingPathComponent("vigil") }
        guard let program = programs.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            print("SKIPPED: equal bytes in two processes; `vigil` is not built (run `make test`)")
            return nil
        }
        for path in [knowledge, request, rules] where !FileManager.default.fileExists(atPath: path) {
            print("SKIPPED: equal bytes in two processes; \(path) is missing (run `make test`)")
            return nil
        }
        self.program = program
        arguments = ["evaluate", request, "--rules", rules, "--knowledge", knowledge]
    }

    /// What the program prints, in a process of its own.
    func evaluate(asOf: String) throws -> Data {
        let process = Process()
        let output = Pipe()
        process.executableURL = program
        process.arguments = arguments + ["--as-of", asOf]
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return bytes
    }
}
