import Documents
import Spoiling
import Testing

@Suite struct JSONDocumentTests {
    // MARK: RFC 8259, what must be accepted

    @Test(arguments: [
        // §2 structure, whitespace, literals
        "[]", "{}", " [ ] ", "\t\n\r {\n}\r\n", "null", "true", "false", "[[],{}]", "[null,true,false]",
        "[\n 1,\n        2,\n                3\n]", #"{"a":{"b":{"c":[[[1]]]}}}"#, "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]",
        // §4 objects
        #"{"":0}"#, #"{"a":1,"b":2}"#, #"{"a":{"a":1},"b":{"a":1}}"#, #"{"a":[],"A":[]}"#, #"{ "a" : 1 , "b" : 2 }"#,
        #"{"abcdefgh":1,"abcdefgi":2,"abcdefghi":3,"abcdefghij":4}"#, #"{"é":1,"e":2}"#,
        // §6 numbers
        "0", "-0", "1", "-1", "123456789012345678901234567890", "0.5", "-0.1", "1.10", "1e5", "1E+5", "1e-5", "0e0", "-0.0e-0",
        "1.5e300", "1e99999", "[0,1]", "[1.0]", "[-1 ]",
        // §7 strings
        #""""#, #""a""#, #""abcdefg""#, #""abcdefgh""#, #""abcdefghi""#, #""abcdefghijklmnop""#, #""\"\\\/\b\f\n\r\t""#, #""\u0041\u00e9\u20AC""#,
        #""\uD834\uDD1E""#, #""\ud800\udc00""#, #""\uFFFF""#, #""é€𝄞""#, "\"\u{7F}\"", "\"\u{80}\u{10FFFF}\u{FFFE}\"",
        #""\\u0000""#, #""http://hl7.org/fhir""#, "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaé\"", "\"\u{FEFF}\"",
    ])
    func accepted(_ text: String) throws {
        let document = try JSONDocument(parsing: text)
        let value = JSONValue(document.root)
        #expect(JSONValue(try JSONDocument(parsing: value.bytes).root) == value)
    }

    // MARK: RFC 8259, what must be refused, at which byte

