import Documents
import Engine
import Foundation
import RuleLanguage
import SamplePack
import Testing

/// What is read for a path inside a pack, and what of it is spoken of.
@Suite struct RuleScopeTests {
    private let root = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-scope-\(UUID().uuidString)").path

    private func write(_ texts: [String: String]) throws {
        for (path, text) in texts {
            let file = root + "/" + path
            try FileManager.default.createDirectory(atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        }
    }

    private func pack() throws {
        try write([
            "core/pack.yaml": "pack: core\nversion: 2026.1\n", "core/sets.yaml": "classes:\n  painkillers: { members: [ibuprofen, naproxen] }\n",
            "core/renal/one.yaml": rule("one"), "core/renal/deep/two.yaml": rule("two"), "core/other/three.yaml": rule("three"),
            "mine/four.yaml": rule("four"), "mine/empty/note.txt": "nothing",
        ])
    }

    /// A rule of a class that another file of its pack defines.
    private func rule(_ id: String) -> String {
        String(decoding: SamplePack.withoutFloor.edited("rule: nsaid-anticoagulant", "rule: \(id)").edited("drug: ibuprofen", "class: painkillers").bytes, as: UTF8.self)
    }

    private func names(_ files: [RuleFile]) -> [String] { files.map { ($0.source.name as NSString).lastPathComponent }.sorted() }

    @Test func thePackAroundAPathIsReadAndThePathIsSpokenOf() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        try pack()
        let scope = RuleScope(["\(root)/core/renal"])
        #expect(scope.layers.packs == ["\(root)/core"])
        #expect(names(try scope.read()) == ["one.yaml", "pack.yaml", "sets.yaml", "three.yaml", "two.yaml"])
        #expect(scope.contains("\(root)/core/renal/deep/two.yaml"))
        #expect(scope.contains("\(root)/core/./renal/one.yaml"))
        #expect(!scope.contains("\(root)/core/other/three.yaml"))
        #expect(RuleScope(["\(root)/core/renal/deep/two.yaml"]).layers.packs == ["\(root)/core"])
    }

    @Test func aWholePackAndWhatIsInNoneAreReadAsTheyAreNamed() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        try pack()
        #expect(RuleScope(["\(root)/core"]).isWhole)
        #expect(RuleScope(["\(root)/mine"]).isWhole)
        #expect(RuleScope.pack(around: "\(root)/mine/four.yaml") == nil)
        let beside = RuleScope(["\(root)/mine"], rules: ["\(root)/core"])
        #expect(names(try beside.read()).count == 6)
        #expect(!beside.isWhole && beside.contains("\(root)/mine/four.yaml") && !beside.contains("\(root)/core/sets.yaml"))
        #expect(try RuleScope(["\(root)/mine/empty"], rules: ["\(root)/core"]).read().isEmpty)
        #expect(throws: SourceFileError.self) { try RuleScope(["\(root)/core/nowhere"]).read() }
    }

    @Test func onlyWhatIsSpokenOfIsListedAndAllIsPlanned() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        try pack()
        let scope = RuleScope(["\(root)/core/renal/one.yaml"])
        let (compiled, diagnostics) = Samples.compiler.compile(try scope.read(), planning: .every)
        let set = try #require(compiled, "\(diagnostics)")
        #expect(set.narrowed(to: scope).rules.map(\.rule.heading.id) == ["one"])
        #expect(set.narrowed(to: scope).tests.allSatisfy { $0.rule == "one" })
        #expect(set.narrowed(to: scope).plan.rules.count == set.plan.rules.count)
    }
}
