import CareGaps
import Clinical
import Documents
import Engine
import Foundation
import Testing

@testable import Sweep

/// What was lost with a damaged line or file is not checked: of the patient whose it was, else of everybody.
@Suite("Damaged inputs")
struct DamagedInputTests {
    private let population = SamplePopulation(count: 24)

    /// Writes an export by type, spoils some of it, and sweeps it.
    private func sweep(
        _ folder: TemporaryFolder, as name: String, since: String? = nil, spoil: (String) throws -> Void = { _ in }
    ) async throws -> (lines: [String], summary: SweepSummary, kept: Int) {
        let export = "\(name)-export"
        try FileManager.default.createDirectory(atPath: folder.path + "/" + export, withIntermediateDirectories: true)
        for (file, text) in population.export() { try folder.write(text, to: "\(export)/\(file)") }
        try spoil(export)
        return try await folder.sweep([folder.path + "/" + export], into: name, since: since)
    }

    private func results(_ lines: [String]) throws -> [String: CareGapResult] {
        var results: [String: CareGapResult] = [:]
        for line in lines {
            let node = try JSONDocument(parsing: line).root
            results["\(node["patient"]?.string ?? "") \(node["rule"]?.string ?? "")"] = try #require(CareGapResult(node))
        }
        return results
    }

    /// Checks that whatever is no longer as it is in the whole export is not checked, but for what is so whatever else is not known: what
    /// was done is done, and who is excluded needs nothing. Gives the patients of whom anything is other.
    private func concerned(_ whole: [String], _ damaged: [String]) throws -> Set<String> {
        let (whole, damaged) = (try results(whole), try results(damaged))
        var patients: Set<String> = []
        for (key, before) in whole {
            let after = try #require(damaged[key], "\(key) is gone")
            guard after.state != before.state else { continue }
            let isSoAnyway = [.notInPopulation, .excluded, .exception].contains(before.state) && [.closed, .excluded].contains(after.state)
            #expect(after.state == .notChecked || isSoAnyway, "\(key): \(before.state) became \(after.state)")
            patients.insert(String(key.prefix { $0 != " " }))
        }
        return patients
    }

    private func pack(_ path: String, with program: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program, "-q", "-f", path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    private func cut(_ path: String, to share: Double) throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try whole.prefix(Int(Double(whole.count) * share)).write(to: URL(fileURLWithPath: path))
    }

    @Test("a file that was cut off: everybody's data of its kind are incomplete", arguments: ["", "gzip", "zstd"])
    func cutFile(_ packing: String) async throws {
        let folder = try TemporaryFolder()
        let whole = try await sweep(folder, as: "whole")
        let damaged = try await sweep(folder, as: "cut") { export in
            let path = "\(folder.path)/\(export)/Condition.ndjson"
            if !packing.isEmpty { try pack(path, with: packing) }
            let ending = packing == "gzip" ? ".gz" : packing == "zstd" ? ".zst" : ""
            try cut(path + ending, to: 0.4)
            if packing == "zstd" { try? FileManager.default.removeItem(atPath: path) }
        }
        let patients = try concerned(whole.lines, damaged.lines)
        // Also those of whom no condition was there.
        #expect(patients.count > population.count / 2)
        #expect(damaged.summary.rejects > 0)
        let loss = try #require(damaged.summary.losses.first)
        #expect(loss.loss == InputLoss(types: ["Condition"], isAnyones: true))
        let summary = try JSONDocument(parsing: try folder.read("cut/summary.json")).root
        let incomplete = try #require(summary["incomplete"]?.elements.first { $0["of"]?.string == "everyone" })
        #expect(incomplete["types"]?.elements.compactMap(\.string) == ["Condition"])
        #expect(incomplete["why"]?.string?.hasPrefix("Condition.ndjson") == true)
        #expect(try folder.read("cut/report.html").contains("<td>Condition</td><td>everyone</td>"))
        #expect(damaged.lines.contains { $0.contains("lost with a damaged line or file") })
    }

