import Testing

/// Every defence of `docs/threat-model.md` names a test that exists.
@Suite("Threat model")
struct ThreatModelTests {
    @Test("Every test that is cited exists, in the file that is linked")
    func cited() throws {
        let page = "docs/threat-model.md"
        let text = try #require(try SourceTree.files(in: [page]).first).lines.joined(separator: "\n")
        let tests = Dictionary(
            try SourceTree.files(in: ["Tests"], suffix: ".swift").map { ($0.path, $0.lines) }, uniquingKeysWith: { first, _ in first })
        let cited = text.matches(of: /\[(\w+Tests)(?:\.(\w+))?\]\(\.\.\/([^)]+\.swift)\)/)
        #expect(!cited.isEmpty)
        for match in cited {
            let lines = try #require(tests[String(match.3)], "\(page): there is no \(match.3)")
            #expect(lines.contains { $0.contains("struct \(match.1)") || $0.contains("class \(match.1)") }, "\(page): \(match.1)")
            guard let name = match.2 else { continue }
            #expect(lines.contains { $0.contains("func \(name)(") }, "\(page): \(match.1).\(name)")
        }
    }

    @Test("Every table row of the threat model is defended by a test")
    func everyRow() throws {
        let lines = try #require(try SourceTree.files(in: ["docs/threat-model.md"]).first).lines
        let start = try #require(lines.firstIndex { $0.hasPrefix("## Entry points") })
        let rows = lines[start...].filter { $0.hasPrefix("| ") && !$0.hasPrefix("| Threat") }
        #expect(rows.count > 20)
        for row in rows { #expect(row.contains("Tests"), "\(row)") }
    }
}
