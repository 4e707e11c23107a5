import Clinical
import Documents
import Engine
import Foundation
import Knowledge
import Replay
import RuleLanguage
import Testing

/// The measures of the repository against decks of patients whose populations are known.
@Suite struct MeasureDecksTests {
    static let plan = Result {
        let compiler = RuleCompiler(knowledge: try RepositoryKnowledge.base(), today: CivilDate(daysSinceEpoch: 20_000))
        let (ruleSet, diagnostics) = compiler.compile(try RuleFolder.sources(at: [Repository.path("Measures")]))
        guard let ruleSet else { throw MeasuresDoNotCheck(diagnostics: diagnostics) }
        return ruleSet.plan.measures
    }

    struct MeasuresDoNotCheck: Error {
        let diagnostics: [Diagnostic]
    }

    @Test func everyMeasureIsThere() throws {
        let numbers = [2, 68, 69, 74, 122, 125, 130, 131, 135, 138, 139, 146, 153, 154, 155, 156, 349, 506]
        #expect(Set(try Self.plan.get().measures.map(\.id)) == Set(numbers.map { "cms\($0)" }))
    }

    @Test func ourOwnDeckIsRight() throws {
        let report = try run(try SourceFile.read(Repository.path("Tests/ReplayTests/Measures/own-deck.ndjson")))
        #expect(report.caseCount == 54)
        #expect(report.misses.map(\.id) == [], "\(report.markdown)")
    }

    /// - Source: ../shared/data/oracles/measures.
    @Test func nationalDecksAgree() throws {
        let folder = Repository.path("../shared/data/oracles/measures")
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasPrefix("CMS") }.sorted()
        guard !names.isEmpty else {
            print("SKIPPED nationalDecksAgree: ../shared/data/oracles/measures is not there; the national decks were NOT run")
            return
        }
        var report = MeasureDeckReport()
        for name in names {
            let source = Source(name: name, bytes: try unpacked("\(folder)/\(name)/cases.ndjson.gz"))
            try run(source, into: &report)
        }
        print(report.markdown)
        for measure in report.measures {
            for population in MeasureDeckReport.populations where !(measure == "cms2" && population == "denominator-exception") {
                let (right, all) = report.agreement(measure, population)
                #expect(right * 100 >= all * 98, "\(measure) \(population): \(right) of \(all)")
            }
        }
    }

    @Test func theOrderOfEntriesChangesNothing() throws {
        let plan = try Self.plan.get()
        let deck = try MeasureDeck(try SourceFile.read(Repository.path("Tests/ReplayTests/Measures/own-deck.ndjson")))
        for one in deck.cases {
            let runner = MeasureDeckRunner(plan: plan)
            let there = try #require(runner.run(one))
            var turned = JSONValue(one.bundle)
            let entries = turned["entry"]?.elements ?? []
            turned["entry"] = .array(entries.prefix(1) + entries.dropFirst().reversed())
            let back = try #require(runner.run(one.with(bundle: try JSONDocument(parsing: turned.bytes).root)))
            #expect(there.populations == back.populations, "\(one.id)")
        }
    }

    private func run(_ source: Source) throws -> MeasureDeckReport {
        var report = MeasureDeckReport()
        try run(source, into: &report)
        return report
    }

    private func run(_ source: Source, into report: inout MeasureDeckReport) throws {
        let runner = MeasureDeckRunner(plan: try Self.plan.get())
        for one in try MeasureDeck(source).cases { report.add(try #require(runner.run(one), "no measure for \(one.measure)")) }
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
