import Clinical
import Documents
import Replay
import Testing

@testable import RuleLanguage

/// The pages about tests and coverage, but for V412, which `AuthoringTests` try: the wrong example gets its message at the mark, the right one none.
@Suite struct TestMessagePagesTests {
    static let codes = MessageCatalog.all.map(\.code).filter { $0.hasPrefix("V4") && $0 != "V412" }

    private static func file(_ host: String, _ example: String) -> String {
        host.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            guard let place = line.firstRange(of: "@@") else { return String(line) }
            return example.split(separator: "\n", omittingEmptySubsequences: false).map { String(line[..<place.lowerBound]) + String($0) }.joined(separator: "\n")
        }.joined(separator: "\n") + "\n"
    }

    private func messages(_ text: String, coverage: Bool) throws -> [Diagnostic] {
        let knowledge = try RepositoryKnowledge.base()
        let today = try #require(CivilDate("2026-01-15"))
        let (rules, diagnostics) = RuleCompiler(knowledge: knowledge, today: today).compile([Source(name: "sample.yaml", text: text)])
        let ruleSet = try #require(rules, "\(diagnostics)")
        let report = RuleTestRunner(knowledge: knowledge).run(ruleSet)
        let broken = report.results.flatMap { result -> [Diagnostic] in
            if case .broken(let found) = result.verdict { return found }
            return []
        }
        return broken + (coverage ? TestCoverage.gaps(of: ruleSet, in: report) : [])
    }

    @Test(arguments: codes)
    func bothExamples(code: String) throws {
        let page = try #require(MessageCatalog.page(code))
        let host = String(decoding: try SourceFile.bytes(of: Repository.path("Tests/Worlds/Messages/\(code).yaml")), as: UTF8.self)
        let isCoverage = code >= "V410"
        #expect(try messages(Self.file(host, page.right), coverage: isCoverage) == [])
        let parts = Self.file(host, page.marked).split(separator: MessagePage.mark, maxSplits: 1, omittingEmptySubsequences: false)
        let found = try messages(parts.joined(), coverage: isCoverage)
        #expect(found.map(\.code) == [code], "\(found.map(\.message))")
        #expect(found.first?.range?.start == parts.first?.utf8.count)
    }
}
