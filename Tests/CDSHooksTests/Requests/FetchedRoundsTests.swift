import Documents
import Testing

@testable import CDSHooks

/// What was fetched, as bytes and back.
@Suite("Fetched rounds")
struct FetchedRoundsTests {
    private func page(_ text: String) throws -> JSONDocument { try JSONDocument(parsing: text) }

    @Test("Pages come back byte for byte, failures word for word, rounds and keys in their order")
    func roundTrip() throws {
        let rounds = FetchedRounds([
            ["b": .pages([try page(#"{"x": 1.50, "y":"\u00e9" }"#), try page("[ ]")]), "a": .failed(why: "the server said \"no\"")],
            ["c": .pages([])], [:],
        ])
        let bytes = rounds.bytes
        #expect(String(decoding: bytes, as: UTF8.self) == #"[{"a":{"failed":"the server said \"no\""},"b":{"pages":[{"x": 1.50, "y":"\u00e9" },[ ]]}},{"c":{"pages":[]}},{}]"#)
        let back = try #require(FetchedRounds(bytes: bytes))
        #expect(back.bytes == bytes)
        #expect(back.rounds.map(\.count) == [2, 1, 0])
    }

    @Test("What is no record of rounds is none", arguments: ["", "{}", "[1]", #"[{"a":1}]"#, #"[{"a":{"pages":1}}]"#, #"[{"a":{}}]"#])
    func nothing(text: String) throws {
        #expect(FetchedRounds(bytes: Array(text.utf8)) == nil)
    }
}
