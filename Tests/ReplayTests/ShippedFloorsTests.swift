import Clinical
import Documents
import Replay
import RuleLanguage
import Testing

/// What of the rules that ship with Vigil no site may soften by itself.
@Suite struct ShippedFloorsTests {
    /// Rules with a floor, and what would go below each: the severity of a row, or silence where there are no rows.
    private static let floors: [(rule: String, change: String)] = {
        let files = (try? RuleFolder.sources(at: [Repository.path("Rules")])) ?? []
        return files.map { RuleFile($0) }.flatMap { file -> [(rule: String, change: String)] in
            guard let node = file.node, let id = file.ruleID else { return [] }
            let rows = (node["grades"]?.elements ?? []).filter { $0["floor"] != nil }.compactMap { $0["name"]?.text }
            return rows.map { (id, "set: { grades.\($0).severity: major }") } + (node["floor"] == nil ? [] : [(id, "mute_when: { sex: female }")])
        }
    }()

    @Test func thereAreSome() {
        let rules = Set(Self.floors.map(\.rule))
        #expect(rules.isSuperset(of: ["drug-allergy", "interaction-table-contraindicated", "pde5-nitrate", "maoi-serotonergic", "fentanyl-patch-naive"]))
        #expect(Self.floors.count >= 15)
    }

    @Test(arguments: floors)
    func belowItOneApprovalIsNotEnough(rule: String, change: String) throws {
        let files = try RuleFolder.sources(at: [Repository.path("Rules")]).filter {
            $0.name.hasSuffix("/pack.yaml") || $0.name.hasSuffix("/\(rule).yaml")
        }
        let version = try #require(files.map { RuleFile($0) }.first { $0.ruleID == rule }?.node?["version"]?.text)
        let knowledge = try RepositoryKnowledge.base()
        func codes(_ approved: String) -> [String] {
            let overrides = """
                overrides: st-elsewhere
                pack: { name: core }
                changes:
                  - rule: \(rule)
                    of_version: \(version)
                    because: Local list
                    approved: \(approved)
                    until: 2030-12-31
                    \(change)

                """
            let laid = files.map { RuleFile($0) } + [RuleFile(Source(name: "site/overrides.yaml", text: overrides), layer: .site)]
            return RuleCompiler(knowledge: knowledge, today: RuleTestRunner.standardToday).compile(laid).diagnostics.filter { $0.severity == .error }.map(\.code)
        }
        #expect(codes("{ by: P&T Committee, date: 2026-01-06 }") == ["V605"])
        #expect(codes("[{ by: P&T Committee, date: 2026-01-06 }, { by: Chief Pharmacist, date: 2026-01-06 }]") == [])
    }

    /// A rule of its own for a pair takes the table's card away: it may not be milder than the table's floor.
    @Test(arguments: [("minor", ["V605"]), ("contraindicated", [])])
    func aSitesOwnRuleIsNotMilder(severity: String, codes: [String]) throws {
        let files = try RuleFolder.sources(at: [Repository.path("Rules")]).filter {
            $0.name.hasSuffix("/pack.yaml") || $0.name.hasSuffix("/interaction-table-contraindicated.yaml")
        }
        let own = """
            rule: our-pair
            kind: interaction
            title: Ours
            version: 1
            status: active
            owner: Tests
            review_by: 2030-01-01
            approved: { by: Tests, date: 2026-01-01 }
            evidence: [{ cite: A source }]
            between: { statin: { drug: simvastatin }, azole: { drug: itraconazole } }
            grades: [{ name: base, otherwise: yes, severity: \(severity) }]
            summary: $statin with $azole
            override_reasons: [benefit-outweighs-risk]

            """
        let laid = files.map { RuleFile($0) } + [RuleFile(Source(name: "site/our-pair.yaml", text: own), layer: .site)]
        let found = RuleCompiler(knowledge: try RepositoryKnowledge.base(), today: RuleTestRunner.standardToday).compile(laid).diagnostics
        #expect(found.filter { $0.severity == .error }.map(\.code) == codes)
    }
}
