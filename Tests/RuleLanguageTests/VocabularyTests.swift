import Documents
import Engine
import Foundation
import RuleLanguage
import Testing

/// What the vocabulary lists is what the reader reads: every example of it compiles.
@Suite struct VocabularyTests {
    /// A rule that has everything the examples speak of.
    private static func rule(fact: String, test: String = "") -> String {
        let base = ["potassium: { lab: serum-potassium, latest_within: 90 d, missing: not measured }", "asthma: { has: asthma, ever: yes }"]
        let facts = base.filter { !fact.hasPrefix(String($0.prefix { $0 != ":" }) + ":") } + (fact.isEmpty ? [] : [fact])
        let used = facts.map { String($0.prefix { $0 != ":" }) }
        let tests = used.map { "{ \($0): unknown }" } + (test.isEmpty ? [] : [test])
        return Samples.rule(
            kind: "allergy",
            """
            allergic_to: { allergen: { class: penicillin } }
            ordering: { drug: { class: cephalosporin } }
            facts:
            \(facts.map { "  " + $0 }.joined(separator: "\n"))
            grades:
              - name: first
                when:
                  any:
            \(tests.map { "        - " + $0 }.joined(separator: "\n"))
                severity: major
              - name: others
                otherwise: yes
                severity: minor
                if_unknown: { \((used + Self.asked(test)).map { $0 + ": ok" }.joined(separator: ", ")) }
            summary: an example
            override_reasons: [benefit-outweighs-risk]
            """)
    }

    private static func asked(_ test: String) -> [String] {
        let name = test.drop { $0 == "{" || $0 == " " }.prefix { $0 != ":" }
        return name.isEmpty ? [] : [String(name)]
    }

    private static let sets = Source(
        name: "sets.yaml", text: "conditions:\n  hospice-care: { when: { has: diabetes } }\n")

    private static func messages(_ rule: String) -> [String] {
        Samples.compiler.compile([Source(name: "sample.yaml", text: rule), sets]).diagnostics.map { "\($0.code) \($0.message)" }
    }

    @Test(arguments: FactForms.all.map(\.key.name))
    func everyFormOfAFactCompiles(key: String) throws {
        let form = try #require(FactForms.all.first { $0.key.name == key })
        #expect(Self.messages(Self.rule(fact: form.example)) == [], "\(form.example)")
    }

    @Test(arguments: (BuiltInFacts.ofPatient + BuiltInFacts.ofRole).map(\.example))
    func everyBuiltInFactCompiles(example: String) {
        #expect(Self.messages(Self.rule(fact: "", test: example)) == [], "\(example)")
    }

    @Test func everyOptionIsReadAndNoOther() {
        for form in FactForms.all {
            let wrong = form.example.replacingOnce("{ ", "{ sorcery: yes, ")
            let found = Samples.compiler.compile([Source(name: "sample.yaml", text: Self.rule(fact: wrong)), Self.sets]).diagnostics
            #expect(found.contains { $0.code == "V110" || $0.code == "V202" }, "\(form.key.name)")
        }
    }

    /// The examples of the manual: a whole rule, lists of facts, and a file of sets.
    @Test func theExamplesOfTheManualCompile() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let manual = try String(contentsOf: root.appendingPathComponent("docs/rule-language.md"), encoding: .utf8)
        let blocks = manual.components(separatedBy: "```yaml\n").dropFirst().map { $0.components(separatedBy: "\n```")[0] }
        #expect(blocks.count >= 4)
        for block in blocks {
            let found: [Diagnostic]
            if block.hasPrefix("rule:") {
                found = Samples.compiler.compile([Source(name: "metformin-dose.yaml", text: block), Self.sets]).diagnostics
            } else if block.hasPrefix("facts:") {
                let names = block.split(separator: "\n").dropFirst().map { String($0.drop { $0 == " " }.prefix { $0 != ":" }) }
                let rule = Samples.rule(
                    kind: "drug-patient",
                    """
                    ordering: { drug: { class: nsaid } }
                    \(block)
                    grades:
                      - name: any
                        when: { any: [\(names.map { "{ \($0): unknown }" }.joined(separator: ", "))] }
                        severity: major
                    summary: an example
                    override_reasons: [benefit-outweighs-risk]
                    """)
                found = Samples.compiler.compile([Source(name: "sample.yaml", text: rule)]).diagnostics
            } else if block.hasPrefix("tests:") {
                let rule = Samples.rule(
                    kind: "drug-patient",
                    """
                    ordering: { drug: { class: nsaid } }
                    grades: [{ name: any, otherwise: yes, severity: major }]
                    summary: an example
                    override_reasons: [benefit-outweighs-risk]
                    \(block)
                    """)
                found = Samples.compiler.compile([Source(name: "sample.yaml", text: rule)]).diagnostics
            } else if block.hasPrefix("overrides:") {
                // What it overrides is not there; it is read as a file of a site.
                found = RuleFile(Source(name: "site/overrides.yaml", text: block), layer: .site).diagnostics
            } else {
                found = Samples.compiler.compile([Source(name: "sets.yaml", text: block)]).diagnostics
            }
            #expect(found == [], "\(block)")
        }
    }

    @Test func everyEquationAndChoiceIsInTheManual() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let manual = try String(contentsOf: root.appendingPathComponent("docs/rule-language.md"), encoding: .utf8)
        for equation in Calculation.Equation.allCases { #expect(manual.contains("`\(equation.rawValue)`"), "\(equation)") }
        for fact in BuiltInFacts.ofRole { #expect(manual.contains("`ROLE.\(fact.name)`"), "\(fact.name)") }
        for form in FactForms.all { #expect(manual.contains("`\(form.key.name):"), "\(form.key.name)") }
        for section in Vocabulary.sets { #expect(manual.contains("\(section.name)"), "\(section.name)") }
    }
}
