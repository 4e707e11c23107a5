@testable import CDSHooks
import Documents
import Testing

/// Every answer that is kept as a golden, held against the standard's rules for answers.
///
/// - Source: CDS Hooks 2.0.1, "CDS Service Response"; invariants `cds-resp-1` to `cds-resp-6` of 3.0.0-ballot.
@Suite("The shape of answers")
struct ResponseShapeTests {
    static let folders = HookCatalog.all.map(\.name) + ["epic/order-select", "sandbox/order-sign", "cerner/patient-view", "athena/order-select"]

    private func read(_ path: String) throws -> JSONValue {
        JSONValue(try JSONDocument(parsing: Goldens.read(path)).root)
    }

    private func cards(_ folder: String) throws -> [JSONValue] {
        try #require(read("\(folder)/response.json")["cards"]).elements
    }

    private func names(_ value: JSONValue?) -> [String] {
        guard case .object(let members)? = value else { return [] }
        return members.map(\.0)
    }

    @Test("R90 R91 R125: cards, an extension, and never a system action", arguments: folders)
    func members(_ folder: String) throws {
        #expect(try names(read("\(folder)/response.json")) == ["cards", "extension"])
    }

    @Test("R93 R94 R97 R98 R100 R102 R104 R105 R123: members of a card; no links, no addresses", arguments: folders)
    func card(_ folder: String) throws {
        let known: Set<String> = [
            "uuid", "summary", "detail", "indicator", "source", "suggestions", "selectionBehavior", "overrideReasons", "extension",
        ]
        for card in try cards(folder) {
            #expect(known.isSuperset(of: names(card)))
            #expect((1..<140).contains(card["summary"]?.string?.utf16.count ?? 0))
            #expect(Indicator(rawValue: card["indicator"]?.string ?? "") != nil)
            #expect(Set(names(card["source"])).isSubset(of: ["label", "topic"]))
            #expect((card["suggestions"] == nil) == (card["selectionBehavior"] == nil))
            #expect(card.hollows() == [])
        }
    }

    @Test("R108 R109 R110 R111 R112: a suggestion has label, uuid and actions, and nothing of the ballot", arguments: folders)
    func suggestion(_ folder: String) throws {
        for suggestion in try cards(folder).flatMap({ $0["suggestions"]?.elements ?? [] }) {
            #expect(names(suggestion) == ["label", "uuid", "actions"])
        }
    }

    @Test("R113 R114 R115 R116 R117 R118: an action is whole", arguments: folders)
    func action(_ folder: String) throws {
        let actions = try cards(folder).flatMap { $0["suggestions"]?.elements ?? [] }.flatMap { $0["actions"]?.elements ?? [] }
        for action in actions {
            #expect(action["description"]?.string?.isEmpty == false)
            switch action["type"] {
            case "create": #expect(action["resource"]?["resourceType"] != nil && action["resource"]?["id"] == nil)
            case "update": #expect(action["resource"]?["id"] != nil)
            case "delete": #expect(action["resource"] == nil && action["resourceId"]?.string?.split(separator: "/").count == 2)
            default: Issue.record("an action of type \(String(describing: action["type"]))")
            }
        }
    }

    @Test("R126 R127: what is changed was sent, and what is created is for the patient of the call", arguments: folders)
    func targets(_ folder: String) throws {
        let request = try read("\(folder)/request.json"), text = String(decoding: request.bytes, as: UTF8.self)
        let patient = try #require(request.at("context.patientId")?.string)
        for action in try cards(folder).flatMap({ $0["suggestions"]?.elements ?? [] }).flatMap({ $0["actions"]?.elements ?? [] }) {
            if let id = action["resourceId"]?.string?.split(separator: "/").last ?? action.at("resource.id")?.string?[...] {
                #expect(text.contains("\"id\":\"\(id)\""))
            } else {
                #expect(action.at("resource.subject.reference")?.string == "Patient/\(patient)")
            }
        }
    }

    @Test("R124: members of extensions are named in reverse DNS", arguments: folders)
    func extensions(_ folder: String) throws {
        let response = try read("\(folder)/response.json")
        for name in try names(response["extension"]) + cards(folder).flatMap({ names($0["extension"]) }) {
            #expect(name.hasPrefix("org.vigil."))
        }
    }

    @Test("R128: no identifier occurs twice in an answer", arguments: folders)
    func unique(_ folder: String) throws {
        let identifiers = try cards(folder).flatMap { [$0["uuid"]] + ($0["suggestions"]?.elements.map { $0["uuid"] } ?? []) }
        #expect(Set(identifiers).count == identifiers.count && identifiers.allSatisfy { $0?.string != nil })
    }
}
