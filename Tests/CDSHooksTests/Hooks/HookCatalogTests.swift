import CDSHooks
import Clinical
import Engine
import Testing

@Suite("The catalogue of hooks")
struct HookCatalogTests {
    @Test("each hook asks the rules that fit it", arguments: [
        ("order-select", ["order-select"]), ("order-sign", ["order-sign"]), ("patient-view", ["patient-view"]),
        ("medication-refill", ["order-sign"]), ("order-dispatch", ["order-sign"]), ("allergyintolerance-create", ["order-sign"]),
        ("problem-list-item-create", ["order-sign"]), ("encounter-start", ["patient-view"]), ("appointment-book", ["patient-view"]),
        ("encounter-discharge", ["order-sign", "patient-view"]), ("medication-prescribe", ["order-sign"]), ("order-review", ["order-sign"]),
    ])
    func occasions(_ name: String, _ occasions: [String]) throws {
        let hook = try #require(HookCatalog.all.first { $0.name == name })
        #expect(hook.occasions.map(\.rawValue) == occasions)
        #expect(hook.serviceID == "vigil-\(name)")
    }

    @Test("R25: every hook is one of the library, named noun-verb, and occurs once")
    func names() {
        #expect(HookCatalog.all.count == 12)
        #expect(Set(HookCatalog.all.map(\.name)).count == 12)
        #expect(HookCatalog.all.allSatisfy { $0.name.allSatisfy { $0.isLowercase || $0 == "-" } })
    }

    @Test("R58: the required fields are those of the definitions", arguments: [
        ("order-select", ["userId", "patientId", "selections", "draftOrders"]), ("order-sign", ["userId", "patientId", "draftOrders"]),
        ("patient-view", ["userId", "patientId"]), ("medication-refill", ["patientId", "medications"]),
        ("order-dispatch", ["patientId", "dispatchedOrders", "performer"]),
        ("allergyintolerance-create", ["userId", "patientId", "allergyIntolerance"]),
        ("problem-list-item-create", ["userId", "patientId", "conditions"]), ("encounter-start", ["userId", "patientId", "encounterId"]),
        ("appointment-book", ["userId", "patientId", "appointments"]), ("encounter-discharge", ["userId", "patientId", "encounterId"]),
        ("medication-prescribe", ["userId", "patientId", "medications"]), ("order-review", ["userId", "patientId", "orders"]),
    ])
    func required(_ name: String, _ fields: [String]) throws {
        let hook = try #require(HookCatalog.all.first { $0.name == name })
        #expect(hook.context.filter(\.isRequired).map(\.name) == fields)
    }

    @Test("medicines are asked for wherever they are what is checked")
    func needs() {
        let catalogue = ServiceCatalogue { _ in DataNeeds() }
        for service in catalogue.services {
            let asks = service.prefetch.contains { $0.section == .medications }
            switch service.hook.subject {
            case .recorded, .medicines, .dispatched: #expect(asks)
            case .drafts, .patient: #expect(!asks)
            }
        }
    }

    @Test("a service of two occasions asks for what either reads; all observations where one reads all")
    func union() throws {
        let catalogue = ServiceCatalogue { occasion in
            DataNeeds(sections: [.observations], observationCodes: occasion == .patientView ? ["4548-4"] : [])
        }
        let discharge = try #require(catalogue["vigil-encounter-discharge"])
        #expect(discharge.prefetch.contains { $0.query == "Observation?patient={{context.patientId}}&_sort=-date" })
    }
}
