import Clinical
import Documents
import Engine
import Intake
import Testing

@testable import Sweep

@Suite("Lines that are kept")
struct KeptLineTests {
    private let interest = ResourceInterest(
        sections: [.observations], observationCodes: ["4548-4"], eventKinds: [.observation, .diagnosticReport, .encounter],
        eventCodes: [.observation: ["72166-2"], .diagnosticReport: ["24606-6"], .encounter: ["185349003"]])

    private func kept(_ line: String) -> KeptLine? {
        var sorting = LineSorting(interest)
        return Array(line.utf8).withUnsafeBytes { sorting.place(of: $0).kept }
    }

    private func observation(_ id: String, code: String, more: String = "") -> String {
        """
        {"resourceType":"Observation","id":"\(id)","status":"final"\(more),"code":{"coding":[{"system":"http://loinc.org","code":"\(code)"}]},\
        "subject":{"reference":"Patient/p0"},"effectiveDateTime":"2026-01-02","valueQuantity":{"value":6.1,"unit":"%"}}
        """
    }

    @Test("a result that a rule or a measure reads is kept whole", arguments: ["4548-4", "72166-2"])
    func wanted(_ code: String) {
        #expect(kept(observation("a", code: code))?.extent.isRemainder == false)
    }

    @Test("of a result that nobody reads its id, its version and its code are kept")
    func unwanted() {
        let line = kept(observation("a", code: "2951-2", more: ",\"meta\":{\"versionId\":\"3\"}"))
        #expect(line?.extent.isRemainder == true)
        #expect(
            line?.remainder.map { String(decoding: $0, as: UTF8.self) }
                == #"{"resourceType":"Observation","id":"a","meta":{"versionId":"3"},"code":{"coding":[{"system":"http://loinc.org","code":"2951-2"}]}}"#)
    }

    @Test(
        "what must not be used, a panel with a part that is read, and what is no JSON stay whole",
        arguments: [
            ",\"modifierExtension\":[{\"url\":\"http://example.org/x\",\"valueBoolean\":true}]",
            ",\"implicitRules\":\"http://example.org\"", ",\"meta\":{\"tag\":[{\"code\":\"SUBSETTED\"}]}",
            ",\"component\":[{\"code\":{\"coding\":[{\"code\":\"4548-4\"}]}}]", ",\"note\":oops",
        ])
    func exceptions(_ more: String) {
        #expect(kept(observation("a", code: "2951-2", more: more))?.remainder == nil)
    }

    @Test("reports are kept by what measures ask for, visits too where no rule reads them, every other kind is kept")
    func kinds() {
        func visit(_ code: String) -> String { "{\"resourceType\":\"Encounter\",\"id\":\"e\",\"type\":[{\"coding\":[{\"code\":\"\(code)\"}]}]}" }
        #expect(kept(visit("185349003"))?.extent.isRemainder == false)
        #expect(kept(visit("371883000"))?.extent.isRemainder == true)
        func report(_ code: String) -> String { "{\"resourceType\":\"DiagnosticReport\",\"id\":\"d\",\"code\":{\"coding\":[{\"code\":\"\(code)\"}]}}" }
        #expect(kept(report("24606-6"))?.extent.isRemainder == false)
        #expect(kept(report("1-8"))?.extent.isRemainder == true)
        #expect(kept("{\"resourceType\":\"Condition\",\"id\":\"q\"}") == nil)
    }

    @Test("of a result that counts only from some day on, what lies before keeps its time; what cannot be told stays whole")
    func tooLongAgo() throws {
        let day = try #require(CivilDate("2026-01-01"))
        let interest = ResourceInterest(
            sections: [], observationCodes: [], eventKinds: [.observation], eventCodes: [.observation: ["39156-5", "72166-2"]],
            firstDays: [.observation: ["39156-5": day]])
        func remainder(_ time: String, code: String = "39156-5", more: String = "") -> String? {
            var sorting = LineSorting(interest)
            let line = "{\"resourceType\":\"Observation\",\"id\":\"a\",\"code\":{\"coding\":[{\"code\":\"\(code)\"}]},\(time)\(more)\"subject\":{\"reference\":\"Patient/p0\"}}"
            return Array(line.utf8).withUnsafeBytes { sorting.place(of: $0).kept?.remainder }.map { String(decoding: $0, as: UTF8.self) }
        }
        for time in ["\"effectiveDateTime\":\"2025-12-31\"", "\"effectivePeriod\":{\"start\":\"2025-12-01\",\"end\":\"2025-12-31T23:59:59Z\"}"] {
            #expect(remainder(time + ",") == "{\"resourceType\":\"Observation\",\"id\":\"a\",\"code\":{\"coding\":[{\"code\":\"39156-5\"}]},\(time)}")
        }
        for time in [
            "\"effectiveDateTime\":\"2026-01-01\",", "\"effectiveDateTime\":\"2025-02-30\",", "",
            "\"effectivePeriod\":{\"start\":\"2025-12-01\"},", "\"effectivePeriod\":{\"end\":\"2025-12-01\"},",
            "\"effectivePeriod\":{\"start\":\"2025-12-02\",\"end\":\"2025-12-01\"},", "\"effectiveTiming\":{\"event\":[\"2025-12-01\"]},",
            "\"effectiveDateTime\":\"2025-12-31\",\"effectiveInstant\":\"2025-12-31T00:00:00Z\",",
        ] {
            #expect(remainder(time) == nil, "\(time)")
        }
        // A year is wholly before the next.
        #expect(remainder("\"effectiveDateTime\":\"2025\",") != nil)
        #expect(remainder("\"effectiveDateTime\":\"2025-12-31\",", code: "72166-2") == nil)
        #expect(remainder("\"effectiveDateTime\":\"2025-12-31\",", more: "\"implicitRules\":\"http://example.org\",") == nil)
    }

