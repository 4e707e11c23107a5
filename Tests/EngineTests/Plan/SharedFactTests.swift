import Clinical
import Knowledge
import Testing

@testable import Engine

/// Facts that are worked out once for all rules are those, and only those, that hang on the record alone.
@Suite struct SharedFactTests {
    private var builder = PlanBuilder()
    private let lab: LabID
    private let near = EntryQuery(window: .near(FactID(index: 0), before: nil, after: nil))

    init() throws {
        lab = builder.lab(
            LabDefinition(
                name: "weight", title: "weight", codes: [CodeMatch(system: .loinc, code: "29463-7", isPrefix: false)],
                unit: try World.unit("kg"), analyte: nil, plausible: nil, source: ""))
    }

    @Test func equalFactsOfTwoRulesAreOne() throws {
        var builder = builder
        let first = builder.sharedFact(.lab(LabQuery(lab: lab, within: nil)))
        let again = builder.sharedFact(.lab(LabQuery(lab: lab, within: nil)))
        let other = builder.sharedFact(.lab(LabQuery(lab: lab, within: nil, pick: .earliest)))
        #expect(first != nil)
        #expect(again == first)
        #expect(other != first)
        #expect(builder.plan([]).sharedFactCount == 2)
    }

    @Test func whatHangsOnWhoMeetsIsNotShared() {
        let role = RoleID(index: 0)
        for fact in [FactDefinition.countOf(role), .route(role), .duration(role), .reaction(role), .asNeeded(role)] {
            #expect(!fact.isOfRecordAlone)
        }
    }

    @Test func whatHangsOnAnotherFactIsNotShared() {
        let dated = LabQuery(lab: lab, entries: near), plain = LabQuery(lab: lab, within: nil)
        #expect(!FactDefinition.lab(dated).isOfRecordAlone)
        #expect(!FactDefinition.has(lab.codes, ever: false, near).isOfRecordAlone)
        #expect(!FactDefinition.firstKnown([.lab(plain), .lab(dated)]).isOfRecordAlone)
        #expect(!FactDefinition.timeSince(FactID(index: 0)).isOfRecordAlone)
        #expect(!FactDefinition.criterion(.test(FactID(index: 0), .isYes)).isOfRecordAlone)
    }

    /// The weight of an equation is looked for by a query of its own.
    @Test func aWeightNearAnotherFactKeepsItsEquationFromBeingShared() {
        let dated = LabQuery(lab: lab, entries: near), plain = LabQuery(lab: lab, within: nil)
        func clearance(_ weight: LabQuery, _ height: LabQuery?) -> FactDefinition {
            .calculate(
                Calculation(
                    equation: .cockcroftGault, inputs: [plain], unit: nil,
                    weight: WeightQuery(choice: .ideal, weight: weight, height: height)))
        }
        #expect(clearance(plain, plain).isOfRecordAlone)
        #expect(!clearance(dated, nil).isOfRecordAlone)
        #expect(!clearance(plain, dated).isOfRecordAlone)
    }

    @Test func aSharedFactIsWorkedOutOnce() throws {
        var builder = builder
        let age = builder.sharedFact(.age)
        let id = try #require(age)
        let record = PatientRecord(Snapshot(), plan: builder.plan([]), knowledge: World.knowledge, asOf: try World.asOf())
        var count = 0
        let results = (0..<3).map { _ in
            record.result(of: id) {
                count += 1
                return record.age()
            }
        }
        #expect(count == 1)
        #expect(results.allSatisfy { $0 === results[0] })
    }
}
