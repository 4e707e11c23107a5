import Documents
import Foundation
import Knowledge
import Replay
import Testing

/// The engine against the CDC's own cases.
///
/// - Source: ../shared/data/oracles/immunization-cdsi: CDSi test cases for healthy patients and for underlying conditions.
struct ImmunizationDecksTests {
    /// The floor is what was reached; `docs/immunization.md` explains each class of those that are missed.
    @Test(arguments: [("healthy", 489, 488), ("conditions", 162, 154)])
    func agrees(_ name: String, cases: Int, floor: Int) throws {
        let path = Repository.path("../shared/data/oracles/immunization-cdsi/\(name).ndjson.gz")
        guard FileManager.default.fileExists(atPath: path) else {
            print("SKIPPED ImmunizationDecksTests: \(path) is not there; the CDSi deck was NOT run")
            return
        }
        let runner = ImmunizationDeckRunner(try RepositoryKnowledge.base().immunizations)
        var report = ImmunizationDeckReport()
        for one in try ImmunizationDeck(Source(name: name, bytes: try unpacked(path))).cases { report.add(runner.run(one)) }
        #expect(report.outcomes.count == cases)
        #expect(report.passCount >= floor, "\(report.markdown)")
    }

    @Test func aLineThatIsNoCaseIsNamed() {
        #expect { try ImmunizationDeck(Source(name: "deck", bytes: Array("{}\n".utf8))) } throws: { error in
            "\(error)".hasPrefix("deck:1: not a case")
        }
    }

    /// The content of a gzip file, through the program that everyone has.
    private func unpacked(_ path: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return Array(data)
    }
}
