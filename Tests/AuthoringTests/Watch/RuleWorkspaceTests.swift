import Documents
import Testing

@testable import Authoring

@Suite struct RuleWorkspaceTests {
    private func workspace() throws -> RuleWorkspace {
        RuleWorkspace(knowledge: try RepositoryKnowledge.base(), today: Samples.today)
    }

    /// What an author sees who makes a mistake, mends it, breaks a test, adds a twin and takes it away.
    @Test func aSession() throws {
        var workspace = try workspace()
        var session = ""
        func say(_ what: String, _ changed: [Source], removed: [String] = []) {
            let touched = workspace.update(changed, removed: removed)
            session += "# \(what)\n" + workspace.text(of: touched) + workspace.closingLine() + "\n\n"
        }
        let good = Samples.potassium()
        say("opened", [good])
        say("a class that does not exist", [good.replacing("serum-potassium, latest", "serum-potasium, latest")])
        say("mended", [good])
        say("another threshold", [good.replacing("above: 5.5", "above: 5.8")])
        say("a copy with the same id", [good, Source(name: "copy.yaml", bytes: good.bytes)])
        say("the copy removed", [], removed: ["copy.yaml"])
        try TextGoldens.expect(session, toEqual: "watch-session.txt")
    }

    @Test func anEditOfOneRuleLooksAtThatOneOnly() throws {
        var workspace = try workspace()
        let rules = try Samples.repositoryRules()
        #expect(workspace.update(rules).count == rules.count)
        let one = try #require(rules.first { $0.name.hasSuffix("metformin-egfr.yaml") })
        #expect(workspace.update([one]) == [], "nothing was changed")
        #expect(workspace.update([one.replacing("Metformin and kidney", "Metformin and the kidney")]) == [one.name])
        #expect(workspace.standings.values.filter { !$0.isGood }.isEmpty)
    }

    @Test func anEditOfNamesLooksAtAll() throws {
        var workspace = try workspace()
        let names = Source(name: "sets.yaml", text: "classes:\n  our-class: { members: [warfarin] }\n")
        workspace.update([Samples.potassium(), names])
        let touched = workspace.update([names.replacing("[warfarin]", "[warfarin, ibuprofen]")])
        #expect(touched == ["sets.yaml", "spironolactone-potassium.yaml"])
    }
}
