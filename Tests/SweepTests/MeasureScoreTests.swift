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
            reports: [.ndjson, .csv, .sqlite, .measures, .individual, .gaps, .html])
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

    @Test("of a patient whose place in a measure is not known no count is given as complete")
    func individualUncertain() async throws {
        let folder = try TemporaryFolder()
        _ = try await sweep(complete: false, in: folder)
        var uncertain: Set<String> = []
        for line in try folder.read("false/results.ndjson").split(separator: "\n") {
            let node = try JSONDocument(parsing: String(line)).root
            guard let result = CareGapResult(node), result.isUncertain, !result.populations.isEmpty else { continue }
            uncertain.insert("Patient/\(node["patient"]?.string ?? "") \(result.rule.prefix { $0 != "/" })")
        }
        #expect(!uncertain.isEmpty)
        var pending = 0
        for report in try reports("false/measure-reports.ndjson", folder) {
            let measure = report.root["measure"]?.string?.dropFirst("urn:vigil:rule:".count).prefix { $0 != "|" } ?? ""
            let isUncertain = uncertain.contains("\(report.root["subject"]?["reference"]?.string ?? "") \(measure)")
            let marks = report.root["group"]?.elements.compactMap { $0["extension"]?.elements.first { _ in true }?["valueUnsignedInt"]?.int } ?? []
            if !isUncertain { #expect(marks.isEmpty && report.root["status"]?.string == "complete") }
            if report.root["status"]?.string == "pending" {
                pending += 1
                #expect(isUncertain && !marks.isEmpty && marks.allSatisfy { $0 == 1 })
            }
        }
        #expect(pending > 0)
        // The table says it too: a 0 may mean that it is not known.
        let rows = try folder.read("false/results.csv").split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let column = try #require(rows.first?.firstIndex(of: "uncertain"))
        #expect(rows.dropFirst().contains { $0[column] == "1" } && rows.dropFirst().contains { $0[column] == "0" } && rows.dropFirst().contains { $0[column].isEmpty })
    }

    @Test("reports hold nothing empty, and say which way is better")
    func form() async throws {
        let folder = try TemporaryFolder()
        _ = try await sweep(complete: true, in: folder)
        for name in ["measure-report", "measure-reports", "gaps"] {
            let text = try folder.read("true/\(name).ndjson")
            #expect(!text.isEmpty)
            for hollow in ["[]", "{}", ":\"\"", ":null"] { #expect(!text.contains(hollow), "\(name): \(hollow)") }
        }
        for report in try reports("true/measure-report.ndjson", folder) + reports("true/measure-reports.ndjson", folder) {
            let direction = report.root["improvementNotation"]?["coding"]?.elements.first { _ in true }?["code"]?.string
            let isInverse = ["cms122", "cms156", "cms506"].contains { report.root["measure"]?.string?.hasPrefix("urn:vigil:rule:\($0)|") ?? false }
            #expect(direction == (isInverse ? "decrease" : "increase"))
            #expect(report.root["reporter"]?["display"]?.string == "Vigil 0")
            let scoring = report.root["extension"]?.elements.first { _ in true }?["valueCodeableConcept"]?["coding"]?.elements.first { _ in true }
            #expect(scoring?["code"]?.string == "proportion")
        }
        // A care-gap rule has no populations, and its report no group.
        for document in try reports("true/gaps.ndjson", folder) {
            let found = document.root["entry"]?.elements.compactMap { $0["resource"] }.filter { $0["resourceType"]?.equals("MeasureReport") == true } ?? []
            #expect(!found.isEmpty)
            for report in found {
                #expect((report["group"] == nil) == (report["improvementNotation"] == nil))
                #expect(report["group"].map { $0.elements.allSatisfy { ($0["population"]?.count ?? 0) > 0 } } ?? true)
            }
        }
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
