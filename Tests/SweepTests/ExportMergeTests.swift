import Foundation
import Testing

@testable import Sweep

@Suite("Merging exports")
struct ExportMergeTests {
    @Test("what came anew takes the place of what was there, and what was deleted goes")
    func merge() throws {
        let folder = try TemporaryFolder()
        for name in ["before", "after"] { try FileManager.default.createDirectory(atPath: folder.path + "/" + name, withIntermediateDirectories: true) }
        func line(_ type: String, _ id: String, _ more: String = "") -> String { #"{"resourceType":"\#(type)","id":"\#(id)"\#(more)}"# }
        try folder.write([line("Patient", "1"), line("Patient", "2"), line("Patient", "3"), "not json"].joined(separator: "\n"), to: "before/Patient.00001.ndjson")
        try folder.write(line("Condition", "1") + "\n" + line("Condition", "2") + "\n", to: "before/Condition.00002.ndjson")
        try folder.write(line("Patient", "2", #","gender":"male""#) + "\n" + line("Patient", "4") + "\n", to: "after/Patient.00001.ndjson")
        try folder.write(
            #"{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"DELETE","url":"Condition/2"}},{"request":{"method":"DELETE","url":"https://ehr.example.org/fhir/Patient/3"}}]}"#,
            to: "deleted.ndjson")
        let merge = ExportMerge(earlier: folder.path + "/before", changed: folder.path + "/after", deleted: [folder.path + "/deleted.ndjson"])
        try merge.write(into: folder.path + "/whole")
        func read(_ name: String) throws -> [String] { try folder.read("whole/" + name).split(separator: "\n").map(String.init) }
        #expect(try read("Patient.00001.ndjson") == [line("Patient", "2", #","gender":"male""#), line("Patient", "4")])
        #expect(try read("Patient.before.Patient.00001.ndjson") == [line("Patient", "1"), "not json"])
        #expect(try read("Condition.before.Condition.00002.ndjson") == [line("Condition", "1")])
        // A last line without a line break is whole, and gets one.
        #expect(try folder.read("whole/Patient.00001.ndjson").hasSuffix("}\n"))
        // Done is done: files that a sweep has read keep their time.
        try folder.write("", to: "whole/Patient.00001.ndjson")
        try merge.write(into: folder.path + "/whole")
        #expect(try read("Patient.00001.ndjson").isEmpty)
    }

    @Test("what was cut off is cut off in the whole too: what followed it is lost, whoever's it was")
    func cut() async throws {
        let folder = try TemporaryFolder()
        for name in ["before", "after"] { try FileManager.default.createDirectory(atPath: folder.path + "/" + name, withIntermediateDirectories: true) }
        for (name, text) in SamplePopulation(count: 12).export() { try folder.write(text, to: "before/" + name) }
        let results = try folder.read("before/Observation.ndjson")
        try folder.write(String(results.dropLast(40)), to: "before/Observation.ndjson")
        try folder.write("{\"resourceType\":\"Procedure\",\"id\":\"n\"", to: "after/Procedure.ndjson")
        let merge = ExportMerge(earlier: folder.path + "/before", changed: folder.path + "/after", deleted: [])
        try merge.write(into: folder.path + "/whole")
        #expect(try folder.read("whole/Observation.before.Observation.ndjson") == String(results.dropLast(40)))
        #expect(try folder.read("whole/Condition.before.Condition.ndjson") == folder.read("before/Condition.ndjson"))
        let swept = try await folder.sweep([folder.path + "/whole"], into: "swept")
        let losses = swept.summary.losses.map(\.loss).filter(\.isAnyones).flatMap(\.types)
        #expect(Set(losses) == ["Observation", "Procedure"])
    }
}
