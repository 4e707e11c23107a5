import Documents
import Spoiling
import Testing

/// Expects the codes, in order, at marks 1️⃣, 2️⃣ …, and no other remark.
@discardableResult
func expect(_ sample: String, _ codes: String..., at location: Testing.SourceLocation = #_sourceLocation) -> [Diagnostic] {
    let marked = MarkedText(sample)
    let (_, diagnostics) = YAMLReader.read(marked.source)
    let found = diagnostics.map { "\($0.code) at \($0.range?.start ?? -1)" }
    let wanted = codes.enumerated().map { "\($0.element) at \(marked.marks[$0.offset + 1] ?? -1)" }
    let shown = DiagnosticRenderer(format: .text).render(diagnostics, sources: [marked.source.name: marked.source])
    #expect(found == wanted, "\n\(shown)", sourceLocation: location)
    return diagnostics
}

@Suite struct YAMLReaderTests {
    // MARK: Trees

    /// A tree in one line: scalars in quotes, maps in braces, lists in brackets.
    static func shown(_ node: YAMLNode?) -> String {
        switch node {
        case nil: "nil"
        case .scalar(let text, _, _): "'\(text)'"
        case .mapping(let entries, _, _):
            "{" + entries.map { shown($0.key) + ":" + shown($0.value) }.joined(separator: ",") + "}"
        case .sequence(let elements, _, _): "[" + elements.map { shown($0) }.joined(separator: ",") + "]"
        }
    }

    @Test(arguments: [
        ("a: b", "{'a':'b'}"),
        ("a: { b: c, d: [e, f] }", "{'a':{'b':'c','d':['e','f']}}"),
        ("- a\n- b: c\n  d: e\n- [f]\n", "['a',{'b':'c','d':'e'},['f']]"),
        ("a:\n- b\nc:\n  - d\n", "{'a':['b'],'c':['d']}"),
        ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", "{'a':'x\ny\n','b':'x y'}"),
        ("a: 'it''s'\nb: \"x\\ty\"\n", "{'a':'it's','b':'x\ty'}"),
        ("a: # comment\nb:\n", "{'a':'','b':''}"),
        ("# a\n---\na: b\n...\n", "{'a':'b'}"),
        ("a: { b: , c: }\n", "{'a':{'b':'','c':''}}"),
        ("just text\n", "'just text'"),
        ("[]", "[]"), ("{}", "{}"),
        // Every scalar is text, whatever YAML 1.1 would make of it.
        ("sex: no\non: yes\ncvx: 08\nv: 1.10\nt: 12:30\nd: 2026-01-06\nn: ~\n",
            "{'sex':'no','on':'yes','cvx':'08','v':'1.10','t':'12:30','d':'2026-01-06','n':'~'}"),
        ("summary: Potassium is $potassium - do not combine $a with $b\n", "{'summary':'Potassium is $potassium - do not combine $a with $b'}"),
        ("a: x # y\r\nb: z\r\n", "{'a':'x','b':'z'}"),
        ("a: {b: c}\n\t\n\nd: e\n", "{'a':{'b':'c'},'d':'e'}"),
    ])
    func tree(_ sample: String, _ expected: String) {
        let (node, diagnostics) = YAMLReader.read(Source(name: "x", text: sample))
        #expect(Self.shown(node) == expected)
        #expect(diagnostics == [])
    }

    @Test func ranges() throws {
        let source = Source(name: "x", text: "größe: Müller\nliste: [ä, 'ö ö']\ntext: >-\n  eins\n  zwei\n\nmap:\n  k: {v: w}\n# end\n")
        let (node, diagnostics) = YAMLReader.read(source)
        #expect(diagnostics == [])
        func text(_ node: YAMLNode?) -> String? { node.map { source.text(in: $0.range) } }
        let root = try #require(node)
        #expect(text(root["größe"]) == "Müller")
        #expect(root.entry("größe").map { source.text(in: $0.key.range) } == "größe")
        #expect(text(root["liste"]) == "[ä, 'ö ö']")
        #expect(text(root["liste"]?.elements.last) == "'ö ö'")
        #expect(text(root["text"]) == ">-\n  eins\n  zwei")
        #expect(text(root["map"]) == "k: {v: w}")
        #expect(text(root["map"]?["k"]) == "{v: w}")
        #expect(root["map"]?["k"]?.isFlow == true)
        #expect(root.isFlow == false)
        #expect(root.range == SourceRange(start: 0, end: source.bytes.count - "\n# end\n".utf8.count))
        #expect(root["text"]?.style == .folded)
        #expect(root["nothing"]?.text == nil)
    }

