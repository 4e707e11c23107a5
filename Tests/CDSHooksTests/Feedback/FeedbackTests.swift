@testable import CDSHooks
import Clinical
import Documents
import Testing

@Suite("Feedback")
struct FeedbackTests {
    private let overridden: JSONValue = [
        "card": "4e0a3a1e-3283-4575-ab82-028d55fe2719", "outcome": "overridden",
        "overrideReason": [
            "reason": ["code": "short-course", "system": "urn:vigil:override", "display": "Short course"], "userComment": "Mrs Jones, three days only",
        ],
        "outcomeTimestamp": "2026-01-15T09:31:00Z",
    ]
    private let accepted: JSONValue = [
        "card": "f6b95768-b1c8-40dc-8385-bf3504b82ffb", "outcome": "accepted",
        "acceptedSuggestions": [["id": "8f2b7e56-0a1b-4a39-8ea8-000000000001"]], "outcomeTimestamp": "2026-01-15T10:31:00.250+01:00",
    ]

    private func entries(_ feedback: [JSONValue]) throws -> [CardFeedback] {
        try FeedbackReader.entries(JSONDocument(parsing: JSONValue.object([("feedback", .array(feedback))]).bytes).root)
    }

    private func members(_ body: JSONValue) throws -> [String?] {
        do throws(HookProblem) {
            _ = try FeedbackReader.entries(try Answer.document(body.bytes).root)
            return []
        } catch {
            #expect(error.status == 400)
            return error.issues.map(\.member)
        }
    }

    @Test("R141 R142 R143 R144 R145 R146 R147: a batch of both outcomes")
    func batch() throws {
        let entries = try entries([overridden, accepted])
        #expect(entries.count == 2)
        #expect(entries[0].outcome == .overridden && entries[0].card == "4e0a3a1e-3283-4575-ab82-028d55fe2719")
        #expect(entries[0].reasons == [.init(code: "short-course", system: "urn:vigil:override", display: "Short course")])
        #expect(entries[0].userComment?.revealed == "Mrs Jones, three days only")
        #expect(entries[1].acceptedSuggestions == ["8f2b7e56-0a1b-4a39-8ea8-000000000001"])
        #expect(entries[1].timestamp.description == "2026-01-15T09:31:00.250Z")
        #expect(try self.entries([]).isEmpty)
    }

    @Test("R150: a fault is named by its member, and nothing of the batch counts")
    func faults() throws {
        let bends: [(String, (inout JSONValue) -> Void)] = [
            ("feedback[1].card", { $0["card"] = nil }), ("feedback[1].card", { $0["card"] = "" }), ("feedback[1].card", { $0["card"] = 7 }),
            ("feedback[1].outcome", { $0["outcome"] = nil }), ("feedback[1].outcome", { $0["outcome"] = "ignored" }),
            ("feedback[1].acceptedSuggestions", { $0["acceptedSuggestions"] = nil }),
            ("feedback[1].acceptedSuggestions", { $0["acceptedSuggestions"] = [] }),
            ("feedback[1].acceptedSuggestions", { $0["acceptedSuggestions"] = "x" }),
            ("feedback[1].acceptedSuggestions[0].id", { $0["acceptedSuggestions"] = ["x"] }),
            ("feedback[1].outcomeTimestamp", { $0["outcomeTimestamp"] = nil }),
            ("feedback[1].outcomeTimestamp", { $0["outcomeTimestamp"] = "yesterday" }),
            ("feedback[1].outcomeTimestamp", { $0["outcomeTimestamp"] = "2026-01-15" }),
        ]
        for (member, bend) in bends {
            var bent = accepted
            bend(&bent)
            #expect(try members(["feedback": [overridden, bent]]) == [member])
        }
        #expect(try members(["feedback": [overridden, 3]]) == ["feedback[1]"])
        #expect(try members([:]) == ["feedback"])
        #expect(try members(["feedback": ["card": "x"]]) == ["feedback"])
        #expect(try members([overridden]) == [nil])
    }

    @Test("every fault is told at once")
    func allFaults() throws {
        #expect(try members(["feedback": [[:], ["card": "x"]]]).count == 5)
    }

