import Documents
import Testing

@testable import Authoring

@Suite struct RuleFormatterTests {
    private func format(_ text: String) -> String {
        String(decoding: RuleFormatter.format(Source(name: "a.yaml", text: text)), as: UTF8.self)
    }

    @Test func ourOwnRulesFormatOnceAndSayTheSame() throws {
        for source in try Samples.repositoryRules() {
            let once = Source(name: source.name, bytes: RuleFormatter.format(source))
            #expect(RuleFormatter.format(once) == once.bytes, "\(source.name)")
            let before = try #require(YAMLReader.read(source).node)
            #expect(YAMLReader.read(once).node?.says(theSameAs: before) == true, "\(source.name)")
        }
        for source in try Samples.worldRules() { #expect(RuleFormatter.format(source) == source.bytes, "\(source.name)") }
    }

    @Test func indentationBlanksAndBracesAreMadeAlike() {
        let text = "rule:   a\ngrades:\n- name: one\n  when: {a: yes,b: [x,y]}   \n\n\n\n# why\n\nfacts:\n     a: {lab: b}\n"
        #expect(format(text) == "rule: a\ngrades:\n  - name: one\n    when: { a: yes, b: [x, y] }\n\n# why\n\nfacts:\n  a: { lab: b }\n")
    }

    @Test func commentsStayWithWhatTheyAreAbout() {
        let text = "# head\nrule: a # name\nfacts:\n  # about b\n  b: { lab: c } # trailing\n# end\n"
        #expect(format(text) == text)
    }

    @Test func aCommentInsideBracesKeepsItsLines() {
        let text = "rule: a\nlist: [\n  one, # first\n  two\n]\nlast: b\n"
        let once = format(text)
        #expect(once.contains("# first"))
        #expect(format(once) == once)
    }

    @Test func longTextBecomesABlock() {
        let words = Array(repeating: "words", count: 40).joined(separator: " ")
        let once = format("detail: \(words)\nrule: a\n")
        #expect(once.hasPrefix("detail: >-\n  words"))
        #expect(once.split(separator: "\n").allSatisfy { $0.count <= 140 })
        #expect(format(once) == once)
    }

    @Test func blocksKeepTheirLines() {
        let text = "detail: |\n     one\n       two\n\n     three\nrule: a\n"
        #expect(format(text) == "detail: |\n  one\n    two\n\n  three\nrule: a\n")
    }

    @Test func whatCannotBeReadStaysAsItIs() {
        for text in ["a: [", "", "\t- a", "a: b: c\n"] { #expect(format(text) == text) }
    }

    @Test func anythingThatReadsSaysTheSameAndFormatsOnce() throws {
        var seed: UInt64 = 7
        func random(_ below: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % below
        }
        let rules = try Samples.repositoryRules()
        for _ in 0..<300 {
            var bytes = rules[random(rules.count)].bytes
            for _ in 0..<(1 + random(3)) {
                let at = random(bytes.count)
                switch random(3) {
                case 0: bytes.remove(at: at)
                case 1: bytes.insert([0x20, 0x0A, 0x23, 0x2D, 0x3A, 0x27, 0x22, 0x2C][random(8)], at: at)
                default: bytes[at] = [0x20, 0x0A, 0x23, 0x2D, 0x3A, 0x5B, 0x7B, 0x7D][random(8)]
                }
            }
            let source = Source(name: "a.yaml", bytes: bytes)
            let once = Source(name: "a.yaml", bytes: RuleFormatter.format(source))
            if let before = YAMLReader.read(source).node { #expect(YAMLReader.read(once).node?.says(theSameAs: before) == true) }
            #expect(RuleFormatter.format(once) == once.bytes)
        }
    }
}
