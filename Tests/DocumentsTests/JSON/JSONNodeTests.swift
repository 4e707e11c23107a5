import Documents
import Testing

@Suite struct JSONNodeTests {
    let root: JSONNode

    init() throws {
        root = try JSONDocument(
            parsing: """
                { "status": "final", "n": -12, "d": 5.70, "big": 9223372036854775808, "e": 1e2, "yes": true, "no": false,
                  "none": null, "list": [1, "two", [3]], "empty": {}, "caf\\u00e9": "a\\tb", "": "no name", "größe": "ü" }
                """
        ).root
    }

    @Test func kinds() {
        #expect(root.kind == .object)
        #expect(root["status"]?.kind == .string)
        #expect(root["n"]?.kind == .number)
        #expect(root["yes"]?.kind == .bool)
        #expect(root["none"]?.kind == .null)
        #expect(root["list"]?.kind == .array)
        #expect(root["none"]?.isNull == true)
        #expect(root["yes"]?.isNull == false)
    }

    @Test("Short texts as integers: eight bytes at most, told apart, never of another kind")
    func shortText() throws {
        func word(_ json: String) throws -> UInt64? { try JSONDocument(parsing: json).root.shortText }
        #expect(try word("\"a\"") == 0x61)
        #expect(try word("\"ab\"") == 0x6261)
        #expect(try word("\"12345678\"") == 0x3837_3635_3433_3231)
        #expect(try word("\"\"") == 0)
        for other in ["\"123456789\"", "\"\\u0061\"", "12", "true", "null", "[]", "{}"] { #expect(try word(other) == nil) }
    }

    @Test("Members by name: those that are known, in order, with escapes in their keys resolved")
    func membersByName() {
        var members = root.members, found: [String] = []
        while let (key, value) = members.next(reading: { bytes -> String? in
            let name = String(decoding: bytes, as: UTF8.self)
            return ["status", "café", "", "größe", "list"].contains(name) ? name : nil
        }) {
            found.append("\(key)=\(value.string ?? "-")")
        }
        #expect(found == ["status=final", "list=-", "café=a\tb", "=no name", "größe=ü"])
    }

    @Test func scalars() {
        #expect(root["status"]?.string == "final")
        #expect(root["status"]?.equals("final") == true)
        #expect(root["status"]?.equals("finals") == false)
        #expect(root["status"]?.equals("finaL") == false)
        #expect(root["n"]?.equals("-12") == false)
        #expect(root["n"]?.int == -12)
        #expect(root["n"]?.string == nil)
        #expect(root["d"]?.number.map { String(decoding: $0, as: UTF8.self) } == "5.70")
        #expect(root["d"]?.int == nil)
        #expect(root["big"]?.int == nil)
        #expect(root["e"]?.int == nil)
        #expect(root["yes"]?.bool == true)
        #expect(root["no"]?.bool == false)
        #expect(root["none"]?.bool == nil)
        #expect(root["status"]?.int == nil)
        #expect(root["status"]?.number == nil)
    }

    @Test func limitsOfIntegers() throws {
        for number in [Int.max, Int.min, 0, -1] {
            #expect(try JSONDocument(parsing: "\(number)").root.int == number)
        }
        #expect(try JSONDocument(parsing: "-9223372036854775809").root.int == nil)
    }

    @Test func strings() {
        #expect(root["status"]?.stringBytes.map(Array.init) == Array("final".utf8))
        #expect(root["café"]?.stringBytes.map(Array.init) == Array("a\tb".utf8))
        #expect(root["café"]?.string == "a\tb")
        #expect(root["café"]?.equals("a\tb") == true)
        #expect(root["café"].map { String(decoding: $0.rawBytes, as: UTF8.self) } == "\"a\\tb\"")
        #expect(root[""]?.string == "no name")
        #expect(root.member("")?.string == "no name")
        #expect(root["größe"]?.string == "ü")
        #expect(root["list"]?.stringBytes == nil)
    }

    @Test func members() {
        #expect(root["absent"] == nil)
        #expect(root["statu"] == nil)
        #expect(root.member("status")?.string == "final")
        #expect(root.member("absent") == nil)
        #expect(root["status"]?["x"] == nil)
        #expect(root["list"]?["x"] == nil)
        #expect(root.count == 13)
        #expect(root.members.map { $0.key.string ?? "" }.prefix(3) == ["status", "n", "d"])
        #expect(root["empty"]?.isEmpty == true)
        #expect(root["empty"]?.members.contains { _ in true } == false)
        #expect(root["list"]?.members.contains { _ in true } == false)
    }

    @Test func elements() {
        #expect(root["list"]?.count == 3)
        #expect(root["list"]?.elements.map(\.kind) == [.number, .string, .array])
        #expect(root.elements.contains { _ in true } == false)
        #expect(root["status"]?.elements.contains { _ in true } == false)
        #expect(root["status"]?.count == 0)
    }

    /// A value keeps its document alive.
    @Test func outlives() throws {
        func value() throws -> JSONNode? { try JSONDocument(parsing: #"{"a":"kept"}"#).root["a"] }
        #expect(try value()?.string == "kept")
    }

    @Test func ranges() throws {
        let document = try JSONDocument(parsing: #" {"a": [1, "x"]} "#)
        #expect(document.root.range == SourceRange(start: 1, end: 16))
        #expect(document.root["a"]?.range == SourceRange(start: 7, end: 15))
        #expect(document.root["a"]?.elements.map(\.range) == [SourceRange(start: 8, end: 9), SourceRange(start: 11, end: 14)])
    }
}