    @Test("procedures are kept by what any rule looks for, and where a code may stand for a category")
    func procedures() {
        let interest = ResourceInterest(
            sections: [.procedures], observationCodes: [], entryCodes: ["73761001"], eventKinds: [], eventCodes: [:])
        func isWhole(_ codings: String) -> Bool {
            var sorting = LineSorting(interest)
            let line = "{\"resourceType\":\"Procedure\",\"id\":\"q\",\"code\":{\"coding\":[\(codings)],\"text\":\"x\"}}"
            return Array(line.utf8).withUnsafeBytes { sorting.place(of: $0).kept?.remainder } == nil
        }
        let other = "{\"system\":\"http://snomed.info/sct\",\"code\":\"180256009\"}"
        #expect(isWhole("{\"system\":\"http://snomed.info/sct\",\"code\":\"73761001\"}"))
        #expect(!isWhole(other))
        #expect(isWhole(""))
        #expect(isWhole("{\"code\":\"180256009\"}"))
        #expect(isWhole("\(other),{\"system\":\"http://hl7.org/fhir/sid/icd-10-cm\",\"code\":\"Z00\"}"))
    }

    @Test("leaving out what nobody reads changes no result, versions and reasons included")
    func sameResults() async throws {
        let folder = try TemporaryFolder()
        let population = SamplePopulation(count: 1)
        var lines = population.resources.map(\.line)
        for number in 0..<20 { lines.append(observation("s\(number)", code: "2951-2")) }
        // Both versions of one: the later says that it was another test.
        lines.append(observation("v", code: "4548-4", more: ",\"meta\":{\"versionId\":\"1\"}"))
        lines.append(observation("v", code: "2951-2", more: ",\"meta\":{\"versionId\":\"2\"}"))
        lines.append(
            """
            {"resourceType":"MedicationRequest","id":"w","status":"active","intent":"order","medicationCodeableConcept":{"text":"something"},\
            "subject":{"reference":"Patient/p0"},"reasonReference":[{"reference":"Observation/s3"}]}
            """)
        try folder.write(lines.joined(separator: "\n"), to: "lines.ndjson")
        let entries = lines.map { "{\"resource\":\($0)}" }.joined(separator: ",")
        try folder.write("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[\(entries)]}", to: "bundle.ndjson")
        let thinned = try await folder.sweep([folder.path + "/lines.ndjson"], into: "a")
        let whole = try await folder.sweep([folder.path + "/bundle.ndjson"], into: "b")
        #expect(!thinned.lines.isEmpty)
        #expect(thinned.lines == whole.lines)
        #expect(!thinned.lines.contains { $0.contains("Observation/v") })
    }

    @Test("remainders are read only where one may be another version of a line, or the reason for a medicine")
    func needed() throws {
        let folder = try TemporaryFolder()
        let spill = Spill(folder: try WorkFolder(folder.path), partCount: 1)
        func needed(_ lines: [(type: String, text: String)]) throws -> Int {
            spill.folder.remove("spill-0")
            var writer = SpillWriter(spill)
            var sorting = LineSorting(interest)
            for (number, line) in lines.enumerated() {
                try Array(line.text.utf8).withUnsafeBytes { bytes in
                    try writer.add(
                        bytes, kept: sorting.place(of: bytes).kept, patient: "p0", type: line.type, input: 0, number: number + 1)
                }
            }
            try writer.finish()
            let part = try #require(try SpillPart(spill.path(0)))
            var count = 0
            try part.forEachPatient { count = part.needed($0.records).count }
            return count
        }
        let read = ("Observation", observation("a", code: "4548-4"))
        let unread = ("Observation", observation("b", code: "2951-2"))
        #expect(try needed([read, unread]) == 1)
        #expect(try needed([read, unread, ("Observation", observation("a", code: "2951-2"))]) == 3)
        let medicine = "{\"resourceType\":\"MedicationRequest\",\"id\":\"m\",\"reasonReference\":[{\"reference\":\"Observation/b\"}]}"
        #expect(try needed([read, unread, ("MedicationRequest", medicine)]) == 3)
    }
}
