import Foundation
import Testing

@testable import Sweep

/// Inputs as other systems write them, and what a sweep does not take.
@Suite("Unusual inputs")
struct UnusualInputTests {
    private let population = SamplePopulation(count: 24)

    private func export(_ folder: TemporaryFolder, _ change: (String) -> String = { $0 }) throws -> String {
        try FileManager.default.createDirectory(atPath: folder.path + "/export", withIntermediateDirectories: true)
        for (name, text) in population.export() { try folder.write(change(text), to: "export/" + name) }
        return folder.path + "/export"
    }

    @Test("a byte order mark, carriage returns and blank lines change nothing")
    func marks() async throws {
        let (plain, marked) = (try TemporaryFolder(), try TemporaryFolder())
        let expected = try await plain.sweep([try export(plain)], into: "a")
        let export = try export(marked) { "\u{FEFF}\r\n" + $0.replacingOccurrences(of: "\n", with: "\r\n \r\n") }
        let swept = try await marked.sweep([export], into: "a")
        #expect(swept.summary.rejects == 0)
        #expect(swept.lines == expected.lines)
        // The mark stands before the first byte only.
        try marked.write("\u{FEFF}" + population.bundles()[3], to: "one.json")
        try marked.write(population.bundles()[4] + "\n\u{FEFF}" + population.bundles()[5] + "\n", to: "two.ndjson")
        let bundles = try await marked.sweep([marked.path + "/one.json", marked.path + "/two.ndjson"], into: "b")
        #expect(bundles.summary.patients == 3)
        #expect(bundles.summary.rejects == 1)
    }