    @Test(arguments: [
        ("", .empty, 0),
        (" ", .unexpectedEnd(expected: .value), 1),
        ("\u{FEFF}{}", .byteOrderMark, 0),
        ("[1] 2", .trailingContent, 4), ("{}}", .trailingContent, 2), ("1 1", .trailingContent, 2), ("[]x", .trailingContent, 2),
        ("null\u{0}", .trailingContent, 4),
        // Structure
        ("[", .unexpectedEnd(expected: .value), 1),
        ("{", .unexpectedEnd(expected: .key), 1),
        ("[1", .unexpectedEnd(expected: .commaOrBracket), 2),
        (#"{"a":1"#, .unexpectedEnd(expected: .commaOrBrace), 6),
        (#"{"a""#, .unexpectedEnd(expected: .colon), 4),
        (#"{"a":"#, .unexpectedEnd(expected: .value), 5),
        ("[1,]", .unexpected(byte: 0x5D, expected: .value), 3),
        ("[,1]", .unexpected(byte: 0x2C, expected: .value), 1),
        ("[1,,2]", .unexpected(byte: 0x2C, expected: .value), 3),
        ("[1 2]", .unexpected(byte: 0x32, expected: .commaOrBracket), 3),
        ("[1}", .unexpected(byte: 0x7D, expected: .commaOrBracket), 2),
        ("[}", .unexpected(byte: 0x7D, expected: .value), 1),
        ("{]", .unexpected(byte: 0x5D, expected: .key), 1),
        (#"{"a":1]"#, .unexpected(byte: 0x5D, expected: .commaOrBrace), 6),
        (#"{"a":1,}"#, .unexpected(byte: 0x7D, expected: .key), 7),
        (#"{"a" 1}"#, .unexpected(byte: 0x31, expected: .colon), 5),
        (#"{"a":1 "b":2}"#, .unexpected(byte: 0x22, expected: .commaOrBrace), 7),
        ("{a:1}", .unexpected(byte: 0x61, expected: .key), 1),
        ("{'a':1}", .unexpected(byte: 0x27, expected: .key), 1),
        ("{1:1}", .unexpected(byte: 0x31, expected: .key), 1),
        ("]", .unexpected(byte: 0x5D, expected: .value), 0),
        ("['a']", .unexpected(byte: 0x27, expected: .value), 1),
        ("[1]/**/", .trailingContent, 3), ("//x\n1", .unexpected(byte: 0x2F, expected: .value), 0),
        ("\u{0C}[]", .unexpected(byte: 0x0C, expected: .value), 0),
        ("\u{A0}[]", .unexpected(byte: 0xC2, expected: .value), 0),
        // Literals
        ("tru", .unexpected(byte: 0x74, expected: .value), 0), ("True", .unexpected(byte: 0x54, expected: .value), 0),
        ("nul", .unexpected(byte: 0x6E, expected: .value), 0), ("[falsy]", .unexpected(byte: 0x66, expected: .value), 1),
        ("nullx", .trailingContent, 4), ("NaN", .unexpected(byte: 0x4E, expected: .value), 0),
        ("Infinity", .unexpected(byte: 0x49, expected: .value), 0),
        // Numbers
        ("01", .malformedNumber, 0), ("-01", .malformedNumber, 0), ("-", .malformedNumber, 0), ("1.", .malformedNumber, 0),
        (".5", .unexpected(byte: 0x2E, expected: .value), 0), ("+1", .unexpected(byte: 0x2B, expected: .value), 0),
        ("1e", .malformedNumber, 0), ("1e+", .malformedNumber, 0), ("1.e5", .malformedNumber, 0), ("[-a]", .malformedNumber, 1),
        ("0x1", .trailingContent, 1), ("1.2.3", .trailingContent, 3), ("[1e5.2]", .unexpected(byte: 0x2E, expected: .commaOrBracket), 4),
        ("-Infinity", .malformedNumber, 0), ("[1_000]", .unexpected(byte: 0x5F, expected: .commaOrBracket), 2),
        // Strings
        (#"""#, .unexpectedEnd(expected: .quote), 1), (#""a"#, .unexpectedEnd(expected: .quote), 2),
        (#""abcdefghijk"#, .unexpectedEnd(expected: .quote), 12), (#""\"#, .unexpectedEnd(expected: .quote), 2),
        ("\"a\nb\"", .controlCharacter(0x0A), 2), ("\"a\tb\"", .controlCharacter(0x09), 2), ("\"\u{0}\"", .controlCharacter(0), 1),
        ("\"abcdefghijkl\u{1F}\"", .controlCharacter(0x1F), 13),
        (#""\u0000""#, .controlCharacter(0), 1), (#""abc\x""#, .invalidEscape, 4), (#""\u12""#, .invalidEscape, 1),
        (#""\u12G4""#, .invalidEscape, 1), (#""\U0041""#, .invalidEscape, 1), (#""\'""#, .invalidEscape, 1),
        (#""\uD800""#, .loneSurrogate, 1), (#""\uDC00""#, .loneSurrogate, 1), (#""\uD800\uD800""#, .loneSurrogate, 1),
        (#""\uD800\n""#, .loneSurrogate, 1), (#""\uD800x""#, .loneSurrogate, 1), (#""a\uDC00\uD800""#, .loneSurrogate, 2),
        // Keys
        (#"{"a":1,"a":2}"#, .duplicateKey("a", first: 1), 7),
        (#"{"a":1,"\u0061":2}"#, .duplicateKey("a", first: 1), 7),
        (#"{"\u0061":1,"b":0,"a":2}"#, .duplicateKey("a", first: 1), 18),
        (#"{"x":{"key":1,"other":2,"key":3}}"#, .duplicateKey("key", first: 6), 24),
        (#"{"":1,"":2}"#, .duplicateKey("", first: 1), 6),
        (#"{"abcdefghijklmnopq":1,"abcdefghijklmnopq":2}"#, .duplicateKey("abcdefghijklmnopq", first: 1), 23),
        (#"[{"a":1},{"b":1,"c":2,"b":1}]"#, .duplicateKey("b", first: 10), 22),
    ] as [(String, JSONError.Problem, Int)])
    func refused(_ text: String, _ problem: JSONError.Problem, _ offset: Int) {
        #expect(throws: JSONError(problem, at: offset)) { try JSONDocument(parsing: text) }
    }

    /// Unicode 15, table 3-7, at every distance from the end and from the words of eight bytes.
    @Test(arguments: [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xE2, 0x82],
        [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x92], [0xF4, 0x90, 0x80, 0x80],
        [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xE2, 0x28, 0xA1], [0xF8, 0x88, 0x80, 0x80, 0x80],
    ] as [[UInt8]])
    func invalidUTF8(_ bytes: [UInt8]) {
        for lead in 0..<18 {
            for tail in 0..<10 {
                let text = [0x22] + [UInt8](repeating: 0x61, count: lead) + bytes + [UInt8](repeating: 0x62, count: tail) + [0x22]
                #expect(throws: JSONError(.invalidUTF8, at: 1 + lead)) { try JSONDocument(parsing: text) }
            }
        }
    }

    // MARK: Bounds

    @Test(arguments: [10_000, 1_000_000])
    func deep(_ depth: Int) {
        for (opening, offset) in [("[", 256), (#"{"a":"#, 256 * 5)] {
            let open = String(repeating: opening, count: depth)
            #expect(throws: JSONError(.tooDeep(limit: 256), at: offset)) { try JSONDocument(parsing: open) }
        }
        let closed = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(throws: JSONError(.tooDeep(limit: 1024), at: 1024)) {
            try JSONDocument(parsing: closed, limits: JSONLimits(depth: .max))
        }
    }

    @Test func atTheLimits() throws {
        let deep = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
        let value = JSONValue(try JSONDocument(parsing: deep).root)
        #expect(value.bytes == Array(deep.utf8))
        #expect(throws: JSONError(.tooLarge(limit: 4), at: 0)) {
            try JSONDocument(parsing: "[1,2]", limits: JSONLimits(size: 4))
        }
        _ = try JSONDocument(parsing: "[1,2]", limits: JSONLimits(size: 5))
        let greatest = String(repeating: "[", count: 1024) + String(repeating: "]", count: 1024)
        _ = JSONValue(try JSONDocument(parsing: greatest, limits: JSONLimits(depth: 5000)).root)
    }

    @Test func manyKeys() throws {
        let keys = (0..<200_000).map { #""k\#($0)":\#($0)"# }
        let document = try JSONDocument(parsing: "{" + keys.joined(separator: ",") + "}")
        #expect(document.root.count == 200_000)
        #expect(document.root["k199999"]?.int == 199_999)
        let again = "{" + (keys + [#""k7":0"#]).joined(separator: ",") + "}"
        let first = keys[..<7].joined(separator: ",").utf8.count + 2
        #expect(throws: JSONError(.duplicateKey("k7", first: first), at: again.utf8.count - 7)) {
            try JSONDocument(parsing: again)
        }
    }

    /// A repetition is found wherever the two keys stand among few or many others, and at the very end.
    @Test func repetitionAnywhere() {
        for count in [2, 3, 9, 31, 32, 33, 34, 70] {
            for (first, second) in [(0, 1), (0, count - 1), (count / 2, count - 1)] where first < second {
                var keys = (0..<count).map { "key number \($0)" }
                keys[second] = keys[first]
                let text = "{" + keys.map { #""\#($0)":0"# }.joined(separator: ",") + "}"
                #expect(throws: JSONError.self) { try JSONDocument(parsing: text) }
            }
            let distinct = "{" + (0..<count).map { #""key number \#($0)":0"# }.joined(separator: ",") + "}"
            #expect(throws: Never.self) { try JSONDocument(parsing: distinct) }
        }
    }

    // MARK: Messages

    @Test func messages() throws {
        let text = "{\n  \"ä\": 1,\n  \"ä\": 2\n}"
        let source = Source(name: "request.json", text: text)
        do {
            _ = try JSONDocument(parsing: source.bytes)
            Issue.record("accepted")
        } catch {
            #expect(error.message(in: source) == "3:3: the key `ä` occurs twice in this object, first at 2:3")
            #expect(error.diagnostic(code: "V100", in: source).related.first?.range.start == 4)
        }
        #expect(JSONError(.unexpected(byte: 0x7D, expected: .value), at: 4).message(in: source.bytes) == "2:3: expected a value, found `}`")
        #expect(JSONError(.unexpected(byte: 0x0C, expected: .value), at: 0).message == "expected a value, found byte 0x0C")
    }

    // MARK: Robustness

    /// Mutations of a sample never trap, and what is accepted is written again as it was read.
    @Test func mutations() throws {
        let sample = Array(
            #"{"resourceType":"Bundle","entry":[{"resource":{"id":"a-1","valueQuantity":{"value":5.70,"unit":"mmol\/L"},"text":"größer 𝄞 \u00e9\ud834\udd1e\n"}},{"k":[true,false,null,-0.5e-3,[],{}]}],"a":1,"b":2}"#
                .utf8)
        let alphabet = Array(#"{}[]:,"\/bfnrtu0123456789.eE+- trufalsn"#.utf8)
        var generator = SeededGenerator(state: 8259)
        var accepted = 0
        for _ in 0..<20_000 {
            let bytes = generator.mutation(of: sample, alphabet: alphabet)
            guard let document = try? JSONDocument(parsing: bytes) else { continue }
            accepted += 1
            let value = JSONValue(document.root)
            let again = try JSONDocument(parsing: value.bytes)
            #expect(JSONValue(again.root) == value)
            #expect(JSONValue(again.root).bytes == value.bytes)
            #expect(try JSONValue(JSONDocument(parsing: value.bytes(pretty: true)).root) == value)
        }
        #expect(accepted > 1000)
    }
}
