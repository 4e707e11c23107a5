public import Clinical
internal import Digests
public import Documents
import Engine
public import Knowledge

/// Rule files in, a plan out: every problem of every file in one run.
///
/// The stages: bytes to a YAML tree with places; the tree to a checked rule with names resolved and units agreed; checked
/// rules to a plan of indices. Nothing is loaded unless everything checks.
public struct RuleCompiler: Sendable {
    public let knowledge: KnowledgeBase
    /// The day by which a review is overdue.
    public let today: CivilDate

    public init(knowledge: KnowledgeBase, today: CivilDate) {
        self.knowledge = knowledge
        self.today = today
    }

    /// Checks the files and makes the plan of those rules that are not drafts or retired.
    ///
    /// - Parameter includingDrafts: true to plan drafts as well and to show what is not active, for tests.
    /// - Returns: no rule set where there is an error; diagnostics in the order of files and places.
    public func compile(_ sources: [Source], includingDrafts: Bool = false) -> (ruleSet: RuleSet?, diagnostics: [Diagnostic]) {
        compile(sources.map(RuleFile.init), includingDrafts: includingDrafts)
    }

    /// The same for files that were read before, such as those of which only one was changed.
    public func compile(_ files: [RuleFile], includingDrafts: Bool = false) -> (ruleSet: RuleSet?, diagnostics: [Diagnostic]) {
        let files = files.sorted { $0.source.name < $1.source.name }
        let sources = files.map(\.source)
        let trees = files.filter { !$0.source.name.hasSuffix(ValueSetReader.ending) }.map { (source: $0.source, read: (node: $0.node, diagnostics: $0.diagnostics)) }
        let byName = Dictionary(sources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let (names, setDiagnostics) = SetsReader.names(
            in: trees.map { ($0.source, $0.read.node) }, sources: byName, knowledge: knowledge)
        let session = CheckSession(names: names, today: today, sources: byName, showsEveryRule: includingDrafts)
        session.add(setDiagnostics)
        for (source, read) in trees {
            if let node = read.node, MeasureNames.isNames(node) { session.measureNames.read(node, file: source.name, session) }
        }

        checkConditions(names, session)
        var rules: [CheckedRule] = []
        for (source, read) in trees {
            session.add(read.diagnostics)
            guard let node = read.node, !SetsReader.isSets(node), !MeasureNames.isNames(node) else { continue }
            if let rule = rule(node, source, session) { rules.append(rule) }
            UnfilledText.report(in: node, session, file: source.name)
        }
        reportDoubleIDs(rules, session)
        session.reportSharedPairs()

        let diagnostics = inOrder(session.diagnostics)
        guard !diagnostics.contains(where: { $0.severity == .error }) else { return (nil, diagnostics) }
        let planned = rules.filter { includingDrafts || $0.status == .active || $0.status == .shadow }
        let ruleSet = RuleSet(
            plan: session.builder.plan(planned.flatMap(\.planned), measures: session.measures),
            digest: "\(digest(of: sources))", rules: rules, sources: byName)
        return (ruleSet, diagnostics)
    }

    /// The digest of the files by their bytes and by their names below the folder that holds them all: however the path to that
    /// folder was spelled, the same rules are the same edition.
    private func digest(of sources: [Source]) -> Digest {
        let paths = sources.map { $0.name.split(separator: "/").filter { $0 != "." } }
        let folders = paths.map { $0.dropLast() }
        let common = folders.dropFirst().reduce(folders.first ?? []) { shared, folder in
            shared.prefix(zip(shared, folder).prefix { $0 == $1 }.count)
        }
        return Digest(
            ofParts: zip(paths, sources).flatMap { path, source in
                [Array(path.dropFirst(common.count).joined(separator: "/").utf8), source.bytes]
            })
    }

    /// Conditions with names are checked by themselves, whether or not a rule uses them.
    private func checkConditions(_ names: Names, _ session: CheckSession) {
        for condition in names.conditions.values.sorted(by: { $0.name < $1.name }) {
            guard let map = MapReader(condition.node, session, file: condition.file, what: "condition `\(condition.name)`") else { continue }
            RuleReader(map, session, file: condition.file).checkCondition(condition)
        }
    }

    private func rule(_ node: YAMLNode, _ source: Source, _ session: CheckSession) -> CheckedRule? {
        guard let map = MapReader(node, session, file: source.name, what: "a rule file") else { return nil }
        return RuleReader(map, session, file: source.name).read()
    }

    private func reportDoubleIDs(_ rules: [CheckedRule], _ session: CheckSession) {
        var seen: [String: CheckedRule] = [:]
        for rule in rules {
            guard let first = seen.updateValue(rule, forKey: rule.rule.heading.id) else { continue }
            session.report(
                "V115", "another rule is called `\(rule.rule.heading.id)`", file: rule.file, at: rule.range.start(of: 1),
                related: [Diagnostic.Related(file: first.file, range: first.range.start(of: 1), message: "the first one")])
        }
    }

    private func inOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        diagnostics.enumerated().sorted { one, other in
            (one.element.file, one.element.range?.start ?? 0, one.offset)
                < (other.element.file, other.element.range?.start ?? 0, other.offset)
        }
        .map(\.element)
    }
}