    @Test("a file that is packed and does not say so in its name is unpacked", arguments: ["gzip", "zstd"])
    func packed(_ program: String) async throws {
        let folder = try TemporaryFolder()
        let export = try export(folder)
        let expected = try await folder.sweep([export], into: "a")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program, "-q", "-f", export + "/Observation.ndjson"]
        try process.run()
        process.waitUntilExit()
        let packed = export + "/Observation.ndjson." + (program == "gzip" ? "gz" : "zst")
        try? FileManager.default.removeItem(atPath: export + "/Observation.ndjson")
        try FileManager.default.moveItem(atPath: packed, toPath: export + "/Observation.ndjson")
        let swept = try await folder.sweep([export], into: "b")
        #expect(swept.summary.rejects == 0)
        #expect(swept.lines == expected.lines)
        // How far it has come is told in bytes as they are stored, of a packed file while it is unpacked.
        let inputs = try SweepInput.files(at: [export])
        var blocks = LineBlocks(inputs.filter { $0.compression != .none })
        #expect(blocks.storedRead == 0)
        _ = try blocks.nextBlock()
        #expect(blocks.storedRead > 0)
        let progress = SweepProgress()
        let options = SweepOptions(inputs: inputs, folder: folder.path + "/c", asOf: SampleRules.asOf, reports: [])
        _ = try await Sweep(options, evaluator: try SampleRules.evaluator(), edition: SampleRules.edition, progress: progress).run()
        #expect(progress.reading.storedSize == inputs.reduce(0) { $0 + $1.size })
        #expect(progress.reading.storedRead == progress.reading.storedSize)
    }

    @Test("what lies in a folder and is not swept is named; HL7 v2 and C-CDA are said not to be swept")
    func others() async throws {
        let folder = try TemporaryFolder()
        let export = try export(folder)
        for name in ["a.hl7", "b.xml", "Observation.NDJSON", ".hidden", "manifest.json"] { try folder.write("x", to: "export/" + name) }
        try FileManager.default.createDirectory(atPath: export + "/more", withIntermediateDirectories: true)
        #expect(try SweepInput.passedOver(at: [export, "-"]) == ["Observation.NDJSON", "a.hl7", "b.xml", "more/"])
        #expect(try SweepInput.passedOver(at: [export + "/Patient.ndjson"]).isEmpty)
        var options = SweepOptions(inputs: try SweepInput.files(at: [export]), folder: folder.path + "/out", asOf: SampleRules.asOf, reports: [])
        options.passedOver = ["a.hl7"]
        _ = try await Sweep(options, evaluator: try SampleRules.evaluator(), edition: SampleRules.edition).run()
        #expect(try folder.read("out/summary.json").contains("\"passedOver\": [\n    \"a.hl7\"\n  ]"))
        for path in [export + "/a.hl7", export + "/b.xml", export + "/more"] {
            do {
                _ = try SweepInput.files(at: [path])
                Issue.record("\(path) was taken")
            } catch {
                #expect(error.description.contains("HL7 v2 messages, C-CDA documents and FHIR as XML are not swept"))
            }
        }
    }

    @Test("a resource or Bundle of which it cannot be told whose it is may be anybody's", arguments: [
        (#"{"resourceType":"Condition","id":"x","subject":{"identifier":{"value":"mrn"}}}"#, ["Condition"]),
        (#"{"resourceType":"Observation","id":"x","subject":{"display":"Mrs A"}}"#, ["Observation"]),
        (#"{"resourceType":"Observation","id":"x","subject":{"reference":"Patient?identifier=1"}}"#, ["Observation"]),
        (#"{"resourceType":"Condition","id":"x"}"#, ["Condition"]),
        (#"{"resourceType":"AllergyIntolerance","id":"x","patient":{"identifier":{"value":"mrn"}}}"#, ["AllergyIntolerance"]),
        (##"{"resourceType":"Condition","id":"x","contained":[{"resourceType":"Patient","id":"p"}],"subject":{"reference":"#p"}}"##, ["Condition"]),
        (#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p1"}},{"resource":{"resourceType":"Patient","id":"p2"}},{"resource":{"resourceType":"Observation","id":"x"}}]}"#, ["Observation", "Patient"]),
        (#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Immunization","id":"x","patient":{"reference":"Patient/p1"}}}]}"#, ["Immunization"]),
        // About no patient, or nothing that is read.
        (#"{"resourceType":"Observation","id":"x"}"#, []),
        (#"{"resourceType":"Observation","id":"x","subject":{"reference":"Device/1"}}"#, []),
        (#"{"resourceType":"Observation","id":"x","subject":{"reference":"https://ehr.example.org/fhir/Group/1/_history/2"}}"#, []),
        (#"{"resourceType":"Observation","id":"x","subject":{"type":"Location","identifier":{"value":"ward"}}}"#, []),
        (##"{"resourceType":"Observation","id":"x","contained":[{"resourceType":"Device","id":"d"}],"subject":{"reference":"#d"}}"##, []),
        (#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"OperationOutcome"}}]}"#, []), (#"{"resourceType":"Bundle"}"#, []),
        (#"{"resourceType":"Patient","gender":"female"}"#, []),
    ])
    func unclaimed(_ line: String, _ types: [String]) async throws {
        let folder = try TemporaryFolder()
        let export = try export(folder)
        let whole = try await folder.sweep([export], into: "whole")
        try folder.write(line, to: "export/Other.ndjson")
        let swept = try await folder.sweep([export], into: "swept")
        #expect(swept.summary.rejects == 1)
        #expect(swept.summary.losses.map(\.loss) == (types.isEmpty ? [] : [InputLoss(types: types, isAnyones: true)]))
        // Nothing that was not told before is told now.
        func told(_ lines: [String]) -> Set<String> { Set(lines.filter { !$0.contains("not-checked") }) }
        #expect(told(swept.lines).isSubset(of: told(whole.lines)) || !types.isEmpty)
        if types == ["Observation"] { #expect(swept.lines.contains { $0.contains("hba1c-overdue") && $0.contains("not-checked") }) }
        if types.isEmpty { #expect(swept.lines == whole.lines) }
    }
}
