@testable import CDSHooks
import Clinical
import Documents
import Engine
import Testing

/// Whole calls: request bytes in, response bytes out.
@Suite("Request and response")
struct HookGoldenTests {
    @Test("the golden pair of each hook", arguments: ["order-select", "order-sign", "patient-view"])
    func pair(_ hook: String) throws {
        let request = try Goldens.read("\(hook)/request.json")
        let response = try World.respond(request, "vigil-\(hook)", decide)
        #expect(response.status == 200)
        try Goldens.expect(response.body, toEqual: "\(hook)/response.json")
    }

    @Test("R81: the same request, the same bytes", arguments: ["order-select", "order-sign", "patient-view"])
    func equalBytes(_ hook: String) throws {
        let request = try Goldens.read("\(hook)/request.json")
        let first = try World.respond(request, "vigil-\(hook)", decide)
        #expect(try World.respond(request, "vigil-\(hook)", decide).body == first.body)
    }

    @Test("the golden of a call that cannot be answered")
    func refused() throws {
        let response = try World.respond(Array("{\"hook\":\"order-sign\",\"context\":{}}".utf8), "vigil-order-sign", decide)
        #expect(response.status == 400)
        try Goldens.expect(response.body, toEqual: "order-sign/refused.json")
    }

    /// What would follow: bleeding where something is ordered, else a gap.
    private func decide(_ snapshot: Snapshot) -> Evaluation {
        guard let order = snapshot.orders.first, let current = snapshot.medications.first else {
            return Findings.evaluation([Findings.gap()])
        }
        let replace = SuggestedChange(label: "Replace ibuprofen with acetaminophen", actions: [
            .removeDraft(order.reference, name: "ibuprofen"),
            .prescribe(.init(name: "acetaminophen", rxcui: 161, dose: nil, instructions: "500 mg every 6 hours as needed")),
        ])
        let stop = SuggestedChange(label: "Stop warfarin", actions: [.stopCurrent(current.reference, name: "warfarin")])
        return Findings.evaluation(
            [Findings.interaction(orders: [order.reference], suggestions: [replace, stop])],
            notChecked: [NotChecked(what: "allergies", why: "the EHR did not send them", isForPrescriber: true)])
    }
}
