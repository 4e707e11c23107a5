import Clinical
import Documents
import Intake
import Testing

/// The code of a result comes again with every result of the lab; each must keep its own.
@Suite struct RecurringCodeTests {
    private func read(_ codes: [String]) throws -> (observations: [Observation], notes: [IntakeNote]) {
        let resources = codes.enumerated().map { number, code in
            "{\"resourceType\":\"Observation\",\"id\":\"o\(number)\",\"status\":\"final\",\"code\":\(code),\"valueInteger\":\(number)}"
        }
        var reader = FHIRReader(asOf: try #require(AsOf("2026-01-15")))
        reader.readBundle(try JSONDocument(parsing: "[\(resources.joined(separator: ","))]").root)
        let (snapshot, notes) = reader.finish()
        return (snapshot.observations, notes)
    }

    private func loinc(_ code: String, _ text: String) -> String {
        "{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"\(code)\",\"display\":\"\(text)\"}],\"text\":\"\(text)\"}"
    }

    @Test func eachKeepsItsOwn() throws {
        // Alike in length and at their ends, as names of labs are.
        let labs = (0..<300).map { (code: "\(1000 + $0)-1", text: "Mass \(1000 + $0) in Serum or Plasma") }
        let asked = labs + labs.reversed() + labs
        let observations = try read(asked.map { loinc($0.code, $0.text) }).observations
        #expect(observations.map { $0.code.codings.first?.code } == asked.map(\.code))
        #expect(observations.map(\.code.text) == asked.map(\.text))
        #expect(observations.allSatisfy { $0.code.codings.first?.system == .loinc })
    }

    @Test func aFaultIsNotedOfEachThatHasIt() throws {
        let notes = try read(Array(repeating: "{\"coding\":[{\"code\":\"K\"}]}", count: 3)).notes
        let about = notes.filter { $0.what == "Observation.coding" }.compactMap(\.about?.id)
        #expect(about == ["o0", "o1", "o2"])
    }
}
