import Clinical
import Intake
import Testing

/// The diseases of relatives.
///
/// - Source: FHIR R4, familymemberhistory.
@Suite struct FamilyHistoryReadingTests {
    private static let about = #""patient": {"reference": "Patient/p"}"#
    private static let cancer = #""code": {"coding": [{"system": "http://snomed.info/sct", "code": "255032005"}]}"#

    private func relative(
        _ code: String = "FTH", id: String = "1", status: String = "completed", _ condition: String = cancer, more: String = ""
    ) -> String {
        """
        {"resourceType": "FamilyMemberHistory", "id": "\(id)", "status": "\(status)", \(Self.about)\(more),
         "relationship": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "\(code)"}]},
         "condition": [{\(condition)}]}
        """
    }

    private func onset(_ members: String) throws -> ClosedRange<Int>? {
        try read(relative("FTH", Self.cancer + ", " + members)).snapshot.familyHistory.first?.onsetAge
    }

    @Test func aRelativesDiseaseIsReadWithKinshipAndAge() throws {
        let found = try #require(try read(relative("FTH", Self.cancer + #", "onsetAge": {"value": 52, "unit": "years", "system": "http://unitsofmeasure.org", "code": "a"}"#)).snapshot.familyHistory.first)
        #expect(found.reference == ResourceReference(type: "FamilyMemberHistory", id: "1"))
        #expect(found.kinship == .firstDegree && found.onsetAge == 52...52)
        #expect(found.code.codings.map(\.code) == ["255032005"])
    }

    @Test(arguments: [
        ("MTH", FamilyMemberHistory.Kinship.firstDegree), ("NSIS", .firstDegree), ("SONC", .firstDegree), ("HSIB", .further), ("PAUNT", .further),
        ("STPFTH", .unrelated), ("ADOPTM", .unrelated), ("WIFE", .unrelated), ("FAMMEMB", .unknown), ("ZZZ", .unknown),
    ])
    func kinship(_ code: String, _ kinship: FamilyMemberHistory.Kinship) throws {
        #expect(try read(relative(code)).snapshot.familyHistory.map(\.kinship) == [kinship])
    }

    @Test func kinshipInWords() throws {
        func said(_ words: String) throws -> [FamilyMemberHistory.Kinship] {
            try read(
                """
                {"resourceType": "FamilyMemberHistory", "id": "1", "status": "completed", \(Self.about),
                 "relationship": {"text": "\(words)"}, "condition": [{\(Self.cancer)}]}
                """
            ).snapshot.familyHistory.map(\.kinship)
        }
        #expect(try said("Mother") == [.firstDegree])
        #expect(try said("Stepbrother") == [.unrelated])
        #expect(try said("the neighbour's cousin") == [.unknown])
    }

    @Test func ages() throws {
        #expect(try onset(#""onsetAge": {"value": 59.9, "code": "a"}"#) == 59...59)
        #expect(try onset(#""onsetAge": {"value": 18, "code": "mo"}"#) == 1...1)
        #expect(try onset(#""onsetAge": {"value": 52, "code": "wk"}"#) == 0...1)
        #expect(try onset(#""onsetRange": {"low": {"value": 40, "code": "a"}, "high": {"value": 49, "code": "a"}}"#) == 40...49)
        #expect(try onset(#""onsetRange": {"high": {"value": 49, "code": "a"}}"#) == 0...49)
        #expect(try onset(#""onsetRange": {"low": {"value": 40, "code": "a"}}"#) == nil)
        #expect(try onset(#""onsetString": "in her forties""#) == nil)
        #expect(try onset(#""onsetAge": 40"#) == nil)
    }

    @Test func whatWasAskedForAndIsEmptyIsComplete() throws {
        #expect(try read([(.familyHistory, bundle([]))]).snapshot.supply(of: .familyHistory) == .complete)
        #expect(try read([(.conditions, bundle([]))]).snapshot.supply(of: .familyHistory) == .notSupplied)
    }

    @Test func aRelativeOfWhomNothingIsKnownLeavesItIncomplete() throws {
        func supply(_ code: String, _ status: String) throws -> Supply {
            try read([(.familyHistory, bundle([relative(code, status: status)]))]).snapshot.supply(of: .familyHistory)
        }
        #expect(try supply("FTH", "health-unknown") == .partial(why: "of a relative nothing is known"))
        #expect(try supply("STPFTH", "health-unknown") == .complete)
        #expect(try supply("FTH", "partial") == .complete)
    }

    @Test func entriesInErrorAreNone() throws {
        let reading = try read(relative("FTH", status: "entered-in-error"))
        #expect(reading.snapshot.familyHistory.isEmpty)
        #expect(reading.notes(on: "FamilyMemberHistory").map(\.why) == ["entered in error; left out"])
    }

    @Test func anotherPatientsFamilyIsNotThisOnes() throws {
        #expect(try read(relative("FTH").replacing("Patient/p", with: "Patient/q")).snapshot.familyHistory.isEmpty)
    }

    @Test(arguments: [#""condition": "cancer""#, #""condition": ["cancer", {}]"#, #""relationship": 3, "status": []"#])
    func nothingTraps(_ members: String) throws {
        _ = try read(#"{"resourceType": "FamilyMemberHistory", "id": "1", \#(Self.about), \#(members)}"#)
    }
}
