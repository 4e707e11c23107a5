import Documents
import Testing

/// Each trap with its code at the place marked; no other remark may come with it.
@Suite struct YAMLTrapTests {
    // MARK: V101

    @Test func equalKeys() {
        let found = expect("rule: a\nkind: x\n1️⃣rule: b\n", "V101")
        #expect(found.first?.related.map(\.range) == [SourceRange(start: 0, end: 4)])
        expect("a: { b: 1, 1️⃣b: 2, 2️⃣b: 3 }\n", "V101", "V101")
        expect("- { a: 1 }\n- { a: 1 }\n")
        expect("a: 1\n1️⃣'a': 2\n", "V101")
    }

    // MARK: V102

    @Test func refusedFeatures() {
        expect("a: 1️⃣&x b\n", "V102")
        expect("a: 1️⃣&x\n  b: c\n", "V102")
        expect("a: 1️⃣&x b\nc: 2️⃣*x\n", "V102", "V102")
        expect("a: { b: c }\nd:\n  1️⃣<<: { e: f }\n", "V102")
        expect("a: 1️⃣!!str b\n", "V102")
        expect("a: 1️⃣!x 2️⃣&y [b]\n", "V102", "V102")
        expect("a: b\n1️⃣---\nc: d\n", "V102")
        expect("1️⃣%YAML 1.1\n---\na: b\n", "V102")
        expect("1️⃣%FOO x\n---\na: b\n", "V102")
        expect("1️⃣[a]: b\n", "V102")
        expect("a: 1️⃣**bold** text\n", "V102")
        expect("a: 1️⃣& text\n", "V102")
        expect("a: '*x'\nb: '<<'\n")
    }

    @Test func anchorKeepsItsValue() {
        let (node, _) = YAMLReader.read(Source(name: "x", text: "a: &x !t [b]\nc: &y d\n"))
        #expect(YAMLReaderTests.shown(node) == "{'a':['b'],'c':'d'}")
        #expect(node?["c"]?.range == SourceRange(start: 19, end: 20))
    }

    // MARK: V103

    @Test func colonInText() {
        let found = expect("a: b\nsummary: 1️⃣Warning: potassium # x\nb: c\n", "V103")
        #expect(found.first?.help == ["write `summary: \"Warning: potassium\"`"])
        expect("a:\n  - name: 1️⃣Note: this\n    when: x\n", "V103")
        expect("- 1️⃣a: b: c\n".replacing("1️⃣a: b", with: "a: 1️⃣b"), "V103")
        expect("a: { summary: 1️⃣Warning: potassium, b: c }\n", "V103")
        expect("a: [1️⃣Warning: potassium]\n", "V103")
        expect("größe: 1️⃣Ä: ö: ü\n", "V103")
        #expect(expect("a: 1️⃣Say \"x\": y\n", "V103").first?.help == ["write `a: 'Say \"x\": y'`"])
        expect("a: time 12:30 and http://x\n")
    }

    @Test func treeDespiteColon() {
        let (node, _) = YAMLReader.read(Source(name: "x", text: "summary: Warning: potassium\nb: c: d\n"))
        #expect(YAMLReaderTests.shown(node) == "{'summary':'Warning: potassium','b':'c: d'}")
    }

    // MARK: V104

    @Test func textInFlowMap() {
        let found = expect("a: { summary: falls, 1️⃣fractures, delirium }\n", "V104")
        #expect(found.first?.help.first?.hasSuffix("`summary: falls, fractures, delirium`") == true)
        #expect(found.first?.range?.end == 40)
        expect("{ summary: falls, 1️⃣fractures, b: c, d: e, 2️⃣f }\n", "V104", "V104")
        expect("a: { 1️⃣x, y }\n", "V104")
        expect("a: { 1️⃣x:1 }\n", "V104")
        expect("a: { b: , c: d }\n")
        let (node, _) = YAMLReader.read(Source(name: "x", text: "{ summary: falls, fractures, delirium, b: c }"))
        #expect(YAMLReaderTests.shown(node) == "{'summary':'falls, fractures, delirium','b':'c'}")
    }

    // MARK: V105