    @Test func rangesWithCarriageReturns() throws {
        let source = Source(name: "x", text: "a: \"ü\r\n  x\"\r\nb: |\r\n  ü\r\n  y\r\nc: ü\r\n")
        let root = try #require(YAMLReader.read(source).node)
        #expect(root["c"].map { source.text(in: $0.range) } == "ü")
        #expect(root["c"].map { source.position(of: $0.range.start).line } == 6)
        #expect(root["b"]?.text == "ü\ny\n")
    }

    // MARK: Limits

    @Test func tooDeep() {
        let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
        let (node, diagnostics) = YAMLReader.read(Source(name: "x", text: "a: " + deep))
        #expect(node == nil)
        #expect(diagnostics.map(\.code) == ["V108"])
        #expect(diagnostics.first?.range?.start == 3 + 63)
        let fits = String(repeating: "[", count: 63) + String(repeating: "]", count: 63)
        #expect(YAMLReader.read(Source(name: "x", text: "a: " + fits)).diagnostics == [])
    }

    @Test(arguments: ["[", "{", "- ", "? ", "a: [", "{a: "])
    func veryDeep(_ opening: String) {
        let (node, diagnostics) = YAMLReader.read(Source(name: "x", text: String(repeating: opening, count: 100_000)))
        #expect(node == nil)
        #expect(!diagnostics.isEmpty)
    }

    @Test func tooLarge() {
        let large = Source(name: "x", bytes: Array(repeating: UInt8(ascii: "#"), count: (1 << 20) + 1))
        #expect(YAMLReader.read(large).diagnostics.map(\.code) == ["V108"])
        let many = Source(name: "x", text: "[" + String(repeating: "a,", count: 100_001) + "]")
        let (node, diagnostics) = YAMLReader.read(many)
        #expect(node == nil)
        #expect(diagnostics.map(\.code) == ["V108"])
    }

    @Test(arguments: ["", "\n", "# nothing\n", "---\n"])
    func nothing(_ sample: String) {
        let (node, diagnostics) = YAMLReader.read(Source(name: "x", text: sample))
        #expect(diagnostics.map(\.code) == (sample == "---\n" ? [] : ["V100"]))
        #expect(node?.text == (sample == "---\n" ? "" : nil))
    }

    // MARK: Robustness

    /// Mutations of a sample never trap; a tree comes with every text that has no remark.
    @Test func mutations() {
        let sample = Array(
            """
            rule: warfarin-nsaid
            between:
              anticoagulant: { ingredient: warfarin }
              nsaid: { class: nsaid, route: [oral, "iv"] }
            grades:
              - name: high
                when: { any: [{ potassium: { above: 5.0 mmol/L } }, { egfr: { below: 30 } }] }
                summary: 'it''s "high" – größer'
            detail: >-
              Two lines
              of text.
            tests: [a, b: c, &x d, *x, !t e]
            """.utf8)
        let alphabet = Array("{}[]:,#&*!|>'\"%@`-? \t\n\r$".utf8)
        var generator = SeededGenerator(state: 2026)
        for _ in 0..<6_000 {
            let source = Source(name: "x", bytes: generator.mutation(of: sample, alphabet: alphabet))
            let (node, diagnostics) = YAMLReader.read(source)
            #expect(node != nil || !diagnostics.isEmpty)
            for diagnostic in diagnostics {
                guard let range = diagnostic.range else { continue }
                #expect(range.start >= 0 && range.start <= source.bytes.count && range.end <= source.bytes.count + 2)
            }
            _ = DiagnosticRenderer(format: .text).render(diagnostics, sources: ["x": source])
        }
    }
}
