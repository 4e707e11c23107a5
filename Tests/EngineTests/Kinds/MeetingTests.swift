import Clinical
import Knowledge
import Testing

@testable import Engine

/// Who meets whom, over what the record says of orders and medicines.
@Suite struct MeetingTests {
    private func evaluate(
        orders: [Medication], medications: [Medication] = [], stoppedWithin: TimeSpan? = nil,
        supplied: [RecordSection: Supply] = [.medications: .complete, .allergies: .complete], lacking: Set<RecordSection> = []
    ) throws -> Evaluation {
        var builder = PlanBuilder()
        func selector(_ rxcui: Int) throws -> DrugSelector {
            let id = try #require(World.knowledge.ingredient(rxcui: rxcui))
            return DrugSelector([.init(set: builder.drugSet([id]), stoppedWithin: stoppedWithin)])
        }
        let kind = InteractionKind(first: try selector(World.warfarin), second: try selector(World.ibuprofen))
        let card = CardText(summary: TextTemplate([.role(RoleID(index: 0)), .text(" with "), .role(RoleID(index: 1))]), detail: TextTemplate([]))
        let rule = PlannedRule(
            heading: RuleHeading(id: "pair", version: 1, title: "A pair", kind: "interaction", evidence: [], approvedBy: ""),
            occasions: [.orderSign], isShown: true, kind: kind, roleNames: ["a", "b"], facts: [],
            grades: [PlannedGrade(name: "base", when: nil, severity: .major, card: card)], needs: DataNeeds(sections: [.patient, .medications]))
        let evaluator = Evaluator(plan: builder.plan([rule]), knowledge: World.knowledge)
        var snapshot = Snapshot(orders: orders, medications: medications, supplied: supplied)
        snapshot.lacking = lacking
        return evaluator.evaluate(snapshot, on: .orderSign, at: try World.asOf())
    }

    @Test func anOrderMeetsWhatIsTaken() throws {
        let evaluation = try evaluate(orders: [World.order(World.ibuprofen)], medications: [World.listed(World.warfarin)])
        #expect(evaluation.findings.map(\.summary) == ["warfarin with ibuprofen"])
        #expect(evaluation.findings.first?.orders.map(\.description) == ["MedicationRequest/draft"])
    }

    @Test func D10_draftsMeetEachOther() throws {
        let orders = [World.order(World.ibuprofen, id: "one"), World.order(World.warfarin, id: "two")]
        #expect(try evaluate(orders: orders).findings.count == 1)
    }

    @Test func thePartsOfOneProductDoNotMeetNorWhenItIsRenewed() throws {
        func combination(_ medication: Medication) -> Medication {
            var medication = medication
            medication.ingredients = [World.warfarin, World.ibuprofen].map { MedicationIngredient(code: World.concept($0)) }
            return medication
        }
        let order = combination(World.order(999)), listed = combination(World.listed(999))
        #expect(try evaluate(orders: [order]).findings.isEmpty)
        #expect(try evaluate(orders: [order], medications: [listed]).findings.isEmpty)
        #expect(try evaluate(orders: [order], medications: [World.listed(World.warfarin)]).findings.count == 1, "one of them more than once")
    }

    @Test func whatIsOnlyTakenIsNoNews() throws {
        let taken = [World.listed(World.warfarin, id: "1"), World.listed(World.ibuprofen, id: "2")]
        #expect(try evaluate(orders: [], medications: taken).findings.isEmpty)
        #expect(try evaluate(orders: [World.order(World.metformin)], medications: taken).findings.isEmpty)
    }

    @Test func D15_oneDrugFromManySourcesIsOneCard() throws {
        let taken = (1...4).map { World.listed(World.warfarin, id: "\($0)") }
        #expect(try evaluate(orders: [World.order(World.ibuprofen)], medications: taken).findings.count == 1)
    }

