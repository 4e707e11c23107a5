public import Clinical
import Documents
import Engine
public import Knowledge
import Replay
public import RuleLanguage

/// Changes rules one place at a time and asks whether their tests notice.
///
/// Equal rules and knowledge give an equal report, however many changes are tried at once.
public struct MutationTester: Sendable {
    private let knowledge: KnowledgeBase
    private let today: CivilDate

    public init(knowledge: KnowledgeBase, today: CivilDate) {
        self.knowledge = knowledge
        self.today = today
    }

    /// Tries every change of every rule that has not been retired.
    ///
    /// - Parameters:
    ///   - width: how many changes are tried at the same time.
    ///   - isChosen: true for the names of files whose rules are changed; the others stand beside them.
    public func run(_ files: [RuleFile], width: Int, only isChosen: (String) -> Bool = { _ in true }) async -> MutationReport {
        let names = files.filter(\.holdsNames)
        let pairs = files.filter { $0.node?["kind"]?.text.map(Self.pairKinds.contains) ?? false }
        var rules: [MutationReport.Rule] = []
        for file in files where !file.holdsNames && isChosen(file.source.name) {
            guard let subject = subject(file, names: names, pairs: pairs) else { continue }
            rules.append(await run(subject, width: max(1, width)))
        }
        return MutationReport(rules: rules.sorted { $0.id < $1.id })
    }

    /// Kinds whose findings an additive rule may take into its own.
    private static let pairKinds: Set<String> = [InteractionKind.name, InteractionTableKind.name]

    /// A rule with what is tried on it.
    private struct Subject: Sendable {
        let id: String
        let isActive: Bool
        let file: RuleFile
        let mutants: [Mutant]
        /// Alone with the names it uses.
        let alone: Stage
        /// Beside the rules that speak for pairs, where a change of `merges` shows; nothing where there are none.
        let besidePairs: Stage?
    }

    /// The files that a rule stands beside, and those of its tests that pass there.
    private struct Stage: Sendable {
        let others: [RuleFile]
        let tests: [PreparedTest]
    }

    private func subject(_ file: RuleFile, names: [RuleFile], pairs: [RuleFile]) -> Subject? {
        guard let node = file.node, let set = compile(file, names), let rule = set.rules.first, rule.status != .retired else { return nil }
        let mutants = MutantMaker.mutants(of: node)
        let merges = mutants.contains { $0.change == "merging" } && !pairs.isEmpty
        let besidePairs = merges ? stage(file, beside: names + pairs) : nil
        return Subject(
            id: rule.rule.heading.id, isActive: rule.status == .active, file: file,
            mutants: mutants.filter { $0.change != "merging" || besidePairs != nil }, alone: stage(file, beside: names), besidePairs: besidePairs)
    }

    private func stage(_ file: RuleFile, beside others: [RuleFile]) -> Stage {
        guard let set = compile(file, others), let rule = set.rules.first(where: { $0.file == file.source.name }) else {
            return Stage(others: others, tests: [])
        }
        let runner = RuleTestRunner(knowledge: knowledge)
        let evaluator = Evaluator(plan: set.plan, knowledge: knowledge)
        let tests = rule.tests.compactMap { test -> PreparedTest? in
            guard case .success(let prepared) = runner.prepare(test, of: rule.rule), Self.passes(prepared, evaluator) else { return nil }
            return prepared
        }
        return Stage(others: others, tests: tests)
    }

    private func compile(_ file: RuleFile, _ names: [RuleFile]) -> RuleSet? {
        RuleCompiler(knowledge: knowledge, today: today).compile(names + [file], includingDrafts: true).ruleSet
    }

    private static func passes(_ test: PreparedTest, _ evaluator: Evaluator) -> Bool {
        if case .passed = test.run(with: evaluator).verdict { true } else { false }
    }

    private func run(_ subject: Subject, width: Int) async -> MutationReport.Rule {
        let fates = await withTaskGroup(of: (Int, MutationReport.Fate).self) { group in
            var fates = [MutationReport.Fate](repeating: .refused, count: subject.mutants.count)
            var next = 0
            while next < min(width, subject.mutants.count) {
                group.addTask { [next] in (next, fate(of: subject.mutants[next], subject)) }
                next += 1
            }
            while let (index, fate) = await group.next() {
                fates[index] = fate
                if next < subject.mutants.count {
                    group.addTask { [next] in (next, self.fate(of: subject.mutants[next], subject)) }
                    next += 1
                }
            }
            return fates
        }
        return MutationReport.Rule(
            id: subject.id, isActive: subject.isActive, source: subject.file.source, mutants: Array(zip(subject.mutants, fates)).map { ($0, $1) })
    }

    /// A change that does not check is noticed before any test is run: it counts neither way.
    private func fate(of mutant: Mutant, _ subject: Subject) -> MutationReport.Fate {
        let stage = mutant.change == "merging" ? subject.besidePairs ?? subject.alone : subject.alone
        guard let set = compile(RuleFile(subject.file, changedTo: mutant.tree), stage.others) else { return .refused }
        let evaluator = Evaluator(plan: set.plan, knowledge: knowledge)
        guard let noticed = stage.tests.first(where: { !Self.passes($0, evaluator) }) else { return .survived }
        return .killed(by: noticed.test.name)
    }
}
