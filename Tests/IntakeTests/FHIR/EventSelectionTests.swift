import Clinical
import Documents
import Intake
import Testing

/// Events that are looked for by code only are passed over where they bear none of the codes.
@Suite struct EventSelectionTests {
    private func read(_ resources: String...) throws -> Snapshot {
        var reader = FHIRReader(
            asOf: try instant(), patientID: patientID, eventKinds: [.observation, .encounter, .condition, .immunization],
            eventCodes: [.observation: CodeFilter(["1"]), .encounter: CodeFilter(["2"]), .immunization: CodeFilter(["3"])],
            readsRecord: false)
        reader.readBundle(try json(bundle(resources)))
        return reader.finish().snapshot
    }

    private func ids(_ snapshot: Snapshot) -> [String] { snapshot.events.map(\.reference.id).sorted() }

    private func observation(_ id: String, _ code: String, _ more: String = "") -> String {
        #"{"resourceType": "Observation", "id": "\#(id)", "status": "final", "code": {"coding": [{"system": "s", "code": "\#(code)"}]}, \#(more)\#(subject)}"#
    }

    @Test func onlyThoseWithACodeAreRead() throws {
        let events = try read(
            observation("a", "1"), observation("b", "9"),
            #"{"resourceType": "Encounter", "id": "c", "status": "finished", "type": [{"coding": [{"code": "7"}]}, {"coding": [{"code": "2"}]}], \#(subject)}"#,
            #"{"resourceType": "Encounter", "id": "d", "status": "finished", "type": [{"coding": [{"code": "1"}]}], \#(subject)}"#,
            #"{"resourceType": "Immunization", "id": "e", "status": "completed", "vaccineCode": {"coding": [{"code": "3"}]}, "patient": {"reference": "Patient/p"}}"#)
        #expect(ids(events) == ["a", "c", "e"])
    }

    @Test func kindsWithoutCodesAreReadWhole() throws {
        let events = try read(#"{"resourceType": "Condition", "id": "a", "code": {"coding": [{"code": "9"}]}, \#(subject)}"#)
        #expect(ids(events) == ["a"])
    }

    @Test func blanksAroundACodeDoNotHideIt() throws {
        #expect(ids(try read(observation("a", " 1 "))) == ["a"])
    }

    /// US Quality Core names the value set of what was not done by an extension, in place of a code.
    @Test func anExtensionOfTheCodeIsRead() throws {
        let events = try read(
            #"{"resourceType": "Observation", "id": "a", "status": "cancelled", "code": {"extension": [{"url": "u", "valueCanonical": "v"}]}, \#(subject)}"#)
        #expect(ids(events) == ["a"])
    }

    /// What must not be used leaves its section incomplete, whatever its code.
    @Test func whatMustNotBeUsedIsStillMet() throws {
        let unknown = #""modifierExtension": [{"url": "http://example.org/unknown", "valueBoolean": true}], "#
        #expect(try read(observation("a", "9")).supply(of: .observations) == .complete)
        #expect(try read(observation("a", "9", unknown)).supply(of: .observations) != .complete)
        let summary = #""meta": {"tag": [{"code": "SUBSETTED"}]}, "#
        #expect(try read(observation("a", "9", summary)).supply(of: .observations) != .complete)
    }
}
