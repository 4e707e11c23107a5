import Clinical
import Knowledge
import Testing

@testable import Engine

/// `family_history` over records as they come.
@Suite struct FamilyFactsTests {
    private func relative(
        _ kinship: FamilyMemberHistory.Kinship, _ onset: ClosedRange<Int>? = nil, code: String = "1", id: String = "1"
    ) -> FamilyMemberHistory {
        FamilyMemberHistory(
            reference: ResourceReference(type: "FamilyMemberHistory", id: id), kinship: kinship,
            code: CodeableConcept(codings: [Coding(system: .snomedCT, code: code)]), onsetAge: onset)
    }

    private func answer(
        _ family: [FamilyMemberHistory], nearest: Bool = false, before age: Int? = nil, supply: Supply? = .complete
    ) throws -> Truth {
        var builder = PlanBuilder()
        let set = builder.codeSet(
            CodeSet(name: "set", title: "set", codes: [CodeMatch(system: .snomedCT, code: "1", isPrefix: false)], source: ""), as: "set")
        var snapshot = Snapshot(supplied: supply.map { [.familyHistory: $0] } ?? [:])
        snapshot.familyHistory = family
        let record = PatientRecord(snapshot, plan: builder.plan([]), knowledge: World.knowledge, asOf: try World.asOf())
        let result = record.familyHistory(FamilyQuery(diseases: set, isOfFirstDegree: nearest, onsetBefore: age))
        guard case .truth(let truth) = result.value else { return .unknown(result.unknownReason ?? UnknownReason(.notRecorded, "")) }
        return truth
    }

    @Test func anyRelativeByBlood() throws {
        #expect(try answer([relative(.firstDegree)]) == .yes)
        #expect(try answer([relative(.further)]) == .yes)
        #expect(try answer([relative(.unknown)]) == .yes)
        #expect(try answer([relative(.unrelated)]) == .no)
        #expect(try answer([relative(.firstDegree, code: "2")]) == .no)
    }

    @Test func theNearest() throws {
        #expect(try answer([relative(.firstDegree)], nearest: true) == .yes)
        #expect(try answer([relative(.further)], nearest: true) == .no)
        #expect(try answer([relative(.unknown)], nearest: true).isUnknown)
        #expect(try answer([relative(.unknown), relative(.firstDegree, id: "2")], nearest: true) == .yes)
    }

    @Test func beforeAnAge() throws {
        #expect(try answer([relative(.firstDegree, 59...59)], before: 60) == .yes)
        #expect(try answer([relative(.firstDegree, 60...60)], before: 60) == .no)
        #expect(try answer([relative(.firstDegree, 61...61)], before: 60) == .no)
        #expect(try answer([relative(.firstDegree, 55...65)], before: 60).isUnknown)
        #expect(try answer([relative(.firstDegree)], before: 60).isUnknown)
        #expect(try answer([relative(.further)], nearest: true, before: 60) == .no)
        #expect(try answer([relative(.firstDegree, 60...60), relative(.further, 30...30, id: "2")], before: 60) == .yes)
    }

    @Test func whatDidNotComeIsUnknown() throws {
        #expect(try answer([]) == .no)
        #expect(try answer([], supply: nil).isUnknown)
        #expect(try answer([], supply: .failed(why: "timeout")).isUnknown)
        #expect(try answer([], supply: .partial(why: "of a relative nothing is known")).isUnknown)
        #expect(try answer([relative(.firstDegree)], supply: .partial(why: "of a relative nothing is known")) == .yes)
    }
}
