@testable import CDSHooks
import Clinical
import Documents
import Engine
import Knowledge
import Testing

/// Whole calls: request bytes in, response bytes out.
@Suite("Request and response")
struct HookGoldenTests {
    @Test("the golden pair of each hook", arguments: HookCatalog.all.map(\.name))
    func pair(_ hook: String) throws {
        let request = try Goldens.read("\(hook)/request.json")
        let response = try World.respond(request, "vigil-\(hook)", Judgements.decide)
        #expect(response.status == 200)
        try Goldens.expect(response.body, toEqual: "\(hook)/response.json")
    }

    @Test("R81: the same request, the same bytes", arguments: HookCatalog.all.map(\.name))
    func equalBytes(_ hook: String) throws {
        let request = try Goldens.read("\(hook)/request.json")
        let first = try World.respond(request, "vigil-\(hook)", Judgements.decide)
        #expect(try World.respond(request, "vigil-\(hook)", Judgements.decide).body == first.body)
    }

    @Test("the golden of a call that cannot be answered")
    func refused() throws {
        let response = try World.respond(Array("{\"hook\":\"order-sign\",\"context\":{}}".utf8), "vigil-order-sign", Judgements.decide)
        #expect(response.status == 400)
        try Goldens.expect(response.body, toEqual: "order-sign/refused.json")
    }
}

/// Calls as real EHRs send them, made after what they publish and what was captured of them.
@Suite("Dialects of EHRs")
struct DialectGoldenTests {
    @Test("the golden pair of each EHR", arguments: [
        ("epic/order-select", "vigil-order-select", Dialect.epic), ("sandbox/order-sign", "vigil-order-sign", .standard),
        ("cerner/patient-view", "vigil-patient-view", .standard), ("athena/order-select", "vigil-order-select", .standard),
    ])
    func pair(_ folder: String, _ service: String, _ dialect: Dialect) throws {
        let request = try Goldens.read("\(folder)/request.json")
        let response = try World.respond(request, service, dialect: dialect, Judgements.decide)
        #expect(response.status == 200)
        #expect(!String(decoding: response.body, as: UTF8.self).contains("not-to-be-seen"))
        try Goldens.expect(response.body, toEqual: "\(folder)/response.json")
    }

    @Test("Epic, endpoint or scope not registered: the call comes stripped, and the answer names what is missing")
    func stripped() throws {
        let response = try World.respond(Goldens.read("epic/stripped/request.json"), "vigil-order-select", Judgements.decide)
        #expect(response.status == 400)
        try Goldens.expect(response.body, toEqual: "epic/stripped/response.json")
    }

    @Test("R84 R86: Epic's order and medicine are found by their long ids, siblings, absolute references and OIDs")
    func epicDrugs() throws {
        let call = JSONValue(try JSONDocument(parsing: Goldens.read("epic/order-select/request.json")).root)
        #expect(call.at("context.draftOrders.entry.0.resource.id")?.string?.utf8.count == 194)
        let snapshot = try World.snapshot(call, service: "vigil-order-select")
        let order = try #require(snapshot.orders.first), current = try #require(snapshot.medications.first)
        #expect(snapshot.orders.count == 1 && snapshot.medications.count == 1)
        #expect(order.code.codings.contains { $0.system == .rxNorm && $0.code == "5640" })
        #expect(current.code.codings.contains { $0.system == .rxNorm && $0.code == "11289" })
        #expect(snapshot.supply(of: .allergies) == .complete, "an empty search with a remark is an answer")
        guard case .quantity(let dose)? = order.dosages.first?.dose else {
            Issue.record("three forms of one dose were not read as one")
            return
        }
        #expect(dose.description == "600 mg" && order.dosages.count == 1)
    }
}

/// What would follow, without rules: as authors write it, for the moment of ordering.
enum Judgements {
    static func decide(_ snapshot: Snapshot, _ occasion: Occasion) -> Evaluation {
        guard occasion != .patientView else { return Findings.evaluation([Findings.gap()]) }
        guard let order = snapshot.orders.first else { return Findings.evaluation([]) }
        var findings: [Finding] = []
        let drug = order.code.label ?? ""
        if let allergy = snapshot.allergies.first, allergy.code.label == drug { findings.append(Findings.allergy(allergy, order)) }
        if let problem = snapshot.conditions.first, drug == "propranolol" { findings.append(Findings.problem(problem, order)) }
        if drug.lowercased().hasPrefix("ibuprofen"), let current = snapshot.medications.first { findings.append(interaction(order, current)) }
        return Findings.evaluation(
            findings, notChecked: [NotChecked(what: "allergies", why: "the EHR did not send them", isForPrescriber: true)])
    }

    private static func interaction(_ order: Medication, _ current: Medication) -> Finding {
        let replace = SuggestedChange(label: "Replace ibuprofen with acetaminophen", actions: [
            .removeDraft(order.reference, name: "ibuprofen"),
            .prescribe(.init(name: "acetaminophen", rxcui: 161, dose: nil, instructions: "500 mg every 6 hours as needed")),
        ])
        let stop = SuggestedChange(label: "Stop warfarin", actions: [.stopCurrent(current.reference, name: "warfarin")])
        return Findings.interaction(orders: [order.reference], suggestions: [replace, stop])
    }
}
