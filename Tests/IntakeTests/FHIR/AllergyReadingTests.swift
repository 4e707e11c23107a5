import Clinical
import Intake
import Testing

@Suite struct AllergyReadingTests {
    func allergy(_ members: String) throws -> AllergyIntolerance {
        try #require(try read(resource("AllergyIntolerance", members)).snapshot.allergies.first)
    }

    @Test(arguments: ["refuted", "entered-in-error"])
    func E1_refuted(status: String) throws {
        #expect(try allergy("\(clinical("active")), \(verified(status))").standing == .refuted)
    }

    @Test(arguments: ["resolved", "inactive"])
    func E2_past(status: String) throws {
        #expect(try allergy(clinical(status)).standing == .past)
    }

    @Test func E3_E4_noneKnownStaysACode_andNothingIsEmpty() throws {
        let none = #""code": {"coding": [{"system": "http://snomed.info/sct", "code": "716186003"}]}"#
        #expect(try allergy("\(clinical("active")), \(none)").code.codings == [Coding(system: .snomedCT, code: "716186003")])
        let empty = try read([(.allergies, bundle([]))])
        #expect(empty.snapshot.allergies.isEmpty && empty.snapshot.supply(of: .allergies) == .complete)
    }

    @Test(arguments: [("nilknown", true), ("notasked", false), ("unavailable", false)])
    func E4_emptyReasonOfAList(reason: String, isComplete: Bool) throws {
        let list = resource(
            "List",
            #""status": "current", "code": {"coding": [{"system": "http://loinc.org", "code": "52473-6"}]}, "emptyReason": {"coding": [{"system": "urn:x", "code": "\#(reason)"}]}"#)
        let supply = try read([(.allergies, bundle([list]))]).snapshot.supply(of: .allergies)
        #expect((supply == .complete) == isComplete)
    }

    @Test func E6_substanceOfTheReaction() throws {
        let reaction = """
            {"substance": {"coding": [{"system": "\(rxnorm)", "code": "723"}]}, "severity": "severe",
            "manifestation": [{"coding": [{"system": "http://snomed.info/sct", "code": "247472004"}]}]}
            """
        let found = try allergy(#"\#(clinical("active")), "reaction": [\#(reaction)]"#)
        #expect(found.code.isUncoded)
        #expect(found.reactions.first?.substance?.codings.first?.code == "723")
        #expect(found.reactions.first?.manifestations.count == 1 && found.reactions.first?.severity == "severe")
    }

    @Test func E7_typeCriticalityCategory() throws {
        let found = try allergy(#""type": "intolerance", "criticality": "low", "category": ["food", "environment"]"#)
        #expect(found.kind == .intolerance && found.criticality == .low && found.categories == ["food", "environment"])
        #expect(try allergy(#""criticality": "unable-to-assess""#).criticality == .unableToAssess)
    }

    @Test func E12_withoutStatuses_isChecked() throws {
        #expect(try allergy(#""code": {"text": "x"}"#).standing == .active)
    }
}