    @Test("a damaged line that names its patient concerns nobody else", arguments: [
        #"{"resourceType":"Condition","id":"x","subject":{"reference":"Patient/p3"},"code":{"#,
        #"{"resourceType":"Condition","id":"x","code":{"coding":[}]},"subject":{"reference":"Patient/p3"}}"#,
        #"{ "resourceType" : "Condition", "subject" : { "type" : "Patient", "reference" : "http://ehr.example/fhir/Patient/p3" }, "code" : "#,
    ])
    func patientsLine(_ line: String) async throws {
        let folder = try TemporaryFolder()
        let whole = try await sweep(folder, as: "whole")
        let damaged = try await sweep(folder, as: "cut") { export in
            let text = try folder.read("\(export)/Condition.ndjson")
            try folder.write(line + "\n" + text, to: "\(export)/Condition.ndjson")
        }
        #expect(try concerned(whole.lines, damaged.lines) == ["p3"])
        #expect(damaged.summary.rejects == 1)
        #expect(damaged.summary.losses.map(\.loss) == [InputLoss(types: ["Condition"], isAnyones: false)])
    }

    @Test("a damaged line that names no patient may be anybody's", arguments: [
        #"{"resourceType":"Condition","id":"x","subject":{"refer"#,
        #"{"resourceType":"Condition","id":"x","subject":{"reference":"Patient/p"#,
        // One that was cut off, and the next in the same line.
        #"{"resourceType":"Condition","id":"x","sub{"resourceType":"Condition","id":"y","subject":{"reference":"Patient/p3"}}"#,
        "garbage",
    ])
    func anyonesLine(_ line: String) async throws {
        let folder = try TemporaryFolder()
        let whole = try await sweep(folder, as: "whole")
        let damaged = try await sweep(folder, as: "cut") { export in
            let text = try folder.read("\(export)/Condition.ndjson")
            try folder.write(line + "\n" + text, to: "\(export)/Condition.ndjson")
        }
        #expect(try concerned(whole.lines, damaged.lines).count > population.count / 2)
        #expect(damaged.summary.losses.map(\.loss) == [InputLoss(types: ["Condition"], isAnyones: true)])
    }

    @Test("where neither line nor name tells the kind, any kind is incomplete; a kind that is not read is none")
    func kinds() throws {
        #expect(InputLoss(file: "Condition.ndjson.gz") == InputLoss(types: ["Condition"], isAnyones: true))
        #expect(InputLoss(file: "000-Observation-2.ndjson") == InputLoss(types: ["Observation"], isAnyones: true))
        #expect(InputLoss(file: "all.ndjson")?.sections == Set(RecordSection.allCases))
        #expect(InputLoss(file: "-")?.sections == Set(RecordSection.allCases))
        #expect(InputLoss(file: "Claim.ndjson.gz") == nil)
        #expect(InputLoss(file: "Medication.ndjson")?.sections == [.medications])
    }

    @Test("a damaged Medication takes nobody's other data with it")
    func shared() async throws {
        let folder = try TemporaryFolder()
        let whole = try await sweep(folder, as: "whole")
        let damaged = try await sweep(folder, as: "cut") { export in
            let text = try folder.read("\(export)/Medication.ndjson").replacingOccurrences(of: "\"code\":\"36567\"", with: "\"code\":36 567")
            try folder.write(text, to: "\(export)/Medication.ndjson")
        }
        _ = try concerned(whole.lines, damaged.lines)
        #expect(damaged.summary.losses.map(\.loss) == [InputLoss(types: ["Medication"], isAnyones: true)])
        let unlike = zip(whole.lines, damaged.lines).filter { $0 != $1 }
        #expect(unlike.count < whole.lines.count / 2)
    }

    @Test("of a damaged bundle its patient's record is incomplete, where it still names one")
    func bundle() async throws {
        let folder = try TemporaryFolder()
        var bundles = population.bundles()
        try folder.write(bundles.joined(separator: "\n") + "\n", to: "whole.ndjson")
        let whole = try await folder.sweep([folder.path + "/whole.ndjson"], into: "whole")
        bundles[4] = String(bundles[4].prefix(bundles[4].count / 2))
        try folder.write(bundles.joined(separator: "\n") + "\n", to: "cut.ndjson")
        let damaged = try await folder.sweep([folder.path + "/cut.ndjson"], into: "cut")
        #expect(try concerned(whole.lines, damaged.lines) == ["p4"])
    }