    @Test func tabs() {
        expect("a:\n1️⃣\tb: c\n", "V105")
        expect("a:\n  b: c\n 1️⃣\td: e\n2️⃣\tf: g\n".replacing("2️⃣\tf: g\n", with: ""), "V105")
        expect("a: {\n1️⃣\tb: c }\n", "V105")
        expect("a: b\n\t\n  \t\nc:\td\n")
        expect("a: b\n1️⃣\tc: d\n", "V105")
    }

    @Test func unusualBlanks() {
        expect("a: 51️⃣\u{A0}mmol/L\n", "V105")
        expect("a:1️⃣\u{A0}b\n", "V105")
        expect("1️⃣\u{A0}a: b\n", "V105")
        expect("a: b1️⃣\u{200B}c\n", "V105")
        expect("a: b1️⃣\u{2028}c\n", "V105")
        expect("a: b1️⃣\u{202E}c\n", "V105")
        expect("a: b1️⃣\u{FEFF}\n", "V105")
        expect("a: b # x\u{A0}y\n# \u{A0}\n")
        expect("a: b # x1️⃣\u{202E}y\n", "V105")
        expect("a: 51️⃣\u{202F}%\u{A0}x\nb:2️⃣\u{A0}c\n".replacing("\u{A0}x", with: " x"), "V105", "V105")
    }

    @Test func curlyQuotes() {
        let found = expect("a: 1️⃣“text”\nb: 2️⃣‘text’\nc: [3️⃣„text“]\n", "V105", "V105", "V105")
        #expect(found.first?.help == ["write `\"text\"`"])
        expect("a: 1️⃣“Warning: text”\n", "V105")
        let within = expect("a: 1️⃣“Nitrofurantoin” with a creatinine\n", "V105")
        #expect(within.first?.help.first?.contains("“") == false && within.first?.help.first?.contains("”") == false, "\(within)")
        expect("1️⃣“a”: b\n", "V105")
        expect("a: the “text” isn’t quoted\nb: |\n  “quoted”\n")
    }

    // MARK: V106

    @Test func bracesStartAMap() {
        let found = expect("summary: 1️⃣{drug} with {other} bleeding\nb: c\n", "V106")
        #expect(found.first?.help == ["write `$drug with $other bleeding`"])
        expect("a: 1️⃣{drug}\n", "V106")
        expect("a: [{ label: 1️⃣${drug}, x: y }]\n", "V106")
        expect("a: [{ label: Stop 1️⃣${drug} now, x: y }]\n", "V106")
        expect("a: [{ label: 1️⃣{drug} now }]\n", "V106")
        expect("a: [1️⃣${drug}]\n", "V106")
        expect("1️⃣{drug}: b\n", "V106")
        let (node, _) = YAMLReader.read(Source(name: "x", text: "a: {drug} with {other}\nb: [{ l: Stop ${x} now, m: n }]\n"))
        #expect(YAMLReaderTests.shown(node) == "{'a':'{drug} with {other}','b':[{'l':'Stop ${x} now','m':'n'}]}")
    }

    // MARK: V107

    @Test func comparisonStartsABlock() {
        let found = expect("latest: 1️⃣> 5.0\nb: c\n", "V107")
        #expect(found.first?.help.first == "to compare, write a word: `above: 5.0`")
        #expect(expect("latest: 1️⃣>= 5.0\n", "V107").first?.help.first == "to compare, write a word: `at_least: 5.0`")
        expect("latest: 1️⃣>5.0 mmol/L\n", "V107")
        expect("when: { dose: { above: 1️⃣> 5 } }\n", "V107")
        expect("text: 1️⃣| begins here\n", "V107")
        expect("latest: 1️⃣>0.5\nb: c\n", "V107")
        #expect(expect("latest: 1️⃣>5\nb: c\n", "V107").first?.help.first == "to compare, write a word: `above: 5`")
        expect("a: >2\n    text\nb: >-\nc: |2\n")
        expect("a: < 5\nb: >- # folded\n  x > 5\nc: x > 5\n")
        let (node, _) = YAMLReader.read(Source(name: "x", text: "latest: > 5.0\nb: c\n"))
        #expect(YAMLReaderTests.shown(node) == "{'latest':'> 5.0','b':'c'}")
    }

    // MARK: V109