    @Test func D7D8_prohibitionsAndPlansAreNoDrugs() throws {
        for use in [Medication.Use.prohibited, .proposed] {
            #expect(try evaluate(orders: [World.order(World.ibuprofen)], medications: [World.listed(World.warfarin, use: use)]).findings.isEmpty)
        }
    }

    @Test func D9_onHoldCounts() throws {
        #expect(try evaluate(orders: [World.order(World.ibuprofen)], medications: [World.listed(World.warfarin, use: .onHold)]).findings.count == 1)
    }

    @Test func D11_theReplacedOrderIsOut() throws {
        var order = World.order(World.ibuprofen)
        order.replaces = ResourceReference(type: "MedicationRequest", id: "listed")
        #expect(try evaluate(orders: [order], medications: [World.listed(World.warfarin)]).findings.isEmpty)
    }

    @Test func whatAnOrderReplacesIsStillWithinItsWashout() throws {
        var order = World.order(World.ibuprofen)
        order.replaces = ResourceReference(type: "MedicationRequest", id: "listed")
        let span = TimeSpan(amount: 14, unit: .days)
        #expect(try evaluate(orders: [order], medications: [World.listed(World.warfarin)], stoppedWithin: span).findings.count == 1)
    }

    @Test(arguments: [("2026-01-20", 1), ("2026-01-15", 1), ("2026-01-01", 1), ("2025-12-31", 0)])
    func aWashoutEndsOnItsDay(ended: String, count: Int) throws {
        let span = TimeSpan(amount: 14, unit: .days)
        let evaluation = try evaluate(
            orders: [World.order(World.ibuprofen)], medications: [World.listed(World.warfarin, use: .ended, ended: ended)],
            stoppedWithin: span)
        #expect(evaluation.findings.count == count)
    }

    @Test func aWashoutWithoutADateIsSaid() throws {
        let evaluation = try evaluate(
            orders: [World.order(World.ibuprofen)], medications: [World.listed(World.warfarin, use: .ended)],
            stoppedWithin: TimeSpan(amount: 14, unit: .days))
        #expect(evaluation.findings.isEmpty)
        #expect(evaluation.notChecked.contains { $0.rules == ["pair"] && $0.isForPrescriber })
    }

    @Test func F3_anUnknownDrugIsSaid() throws {
        let evaluation = try evaluate(orders: [World.order(99_999_999)], medications: [World.listed(World.warfarin)])
        #expect(evaluation.findings.isEmpty)
        #expect(evaluation.notChecked.contains { $0.about?.id == "draft" && $0.isForPrescriber && $0.why.contains("99999999") })
    }

    @Test func whatWasNotSuppliedIsSaid() throws {
        let evaluation = try evaluate(orders: [World.order(World.ibuprofen)], supplied: [:])
        #expect(evaluation.notChecked.contains { $0.what == "current medications" && $0.isForPrescriber })
    }

    @Test func whatIsLackingOfTheMedicinesIsForThePrescriber() throws {
        func isSaid(lacking: Set<RecordSection>) throws -> [Bool] {
            try evaluate(
                orders: [World.order(World.ibuprofen)], supplied: [.medications: .partial(why: "the EHR did not send them all")], lacking: lacking
            ).notChecked.filter { $0.what == "current medications" }.map(\.isForPrescriber)
        }
        #expect(try isSaid(lacking: []) == [false])
        #expect(try isSaid(lacking: [.medications]) == [true])
    }

    @Test func theOrderOfEntriesDecidesNothing() throws {
        let taken = [World.listed(World.warfarin, id: "b"), World.listed(World.warfarin, id: "a"), World.listed(World.metformin, id: "c")]
        let one = try evaluate(orders: [World.order(World.ibuprofen)], medications: taken)
        let other = try evaluate(orders: [World.order(World.ibuprofen)], medications: taken.reversed())
        #expect(one.findings.map(\.key) == other.findings.map(\.key))
        #expect(one.notChecked == other.notChecked)
    }
}
