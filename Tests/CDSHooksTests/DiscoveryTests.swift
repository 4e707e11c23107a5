@testable import CDSHooks
import Clinical
import Documents
import Engine
import Testing

@Suite("Discovery")
struct DiscoveryTests {
    private func services(_ catalogue: ServiceCatalogue = World.catalogue) throws -> [JSONValue] {
        try #require(JSONValue(JSONDocument(parsing: Discovery.document(of: catalogue)).root)["services"]).elements
    }

    @Test("The document is the one in the golden")
    func golden() throws {
        try Goldens.expect(Discovery.document(of: World.catalogue), toEqual: "discovery.json")
    }

    @Test("R11 R15 R16 R17 R18 R21: each service has hook, title, description, id and version")
    func attributes() throws {
        let services = try services()
        #expect(services.map { $0["hook"]?.string } == HookCatalog.all.map(\.name))
        #expect(services.prefix(3).map { $0["id"]?.string } == ["vigil-order-select", "vigil-order-sign", "vigil-patient-view"])
        for service in services {
            for name in ["title", "description", "usageRequirements"] { #expect(service[name]?.string?.isEmpty == false) }
            #expect(service["version"] == "2.0.1")
            #expect(service["id"]?.string?.contains("/") == false)
        }
    }

    @Test("R3 R4 R5: nothing is null or empty, also where nothing is asked for in advance")
    func compact() throws {
        let bare = try services(ServiceCatalogue { _ in DataNeeds() })
        for service in try services() + bare { #expect(service.hollows() == []) }
        #expect(bare.prefix(3).allSatisfy { $0["prefetch"] == nil })
    }

    @Test("R8: nothing of 3.0 that a client must be known to support")
    func noBallotFeatures() throws {
        let text = String(decoding: Discovery.document(of: World.catalogue), as: UTF8.self)
        for word in ["today()", "%", "actionSelectionBehavior", "ofType", "_include"] { #expect(!text.contains(word)) }
    }

    @Test("R12: without services the array is there and empty")
    func none() throws {
        #expect(Discovery.document(of: ServiceCatalogue(hooks: []) { _ in DataNeeds() }) == Array("{\"services\":[]}".utf8))
    }

    @Test("R20: the requirements say whether FHIR servers are called")
    func usage() throws {
        for (callsServers, words) in [(false, "does not call the FHIR server"), (true, "is fetched from the FHIR server")] {
            let text = String(decoding: Discovery.document(of: World.catalogue, callsServers: callsServers), as: UTF8.self)
            #expect(text.split(separator: words).count == World.catalogue.services.count + 1)
        }
    }

    @Test("R23: a pair of id and hook occurs once")
    func unique() throws {
        let ids = try services().map { "\($0["id"]?.string ?? "")\($0["hook"]?.string ?? "")" }
        #expect(Set(ids).count == ids.count)
    }

    @Test("R26: the same catalogue, the same bytes")
    func stable() {
        #expect(Discovery.document(of: World.catalogue) == Discovery.document(of: World.catalogue))
    }

    @Test("R31 R32 R33 R34 R36: each template is a read or a search with one token that the hook allows")
    func templates() throws {
        let everything = ServiceCatalogue { _ in DataNeeds(sections: Set(RecordSection.allCases), observationCodes: ["4548-4"]) }
        for service in everything.services {
            let allowed = Set(service.hook.context.filter(\.isPrefetchToken).map { "{{context.\($0.name)}}" })
            for template in service.prefetch {
                let tokens = template.query.split(separator: "{").filter { $0.contains("}}") }.map { "{{\($0.prefix { $0 != "}" })}}" }
                #expect(tokens.count == 1 && tokens.allSatisfy(allowed.contains), "\(template.query)")
                #expect(template.query.hasPrefix(template.resourceType))
                #expect(!template.query.contains("status="), "a filter by status hides ended medicines")
            }
            #expect(Set(service.prefetch.map(\.key)).count == service.prefetch.count)
            #expect(service.prefetch.count == 16)
        }
    }

    @Test("R37 R39: observations are searched by their LOINC codes, newest first")
    func observations() throws {
        let view = try #require(World.catalogue["vigil-patient-view"])
        #expect(view.prefetch.map(\.query).last
            == "Observation?patient={{context.patientId}}&code=http://loinc.org|17856-6,http://loinc.org|4548-4&_sort=-date")
    }

    @Test("many codes are asked for in several queries, each of which a server accepts")
    func manyCodes() {
        let codes = (0..<250).map { "\($0)-1" }
        let templates = PrefetchTemplate.templates(for: DataNeeds(sections: [.observations], observationCodes: codes))
        #expect(templates.map(\.key) == ["observations", "observations2", "observations3"])
        #expect(templates.allSatisfy { $0.query.utf8.count < 4000 })
    }

    @Test("servers are asked by codes of LOINC alone")
    func otherCodes() {
        func queries(_ codes: [String]) -> [String] {
            PrefetchTemplate.templates(for: DataNeeds(sections: [.observations], observationCodes: codes)).map(\.query)
        }
        #expect(queries(["82810-3", "pregnancy status", "77386006", "K-"])
            == ["Observation?patient={{context.patientId}}&code=http://loinc.org|82810-3&_sort=-date"])
        #expect(queries(["pregnancy status"]) == ["Observation?patient={{context.patientId}}&_sort=-date"])
    }
}