    @Test func encoding() {
        expect("1️⃣\u{FEFF}a: b\n", "V109")
        expect("a: b1️⃣\u{1}c\nd: 2️⃣\u{7F}\n", "V109", "V109")
        let invalid = Source(name: "x", bytes: [0x61, 0x3A, 0x20, 0xFF, 0xFE, 0x0A, 0x62, 0x3A, 0x20, 0xC3, 0x28, 0x0A])
        let (node, diagnostics) = YAMLReader.read(invalid)
        #expect(diagnostics.map(\.code) == ["V109", "V109"])
        #expect(diagnostics.map { $0.range?.start } == [3, 9])
        #expect(node?["b"]?.text == "_(")
        for bytes: [UInt8] in [[0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61], [0x61, 0]] {
            let (node, diagnostics) = YAMLReader.read(Source(name: "x", bytes: bytes))
            #expect(node == nil)
            #expect(diagnostics.map(\.code) == ["V109"])
        }
    }

    // MARK: V100

    @Test func otherSyntax() {
        expect("a: 1️⃣\"x\nb: c\n", "V100")
        expect("a: 1️⃣\"x\nb: \"y\"\n", "V100")
        expect("a: 'it's 1️⃣x'\n".replacing("s 1️⃣x", with: "1️⃣s x"), "V100")
        expect("a: \"x\" 1️⃣y\n", "V100")
        expect("a: {b: c} 1️⃣text\n", "V100")
        expect("a: [b]1️⃣]\n", "V100")
        expect("a: 1️⃣[b\nc: d\n", "V100")
        expect("a: 1️⃣{ b: c\nd: e\n", "V100")
        expect("a: 1️⃣@x\nb: 2️⃣%y\nc: 3️⃣`z`\n", "V100", "V100", "V100")
        expect("a: 1\n1️⃣b\nc: 2\n", "V100")
        expect("a: 1\n1️⃣b:2\nc: 2\n", "V100")
        expect("1️⃣a\nb: c\n", "V100")
        expect("1️⃣a:b\nc: d\n", "V100")
        expect("a: b\n 1️⃣c: d\ne: f\n", "V100")
        expect("a:\n  b: 1\n 1️⃣c: 2\nd: e\n", "V100")
        expect("a:\n  - b\n 1️⃣- c\nd: e\n", "V100")
        expect("a: b\n1️⃣- c\nd: e\n", "V100")
        expect("a:\n  - b: 1\n   1️⃣c: 2\nd: e\n", "V100")
        expect("  a: b\n1️⃣c: d\n", "V100")
        expect("a: \"x1️⃣\\qy\"\n", "V100")
        expect("a: \"x1️⃣\\xg\"\n", "V100")
        expect("a: 1️⃣- b\n", "V100")
        expect("a: 1️⃣? b\n", "V100")
        expect("a: { b: c, 1️⃣, }\n", "V100")
        expect("a: 1️⃣]\n", "V100")
        expect("a: b\n  1️⃣- c\n", "V100")
        expect("a: [1️⃣x:, y]\n", "V100")
        expect("a: b\n...\n1️⃣c: d\n", "V100")
    }

    @Test func aTextThatEndsWithinAMap() {
        expect("a: 1️⃣{", "V100")
        for text in ["a: {", "a: { b: ", "a: {\n", "a: [", "a: [ {", "- {", "a: { b: c,", "a:\n  b: { "] {
            let found = YAMLReader.read(Source(name: "end.yaml", text: text)).diagnostics
            #expect(found.map(\.code) == ["V100"], "\(text)")
            #expect(found.allSatisfy { ($0.range?.end ?? 0) <= text.utf8.count }, "\(text)")
        }
    }

    // MARK: Several at once

    @Test func everyProblemInOneRun() {
        expect(
            """
            rule: a
            1️⃣rule: b
            summary: 2️⃣Warning: potassium
            detail: 3️⃣{drug} with text
            latest: 4️⃣> 5.0
            when: { text: a, 5️⃣b }
            label: 6️⃣“x”
            other: 7️⃣&x y
            dose: 58️⃣\u{A0}mg
            """, "V101", "V103", "V106", "V107", "V104", "V105", "V102", "V105")
    }
}
