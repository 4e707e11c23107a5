@testable import CDSHooks
import Documents
import Testing

/// The calls of all hooks, bent one field at a time.
@Suite("R58: the context of each hook")
struct RequiredFieldsTests {
    private func call(_ hook: String) throws -> JSONValue {
        JSONValue(try JSONDocument(parsing: Goldens.read("\(hook)/request.json")).root)
    }

    private func members(_ call: JSONValue, _ hook: String) throws -> (status: Int, members: [String]) {
        let (status, body) = try World.answer(call, service: "vigil-\(hook)")
        return (status, body["issue"]?.elements.compactMap { $0.at("expression.0")?.string } ?? [])
    }

    @Test("each required field that is missing is named", arguments: HookCatalog.all.map(\.name))
    func missing(_ name: String) throws {
        let hook = try #require(HookCatalog.all.first { $0.name == name })
        for field in hook.context where field.isRequired {
            var call = try call(name)
            call["context"]?[field.name] = nil
            let answer = try members(call, name)
            #expect(answer.status == 400 && answer.members == ["context.\(field.name)"])
        }
    }

    @Test("each field of another kind is named", arguments: HookCatalog.all.map(\.name))
    func wrongKind(_ name: String) throws {
        let hook = try #require(HookCatalog.all.first { $0.name == name })
        for field in hook.context where field.kind != .unread {
            var call = try call(name)
            call["context"]?[field.name] = 7
            let answer = try members(call, name)
            #expect(answer.status == 400 && answer.members == ["context.\(field.name)"])
        }
    }

    @Test("optional fields may be absent or null", arguments: HookCatalog.all.map(\.name))
    func optional(_ name: String) throws {
        let hook = try #require(HookCatalog.all.first { $0.name == name })
        for field in hook.context where !field.isRequired {
            for value in [nil, .null] as [JSONValue?] {
                var call = try call(name)
                call["context"]?[field.name] = value
                #expect(try members(call, name).status == 200, "\(field.name)")
            }
        }
    }

    @Test("R73: a service answers its own hook and no other", arguments: HookCatalog.all.map(\.name))
    func otherHook(_ name: String) throws {
        var call = try call(name)
        call["hook"] = "medication-verify"
        #expect(try members(call, name) == (400, ["hook"]))
    }

    @Test("R3 R4 R94 R100: a card of each hook is well formed: nothing null, nothing empty, a short summary", arguments: HookCatalog.all.map(\.name))
    func answers(_ name: String) throws {
        let response = try World.respond(try call(name).bytes, "vigil-\(name)", Judgements.decide)
        let cards = try #require(JSONValue(JSONDocument(parsing: response.body).root)["cards"]).elements
        #expect(!cards.isEmpty)
        for card in cards {
            #expect(card.hollows() == [])
            #expect((card["summary"]?.string?.utf16.count ?? 999) < 140)
            #expect((card["suggestions"] == nil) == (card["selectionBehavior"] == nil))
        }
    }
}
