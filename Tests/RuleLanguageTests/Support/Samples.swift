import Clinical
import Documents
import RuleLanguage
import Testing

/// Rules as authors write them, and what checking says of them.
enum Samples {
    static let today = CivilDate(year: 2026, month: 1, day: 15) ?? CivilDate(daysSinceEpoch: 0)
    static let compiler = RuleCompiler(knowledge: SmallKnowledge.base, today: today)

    /// The head that every rule needs, so that a sample can show what it is about.
    static func rule(kind: String, _ rest: String, id: String = "sample") -> String {
        """
        rule: \(id)
        kind: \(kind)
        title: A sample
        version: 1
        status: active
        owner: Tests
        review_by: 2027-01-01
        approved: { by: Tests, date: 2026-01-01 }
        evidence: [{ cite: A source }]
        \(rest)
        """
    }

    static func diagnostics(_ text: String) -> [Diagnostic] {
        compiler.compile([Source(name: "sample.yaml", text: text)]).diagnostics
    }

    /// Checks a marked sample: the first message with this code stands at the mark.
    static func expect(_ code: String, in sample: String, says words: String? = nil, sourceLocation: SourceLocation = #_sourceLocation) {
        let marked = MarkedText(sample)
        let found = compiler.compile([marked.source]).diagnostics
        guard let diagnostic = found.first(where: { $0.code == code }) else {
            Issue.record("no \(code); found \(found.map { "\($0.code) \($0.message)" })", sourceLocation: sourceLocation)
            return
        }
        #expect(diagnostic.range?.start == marked.mark, "\(diagnostic.message)", sourceLocation: sourceLocation)
        if let words {
            let all = ([diagnostic.message, diagnostic.label ?? ""] + diagnostic.help).joined(separator: " | ")
            #expect(all.contains(words), "\(all)", sourceLocation: sourceLocation)
        }
    }
}