    @Test("damage that came or went is taken into account when only what has changed is done again")
    func since() async throws {
        let folder = try TemporaryFolder()
        let line = #"{"resourceType":"Condition","id":"x","subject":{"reference":"Patient/p3"},"code":{"# + "\n"
        func add(_ line: String) -> (String) throws -> Void {
            { export in try folder.write(line + (try folder.read("\(export)/Condition.ndjson")), to: "\(export)/Condition.ndjson") }
        }
        let whole = try await sweep(folder, as: "whole")
        let one = try await sweep(folder, as: "one", spoil: add(line))
        let all = try await sweep(folder, as: "all", spoil: add("garbage\n"))
        let came = try await sweep(folder, as: "came", since: "whole", spoil: add(line))
        #expect(came.lines == one.lines && came.kept == population.count - 1)
        let went = try await sweep(folder, as: "went", since: "one")
        #expect(went.lines == whole.lines && went.kept == population.count - 1)
        let cameForAll = try await sweep(folder, as: "cameForAll", since: "whole", spoil: add("garbage\n"))
        #expect(cameForAll.lines == all.lines && cameForAll.kept == 0)
        let stayed = try await sweep(folder, as: "stayed", since: "all", spoil: add("garbage\n"))
        #expect(stayed.lines == all.lines && stayed.kept == population.count)
        let wentForAll = try await sweep(folder, as: "wentForAll", since: "all")
        #expect(wentForAll.lines == whole.lines && wentForAll.kept == 0)
    }

    @Test("a sweep that goes on after it was killed knows what its inputs lost")
    func resume() async throws {
        let folder = try TemporaryFolder()
        let damaged = try await sweep(folder, as: "a") { export in
            try folder.write("garbage\n" + (try folder.read("\(export)/Condition.ndjson")), to: "\(export)/Condition.ndjson")
        }
        let inputs = try SweepInput.files(at: [folder.path + "/a-export"])
        let work = try WorkFolder(folder.path + "/a/.sweep")
        _ = try await Grouping(
            inputs: inputs, spill: Spill(folder: work, partCount: Spill.partCount(for: inputs)), workers: 1, progress: SweepProgress()
        ).run()
        work.remove("part-0")
        work.remove("complete")
        let resumed = try await folder.sweep([folder.path + "/a-export"], into: "a")
        #expect(resumed.lines == damaged.lines)
        #expect(resumed.summary.losses.map(\.loss) == damaged.summary.losses.map(\.loss))
    }

    @Test(
        "what a damaged line still tells is sure",
        arguments: [
            (#"{"resourceType":"Condition","id":"1","subject":{"reference":"Patient/p1"},"co"#, ["Condition"], "p1"),
            (#"{"resourceType":"Immunization","patient":{"reference":"Patient/p1"},"#, ["Immunization"], "p1"),
            (#"{"resourceType":"Patient","id":"p1","name":[{"#, ["Patient"], "p1"),
            (#"{"resourceType":"Patient","name":[{"id":"other"#, ["Patient"], nil),
            (#"{"resourceType":"Observation","note":[{"text":"\"subject\":{\"reference\":\"Patient/other\"}"}],"#, ["Observation"], nil),
            (#"{"resourceType":"Observation","subject":{"display":"x"},"performer":[{"reference":"Patient/other"}],"#, ["Observation"], nil),
            (#"{"resourceType":"Observation","subject":{"reference":"Group/g"},"#, ["Observation"], nil),
            (#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p1"}},{"resource":{"resourceType":"Con"#, ["Bundle", "Patient"], "p1"),
            (#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p1"}},{"resource":{"resourceType":"Patient","id":"p2"}},"#, ["Bundle", "Patient", "Patient"], nil),
            (#"","contained":[{"resourceType":"Medication","id":"m"}],"subject":{"reference":"Patient/p1"}}"#, [], nil),
            (#"{"resourceType":"Cond"#, [], nil),
            ("", [], nil),
        ] as [(String, [String], String?)])
    func line(_ text: String, _ types: [String], _ patient: String?) {
        let line = Array(text.utf8).withUnsafeBytes { DamagedLine($0) }
        #expect(line.types == types)
        #expect(line.patient == patient)
    }
}
