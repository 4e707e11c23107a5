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
}
