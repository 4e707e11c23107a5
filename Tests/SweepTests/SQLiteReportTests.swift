import CareGaps
import Clinical
import Engine
import Foundation
import GRDB
import Testing

@testable import Sweep

@Suite("Results in SQLite")
struct SQLiteReportTests {
    @Test("the view `result` has the rows of results.csv, whatever the order in which patients came")
    func rows() async throws {
        let folder = try TemporaryFolder()
        for (name, text) in SamplePopulation(count: 40).export() { try folder.write(text, to: name) }
        let swept = try await folder.sweep([folder.path], into: "out")
        let lines = try folder.read("out/results.csv").split(separator: "\r\n").map(String.init)
        // patient, rule, state, due and last: cells that are never quoted.
        let expected = lines.dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            return [cells[0], cells[2], cells[4], cells[5], cells[6]].joined(separator: ",")
        }
        let queue = try DatabaseQueue(path: folder.path + "/out/results.sqlite")
        let (found, patients, planned) = try await queue.read { db in
            (
                try String.fetchAll(
                    db, sql: "SELECT patient || ',' || rule || ',' || state || ',' || coalesce(due, '') || ',' || coalesce(last, '') FROM result"),
                try Int.fetchOne(db, sql: "SELECT count(*) FROM patient"),
                try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN SELECT patient FROM result WHERE rule = 'r' AND state = 'open'").map { $0["detail"] as String }
            )
        }
        #expect(found.sorted() == expected.sorted())
        #expect(found.count == swept.lines.count)
        #expect(patients == 40)
        // Who stands so with a rule is found, not searched for.
        #expect(!planned.contains { $0.hasPrefix("SCAN") })
    }

    @Test("the view `population` has a row for each population of a result of a measure, and none for other results")
    func populations() async throws {
        let folder = try TemporaryFolder()
        let context = ReportContext(
            asOf: SampleRules.asOf, period: MeasurementPeriod(yearOf: SampleRules.asOf.today), edition: SampleRules.edition,
            measures: try SampleRules.evaluator().plan.measures)
        let report = try SQLiteReport(
            WorkFolder(folder.path), headings: [SweptRule(id: "m", title: "M", version: 1), SweptRule(id: "r", title: "R", version: 1)], context: context)
        for (patient, numerator) in [("b", 1), ("a", 0)] {
            let measured = CareGapResult(
                rule: "m", version: 1, state: numerator == 1 ? .closed : .open,
                populations: [.init(code: "initial-population", count: 1), .init(code: "numerator", count: numerator)])
            let results = [measured, CareGapResult(rule: "r", version: 1, state: .excluded)]
            try report.add(PatientResults(patient: patient, site: "", digest: "", results: results))
        }
        try report.finish(SweepSummary())
        let queue = try DatabaseQueue(path: folder.path + "/results.sqlite")
        let rows = try await queue.read { db in
            try String.fetchAll(db, sql: "SELECT patient || ' ' || rule || ' ' || code || ' ' || count FROM population ORDER BY 1")
        }
        #expect(rows == ["a m initial-population 1", "a m numerator 0", "b m initial-population 1", "b m numerator 1"])
    }
}