    @Test("R153: Epic's plural form, as a list and as one")
    func plural() throws {
        for reasons in [[["reason": ["code": "1", "display": "Benefit"], "userComment": "c"]], ["reason": ["code": "1", "display": "Benefit"], "userComment": "c"]] as [JSONValue] {
            var epic = overridden
            epic["overrideReason"] = nil
            epic["overrideReasons"] = reasons
            let entry = try #require(entries([epic]).first)
            #expect(entry.reasons == [.init(code: "1", system: nil, display: "Benefit")])
            #expect(entry.userComment?.revealed == "c")
        }
    }

    @Test("R153 R154: a reason in an extension, in three places; other extensions are passed over")
    func extensions() throws {
        let coding: JSONValue = ["code": "42", "system": "urn:oid:1.2.3", "display": "Will monitor"]
        let expected = [CardFeedback.Reason(code: "42", system: "urn:oid:1.2.3", display: "Will monitor")]
        let shapes: [(String, JSONValue)] = [
            ("overrideReasons", [["extension": ["com.epic.cdshooks.feedback.override-reason": coding]]]),
            ("overrideReason", ["reason": ["extension": [["url": "urn:x", "valueCoding": coding]]]]),
            ("extension", ["com.epic.cdshooks.feedback.override-reason": [coding], "other": "text", "third": ["a": 1]]),
        ]
        for (name, value) in shapes {
            var entry = overridden
            entry["overrideReason"] = nil
            entry[name] = value
            #expect(try entries([entry]).first?.reasons == expected, "\(name)")
        }
    }

    @Test("R152 R153: ids that are no UUIDs, and cards that we never issued")
    func otherIdentifiers() throws {
        var entry = accepted
        entry["card"] = "1_CARD-77"
        entry["acceptedSuggestions"] = [["id": "1_CARD-77_S1"]]
        #expect(try entries([entry]).first?.card == "1_CARD-77")
    }

    @Test("R153: the sandbox leaves the system out; some send text or a CodeableConcept; an override may have no reason")
    func looseReasons() throws {
        var entry = overridden
        entry["overrideReason"] = ["reason": ["code": "patient-preference"]]
        #expect(try entries([entry]).first?.reasons == [.init(code: "patient-preference", system: nil, display: nil)])
        entry["overrideReason"] = ["reason": ["coding": [["code": "a"], ["code": "b"]], "text": "x"]]
        #expect(try entries([entry]).first?.reasons.compactMap(\.code) == ["a", "b"])
        entry["overrideReason"] = ["reason": "because"]
        #expect(try entries([entry]).first?.userComment?.revealed == "because")
        for none in [nil, .null, [:], 3] as [JSONValue?] {
            entry["overrideReason"] = none
            #expect(try entries([entry]).first?.reasons == [])
        }
    }

    @Test("the same entry sent again has the same digest, whatever the white space; another has another")
    func digest() throws {
        let body = JSONValue.object([("feedback", [overridden])])
        let pretty = try FeedbackReader.entries(JSONDocument(parsing: body.bytes(pretty: true)).root)
        #expect(try entries([overridden]).map(\.digest) == pretty.map(\.digest))
        var later = overridden
        later["outcomeTimestamp"] = "2026-01-15T09:32:00Z"
        #expect(try entries([later]).first?.digest != pretty.first?.digest)
    }

    @Test("a comment is not printed, however the entry is printed")
    func sensitive() throws {
        let entry = try #require(entries([overridden]).first)
        var dumped = ""
        dump(entry, to: &dumped)
        for text in ["\(entry)", String(reflecting: entry), dumped] { #expect(!text.contains("Jones")) }
    }

    @Test("R151: an unknown service is 404, a known one reads")
    func service() throws {
        let world = try RuleWorld()
        let body = JSONValue.object([("feedback", [overridden])]).bytes
        #expect(try world.answerer.feedback(service: "vigil-order-sign", body: body).count == 1)
        #expect(throws: HookProblem.self) { try world.answerer.feedback(service: "nobody", body: body) }
        #expect(throws: HookProblem.self) { try world.answerer.feedback(service: "vigil-order-sign", body: Array("{".utf8)) }
    }
}
