import Documents
import Testing

@Suite struct JSONGlanceTests {
    private static let texts = [
        "{}", "[]", "null", "7", "\"\"", "\"a\"", "\"a\\u0062\\n\"",
        #"{"resourceType":"Observation","id":"a","code":{"coding":[{"code":"4548-4"},null,{"code":"\u0031"}]},"n":[],"value":-1.5e3,"is":true}"#,
        #"{"esc\u0061ped":{"x":1},"":"empty","long":"\#(String(repeating: "é", count: 100))"}"#,
    ]
    private static let damaged = ["", "{", "{\"a\":1,\"a\":2}", "[1,]", "\"\u{01}\"", "{\"a\":1}}", "nul", "{\"a\" 1}"]

    /// A value and all below it, by a node and by a view.
    private func told(_ node: JSONNode) -> String {
        switch node.kind {
        case .object: return node.members.map { "\($0.key.string ?? "")=\(told($0.value))" }.joined(separator: ";")
        case .array: return node.elements.filter { $0.kind != .null }.map { "<\(told($0))>" }.joined()
        default: return "\(node.kind) \(node.string ?? "") \(String(decoding: node.rawBytes, as: UTF8.self)) \(node.shortText ?? 0)"
        }
    }

    private func told(_ view: JSONView) -> String {
        switch view.kind {
        case .object: return view.members.map { "\($0.key.string ?? "")=\(told($0.value))" }.joined(separator: ";")
        case .array: return view.repetitions.map { "<\(told($0))>" }.joined()
        default: return "\(view.kind) \(view.string ?? "") \(String(decoding: view.rawBytes, as: UTF8.self)) \(view.shortText ?? 0)"
        }
    }

    @Test("one glance after the other tells what a document of each text tells")
    func agrees() throws {
        var glance = JSONGlance()
        for text in Self.texts + Self.texts.reversed() {
            let root = try JSONDocument(parsing: text).root
            let seen = try Array(text.utf8).withUnsafeBytes { bytes in try glance.look(at: bytes) { told($0) } }
            #expect(seen == told(root))
            #expect(root.withView { told($0) } == told(root))
        }
    }

    @Test("members are found by name, escapes resolved; what is no object has none")
    func members() throws {
        var glance = JSONGlance()
        try Array(Self.texts[8].utf8).withUnsafeBytes { bytes in
            try glance.look(at: bytes) { root in
                #expect(root["escaped"]?["x"]?.kind == .number)
                #expect(root.member("escaped") != nil && root.member("") != nil && root[""]?.equals("empty") == true)
                #expect(root["absent"] == nil && root["escaped"]?["x"]?["y"] == nil)
                #expect(root["long"]?.withText { $0.count } == 200)
                #expect(root["escaped"]?.withText { $0.count } == nil)
            }
        }
    }

    @Test("what is no JSON is refused with the words of a document, and the next text is read", arguments: damaged)
    func refuses(_ text: String) throws {
        var glance = JSONGlance()
        var expected: JSONError?
        do throws(JSONError) { _ = try JSONDocument(parsing: text) } catch { expected = error }
        var found: JSONError?
        Array(text.utf8).withUnsafeBytes { bytes in
            do throws(JSONError) { try glance.look(at: bytes) { _ in } } catch { found = error }
        }
        #expect(found != nil && found?.message == expected?.message)
        let next = try Array("[1]".utf8).withUnsafeBytes { bytes in try glance.look(at: bytes) { $0.kind } }
        #expect(next == .array)
    }
}
