import Documents
import RuleLanguage
import Testing

/// What messages about the head of a rule propose.
@Suite struct GovernanceHelpTests {
    private static let rule = Samples.rule(
        kind: "interaction", "between: { a: { drug: warfarin }, b: { drug: ibuprofen } }\ngrades: [{ name: base, otherwise: yes, severity: major, summary: Both }]")

    private func found(_ old: String, _ new: String, in name: String = "sample.yaml") -> [Diagnostic] {
        Samples.compiler.compile([Source(name: name, text: Self.rule.replacing(old, with: new))]).diagnostics
    }

    @Test(arguments: [
        ("owner: Tests\n", "write it as `owner: who answers for it`"), ("review_by: 2027-01-01\n", "write it as `review_by: 2027-06-30`"),
        ("approved: { by: Tests, date: 2026-01-01 }\n", "write it as `approved: { by: who approved it, date: 2026-01-15 }`"),
        ("evidence: [{ cite: A source }]\n", "write it as `evidence: [{ cite: the source, so that a reader finds it }]`"),
    ])
    func V502_showsTheShapeOfWhatIsMissing(_ line: String, _ help: String) {
        #expect(found(line, "").first { $0.code == "V502" }?.help == [help])
    }

    @Test func V113_anIdThatCannotBeIsNoNameForAFile() {
        let codes = found("rule: sample", "rule: Nitro CrCl").map(\.code)
        #expect(codes.contains("V113") && !codes.contains("V114"), "\(codes)")
        #expect(found("rule: sample", "rule: nitro-crcl").contains { $0.code == "V114" })
    }

    @Test(arguments: ["draft", "active"])
    func V504_whatACommentLeavesToTheAuthorIsListed(_ status: String) throws {
        let text = Self.rule.replacing("review_by: 2027-01-01", with: "review_by: 2027-01-01 # FILL IN - when").replacing("status: active", with: "status: \(status)")
        let diagnostics = Samples.compiler.compile([Source(name: "sample.yaml", text: text)]).diagnostics
        let marks = diagnostics.filter { $0.code == "V504" }
        #expect(marks.map(\.severity) == [.warning])
        let range = try #require(marks.first?.range)
        #expect(Source(name: "sample.yaml", text: text).text(in: range) == "# FILL IN - when")
    }
}
