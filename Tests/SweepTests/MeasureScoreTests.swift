import CareGaps
import Clinical
import Documents
import Engine
import Foundation
import Service
import Testing

@testable import Sweep

/// A score only where everybody's place in the measure is known, and the same numbers in every report.
@Suite("Scores of measures")
struct MeasureScoreTests {
    /// Women of an age for breast cancer screening and smokers' measures; nothing of what was ordered came.
    private func sweep(complete: Bool, in folder: TemporaryFolder) async throws -> SweepSummary {
        for (name, text) in SamplePopulation(count: 60).export() { try folder.write(text, to: name) }
        var visits = ""
        for number in 0..<60 {
            visits += """
                {"resourceType":"Encounter","id":"e\(number)","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/p\(number)"},\
                "type":[{"coding":[{"system":"http://www.ama-assn.org/go/cpt","code":"99213"}]}],"period":{"start":"2026-03-01","end":"2026-03-01"}}

                """
        }
        try folder.write(visits, to: "Encounter.ndjson")
        let answers = try GapAnswers()
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".ndjson") }.map { folder.path + "/" + $0 }
        var options = SweepOptions(
            inputs: try SweepInput.files(at: files), folder: folder.path + "/\(complete)", asOf: answers.asOf,
            reports: [.ndjson, .measures, .individual, .html])
        options.isComplete = complete
        return try await Sweep(options, evaluator: answers.edition.evaluator, edition: SampleRules.edition).run()
    }

    private func digits(_ node: JSONNode) -> String? { node.number.map { String(decoding: $0, as: UTF8.self) } }

    private func reports(_ name: String, _ folder: TemporaryFolder) throws -> [JSONDocument] {
        try folder.read(name).split(separator: "\n").map { try JSONDocument(parsing: String($0)) }
    }

    @Test("what is not known is no 0 %: no score, and how many patients are not checked", arguments: [false, true])
    func summary(_ complete: Bool) async throws {
        let folder = try TemporaryFolder()
        let summary = try await sweep(complete: complete, in: folder)
        let measured = summary.rules.filter { !$0.populations.isEmpty }
        #expect(measured.contains { $0.uncertain > 0 } != complete)
        #expect(measured.contains { rule in if case .known = rule.group?.score { true } else { false } } || !complete)

        let numbers = try JSONDocument(parsing: try folder.read("\(complete)/summary.json"))
        var places: [String: (status: String?, group: JSONNode)] = [:]
        let reports = try reports("\(complete)/measure-report.ndjson", folder)
        for report in reports {
            let measure = try #require(report.root["measure"]?.string)
            let parts = measure.split(separator: "|")
            #expect(measure.hasPrefix("urn:vigil:rule:") && !measure.contains(" ") && !measure.contains("/"))
            #expect(parts.count == 2 && Int(parts[1]) != nil)
            let id = String(parts[0].dropFirst("urn:vigil:rule:".count))
            for group in report.root["group"]?.elements.map({ $0 }) ?? [] {
                let rate = group["code"]?["text"]?.string ?? ""
                places[PatientJudge.name(of: rate, in: id)] = (report.root["status"]?.string, group)
            }
        }
        #expect(Set(places.keys) == Set(measured.map(\.rule)))
        #expect(Set(reports.compactMap { $0.root["measure"]?.string }).count == reports.count)
        let page = try folder.read("\(complete)/report.html")
        for rule in measured {
            let place = try #require(places[rule.rule])
            let told = try #require(numbers.root["rules"]?.elements.first { $0["rule"]?.string == rule.rule })
            let score = place.group["measureScore"]
            let uncertain = place.group["extension"]?.elements.first { $0["url"]?.string == "urn:vigil:extension:patients-not-checked" }
            #expect((uncertain?["valueUnsignedInt"]?.int ?? 0) == rule.uncertain)
            #expect((told["populationsNotChecked"]?.int ?? 0) == rule.uncertain)
            #expect(rule.uncertain >= rule.count(.notChecked))
            if rule.uncertain > 0 {
                #expect(place.status == "pending")
                #expect(score?["value"] == nil)
                #expect(score?["extension"]?.elements.first { _ in true }?["valueCode"]?.string == "unknown")
                #expect(told["score"]?.isNull == true)
            } else {
                #expect(score?["extension"] == nil)
                #expect(score?["value"].flatMap(digits) == told["score"].flatMap(digits))
            }
            if rule.uncertain > 0, rule.count(.notInPopulation) < 60 {
                #expect(page.contains("<td class=\"n\">\(rule.uncertain)</td><td class=\"n strong\">–</td></tr>"))
            }
        }
    }

    @Test("a patient has one report a measure, with a group for each rate that concerns")
    func individual() async throws {
        let folder = try TemporaryFolder()
        _ = try await sweep(complete: true, in: folder)
        let reports = try reports("true/measure-reports.ndjson", folder)
        #expect(!reports.isEmpty)
        let keys = reports.map { "\($0.root["subject"]?["reference"]?.string ?? "") \($0.root["measure"]?.string ?? "")" }
        #expect(Set(keys).count == keys.count)
        #expect(reports.contains { ($0.root["group"]?.count ?? 0) > 1 })
        #expect(reports.allSatisfy { $0.root["status"]?.string == "complete" })
        #expect(reports.allSatisfy { report in report.root["group"]?.elements.allSatisfy { $0["measureScore"] == nil } ?? false })
    }

    @Test("where what was done is done, and who is excluded is not known, the result says so and keeps it")
    func uncertain() throws {
        let result = CareGapResult(rule: "cms1", version: 1, state: .closed, populations: [.init(code: "numerator", count: 1)], isUncertain: true)
        var writer = JSONWriter()
        result.write(to: &writer)
        #expect(try CareGapResult(JSONDocument(parsing: writer.bytes).root) == result)
        var counts = SweepSummary.RuleCounts(rule: "cms1", title: "", version: 1)
        counts.add(result, site: "")
        #expect(counts.uncertain == 1)
        #expect(counts.group?.score == .unknown)
    }
}
