import Clinical
import Documents
import Engine
import Knowledge
import KnowledgeStore
import Replay
import RuleLanguage
import Testing

/// The knowledge base of the repository's own tables, read once.
enum RepositoryKnowledge {
    static func base() throws -> KnowledgeBase { try loaded.get() }

    private static let loaded = Result {
        try KnowledgeBase(try KnowledgeTablesReader.read(Repository.path("Knowledge")))
    }
}

/// Where the repository stands, seen from this file.
enum Repository {
    /// `Tests/AuthoringTests/Support/RepositoryKnowledge.swift` lies four below it.
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")

    static func path(_ relative: String) -> String { root + "/" + relative }
}

/// Rules to work on.
enum Samples {
    static let today = RuleTestRunner.standardToday

    /// A rule with one threshold and a test of each row, in a form to be changed by tests.
    static func potassium(
        when: String = "{ potassium: { above: 5.5 mmol/L } }",
        tests: String = """
              - case: high
                given: { ordering: [spironolactone 25 mg daily], labs: [serum-potassium 5.7 mmol/L 2026-01-10] }
                expect: { grade: high, severity: major }
              - case: normal
                given: { ordering: [spironolactone 25 mg daily], labs: [serum-potassium 4.2 mmol/L 2026-01-10] }
                expect: no card
            """
    ) -> Source {
        Source(
            name: "spironolactone-potassium.yaml",
            text: """
                rule: spironolactone-potassium
                kind: drug-patient
                title: Spironolactone with a high potassium
                version: 1
                status: draft
                evidence: [{ cite: an example }]
                ordering:
                  diuretic: { drug: spironolactone }
                facts:
                  potassium: { lab: serum-potassium, latest_within: 90 d, missing: not measured }
                grades:
                  - name: high
                    when: \(when)
                    severity: major
                    if_unknown: { potassium: ok }
                    summary: Potassium is $potassium before $diuretic
                override_reasons: [benefit-outweighs-risk]
                tests:
                \(tests)

                """)
    }

    static func ruleSet(_ sources: [Source]) throws -> RuleSet {
        let (set, diagnostics) = RuleCompiler(knowledge: try RepositoryKnowledge.base(), today: today).compile(sources, includingDrafts: true)
        let errors = diagnostics.filter { $0.severity == .error }
        let named = Dictionary(sources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        if !errors.isEmpty { Issue.record("\(DiagnosticRenderer(format: .text).render(errors, sources: named))") }
        return try #require(set)
    }

    /// Rules that stay as they are, for goldens: `Tests/Worlds/Authoring`.
    static func worldRules() throws -> [Source] {
        try RuleFolder.sources(at: [Repository.path("Tests/Worlds/Authoring")]).map {
            Source(name: "Rules/" + ($0.name.split(separator: "/").last.map(String.init) ?? ""), bytes: $0.bytes)
        }
    }

    /// The rules of the repository, by name of file below `Rules`.
    static func repositoryRules() throws -> [Source] {
        try RuleFolder.sources(at: [Repository.path("Rules")]).map {
            Source(name: String($0.name.dropFirst(Repository.root.count + 1)), bytes: $0.bytes)
        }
    }
}

enum RuleTestRunnerForTests {
    static func run(_ set: RuleSet, _ knowledge: KnowledgeBase) -> TestReport { RuleTestRunner(knowledge: knowledge).run(set) }
}
