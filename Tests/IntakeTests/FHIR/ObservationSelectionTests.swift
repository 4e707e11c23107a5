import Clinical
import Documents
import Intake
import Testing

/// Only the observations that somebody asks for are read.
@Suite struct ObservationSelectionTests {
    private func codes(_ wanted: Set<String>?) throws -> [String] {
        let text = """
            [{"resourceType":"Observation","id":"k","status":"final","code":{"coding":[{"system":"local","code":"K"},{"system":"http://loinc.org","code":"2823-3"}]},
              "subject":{"reference":"Patient/p"},"valueQuantity":{"value":4.1,"code":"mmol/L","system":"http://unitsofmeasure.org"}},
             {"resourceType":"Observation","id":"h","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8302-2"}]},"subject":{"reference":"Patient/p"}},
             {"resourceType":"Observation","id":"bp","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},"subject":{"reference":"Patient/p"},
              "component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":152,"code":"mm[Hg]","system":"http://unitsofmeasure.org"}}]}]
            """
        var reader = FHIRReader(asOf: try #require(AsOf("2026-01-15")), patientID: "p", observationCodes: wanted.map(CodeFilter.init))
        reader.readBundle(try JSONDocument(parsing: text).root)
        return reader.finish().snapshot.observations.compactMap { $0.code.codings.last?.code }.sorted()
    }

    @Test func allWithoutASelection() throws {
        #expect(try codes(nil) == ["2823-3", "8302-2", "8480-6", "85354-9"])
    }

    @Test func onlyWhatIsAskedFor() throws {
        #expect(try codes(["2823-3"]) == ["2823-3"])
        #expect(try codes([]) == [])
    }

    @Test func aComponentBringsItsPanel() throws {
        #expect(try codes(["8480-6"]) == ["8480-6", "85354-9"])
    }

    /// It may be the newest result of what is looked for.
    @Test func whatNoRuleCanFindIsSaid() throws {
        func notes(_ members: String) throws -> [String] {
            let text = #"[{"resourceType":"Observation","id":"k","subject":{"reference":"Patient/p"},"# + members + "}]"
            var reader = FHIRReader(asOf: try #require(AsOf("2026-01-15")), patientID: "p", observationCodes: CodeFilter(["2823-3", "85354-9"]))
            reader.readBundle(try JSONDocument(parsing: text).root)
            return reader.finish().notes.map { "\($0.what): \($0.why)" }
        }
        let value = #""valueQuantity":{"value":4.1,"code":"mmol/L","system":"http://unitsofmeasure.org"}"#
        let unfound = "Observation.code: it has no LOINC code, so that no rule can find it"
        #expect(try notes(#""status":"final","code":{"text":"potassium"},"# + value) == [unfound])
        #expect(try notes(#""status":"final","code":{"coding":[{"system":"urn:oid:1.2.3","code":"K"}]},"# + value) == [unfound])
        #expect(try notes(#""status":"final","# + value) == [unfound])
        #expect(try notes(#""status":"entered-in-error","# + value).contains(unfound) == false)
        #expect(try notes(#""status":"cancelled","# + value) == [])
        #expect(try notes(#""status":"final","code":{"coding":[{"system":"urn:oid:2.16.840.1.113883.6.1","code":"8302-2"}]},"# + value) == [])

        let panel = #""status":"final","code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]}"#
        #expect(try notes(panel) == ["Observation.value[x]: there is neither a value nor a reason for its absence"])
        #expect(try notes(panel + #","hasMember":[{"reference":"Observation/s"}]"#) == [])
        #expect(try notes(panel + #","dataAbsentReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason","code":"not-performed"}]}"#) == [])
    }
}
