import Documents
import Testing

@Suite struct JSONWriterTests {
    private func text(pretty: Bool = false, _ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(pretty: pretty)
        body(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func card(_ writer: inout JSONWriter) {
        writer.object { card in
            card.member("summary", string: "x")
            card.member("count", int: 2)
            card.member("ok", bool: true)
            card.member("value", decimalText: "5.70")
            card.member("absent", string: nil)
            card.member("links") { $0.array { _ in } }
            card.member("suggestions") {
                $0.array { list in
                    list.object { $0.member("label", string: "a") }
                    list.object { _ in }
                    list.element(int: 1)
                    list.element(string: "s")
                    list.null()
                    list.raw(Array("[1]".utf8))
                }
            }
        }
    }

    @Test func compact() {
        #expect(
            text(card)
                == #"{"summary":"x","count":2,"ok":true,"value":5.70,"links":[],"suggestions":[{"label":"a"},{},1,"s",null,[1]]}"#)
    }

    @Test("What needs an escape gets one, wherever it stands in a long text")
    func escapesAnywhere() throws {
        for sign in ["\"", "\\", "\n", "\u{1}", "é", "\u{1F600}", "\u{7F}"] {
            for length in 0..<20 {
                let string = String(repeating: "x", count: length) + sign + String(repeating: "y", count: 19 - length)
                let written = text { $0.string(string) }
                #expect(try JSONDocument(parsing: written).root.string == string)
            }
        }
        #expect(text { $0.string("a\u{1}\"é\\\t") } == #""a\u0001\"é\\\t""#)
    }

    @Test func pretty() {
        #expect(
            text(pretty: true, card) == """
                {
                  "summary": "x",
                  "count": 2,
                  "ok": true,
                  "value": 5.70,
                  "links": [],
                  "suggestions": [
                    {
                      "label": "a"
                    },
                    {},
                    1,
                    "s",
                    null,
                    [1]
                  ]
                }
                """)
    }

    /// RFC 8259 §7: only the quote, the backslash and U+0000 to U+001F must be escaped.
    @Test func escapes() throws {
        let awkward = "\"\\/\u{8}\t\n\u{C}\r\u{1}\u{1F}\u{7F}é𝄞\u{2028}"
        #expect(text { $0.string(awkward) } == "\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\\u001f\u{7F}é𝄞\u{2028}\"")
        #expect(try JSONDocument(parsing: text { $0.string(awkward) }).root.string == awkward)
        #expect(text { $0.string("") } == "\"\"")
    }

    @Test(arguments: ["1", "-0.50", "1e99999"])
    func numbers(_ digits: String) { #expect(text { $0.number(text: digits) } == digits) }

    /// What is no number must not make the output something else than JSON.
    @Test(arguments: ["", "01", "NaN", "1,2", "1 ", "-", "5 mg"])
    func noNumbers(_ digits: String) { #expect(text { $0.number(text: digits) } == "\"\(digits)\"") }

    @Test func memberWithoutValue() {
        #expect(text { $0.object { $0.member("a") { _ in } } } == #"{"a":null}"#)
    }
}

@Suite struct JSONValueTests {
    @Test func literals() {
        let value: JSONValue = ["a": 1, "b": [true, nil, 1.5, "x \(2)"], "c": [:]]
        #expect(String(decoding: value.bytes, as: UTF8.self) == #"{"a":1,"b":[true,null,1.5,"x 2"],"c":{}}"#)
    }

    @Test func members() {
        var value: JSONValue = ["a": 1]
        value["b"] = "x"
        value["a"] = 2
        value["c"] = nil
        #expect(value == ["a": 2, "b": "x"])
        #expect(value != ["b": "x", "a": 2])
        value["a"] = JSONValue?.none
        #expect(value == ["b": "x"])
        value["n"] = JSONValue.null
        #expect(value["n"] == .null)
        #expect(value["absent"] == nil)
        #expect((["x", "y"] as JSONValue)[1] == "y")
        #expect((["x", "y"] as JSONValue)[2] == nil)
        var nested: JSONValue = [:]
        nested["a"] = ["b": 1]
        nested["a"]?["b"] = 2
        #expect(nested == ["a": ["b": 2]])
        #expect(Set([value, value, nested]).count == 2)
    }

    @Test func ofNode() throws {
        let text = #"{"z":[1.0,{"a":"ä\n"}],"a":null}"#
        #expect(String(decoding: JSONValue(try JSONDocument(parsing: text).root).bytes, as: UTF8.self) == text)
    }
}
