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
        compile(sources.map { RuleFile($0) }, includingDrafts: includingDrafts)
    }

    /// The same for files that were read before, such as those of which only one was changed.
    public func compile(_ files: [RuleFile], includingDrafts: Bool = false) -> (ruleSet: RuleSet?, diagnostics: [Diagnostic]) {
        compile(files, planning: includingDrafts ? .every : .inService)
    }

    /// The same, and a plan of just those rules that are asked for.
    public func compile(_ files: [RuleFile], planning selection: RuleSelection) -> (ruleSet: RuleSet?, diagnostics: [Diagnostic]) {
        let raw = files.sorted { ($0.layer, $0.source.name) < ($1.layer, $1.source.name) }
        let sources = raw.map(\.source)
        let byName = Dictionary((sources + raw.flatMap(\.overlays)).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let layingSession = CheckSession(names: Names(knowledge: knowledge), today: today, sources: byName)
        let laying = Laying(raw, today: today, session: layingSession)
        let files = laying.files
        let trees = files.filter { !$0.source.name.hasSuffix(ValueSetReader.ending) }
        var (names, setDiagnostics) = SetsReader.names(in: trees.map { ($0.source, $0.node) }, sources: byName, knowledge: knowledge)
        names.extend(by: laying.extensions, layingSession)
        let session = CheckSession(names: names, today: today, sources: byName, showsEveryRule: selection.showsEveryRule)
        session.add(layingSession.diagnostics)
        session.add(setDiagnostics)
        for file in files { session.layers[file.source.name] = file.layer }
        for file in files { for overlay in file.overlays { session.overlay(overlay.name, on: file.source.name) } }
        for file in trees {
            if let node = file.node, MeasureNames.isNames(node) { session.measureNames.read(node, file: file.source.name, session) }
        }

        checkConditions(names, session)
        var rules: [CheckedRule] = []
        for file in trees {
            session.add(file.diagnostics)
            guard let node = file.node, !MeasureNames.isNames(node) else { continue }
            if !file.holdsNames, let rule = rule(node, file.source, session) { rules.append(rule) }
            UnfilledText.report(in: node, session, file: file.source)
        }
        reportDoubleIDs(rules, session)
        session.reportSharedPairs()
        session.reportClaimsBelowFloors()

        let diagnostics = inOrder(session.diagnostics)
        guard !diagnostics.contains(where: { $0.severity == .error }) else { return (nil, diagnostics) }
        let planned = rules.filter { selection.includes($0.status) }
        let ruleSet = RuleSet(
            plan: session.builder.plan(planned.flatMap(\.planned), measures: session.measures),
            digest: "\(digest(of: raw, overrides: laying.overrides))", rules: rules, overrides: laying.overrides, packs: laying.packs, files: files,
            sources: byName)
        return (ruleSet, diagnostics)
    }

    /// The trees that are in force, where a site overrides; compiled together with the rest of them, they are not laid over again.
    public func laid(_ files: [RuleFile]) -> (files: [RuleFile], diagnostics: [Diagnostic]) {
        let files = files.sorted { ($0.layer, $0.source.name) < ($1.layer, $1.source.name) }
        let byName = Dictionary(files.map { ($0.source.name, $0.source) }, uniquingKeysWith: { first, _ in first })
        let session = CheckSession(names: Names(knowledge: knowledge), today: today, sources: byName)
        return (Laying(files, today: today, session: session).files, session.diagnostics)
    }

    /// The digest of the files by their bytes and by their names below the folder that holds those of their layer: however the path
    /// to that folder was spelled, the same rules are the same edition. Overrides that have ended make another.
    private func digest(of files: [RuleFile], overrides: [OverrideStanding]) -> Digest {
        let parts = Layer.allCases.flatMap { layer -> [[UInt8]] in
            let own = files.filter { $0.layer == layer }
            let prefix = layer == .pack ? "" : "\(layer.rawValue):"
            return zip(Self.pathsBelowTheirFolder(own.map(\.source.name)), own).flatMap { path, file in
                [Array((prefix + path).utf8), file.source.bytes]
            }
        }
        let ended = overrides.filter { $0.state == .expired }.map { Array("ended: \($0.name) \($0.subject) \($0.until?.description ?? "")".utf8) }
        return Digest(ofParts: parts + ended)
    }

    /// Paths without what they all begin with.
    static func pathsBelowTheirFolder(_ names: [String]) -> [String] {
        let paths = names.map { $0.split(separator: "/").filter { $0 != "." } }
        let folders = paths.map { $0.dropLast() }
        let common = folders.dropFirst().reduce(folders.first ?? []) { shared, folder in
            shared.prefix(zip(shared, folder).prefix { $0 == $1 }.count)
        }
        return paths.map { $0.dropFirst(common.count).joined(separator: "/") }
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
            let isSites = session.layer(of: rule.file) > session.layer(of: first.file)
            session.report(
                "V115", "another rule is called `\(rule.rule.heading.id)`", file: rule.file, at: rule.range.start(of: 1),
                help: isSites ? ["a rule of a pack is changed by an override, not by another of its name: `vigil new overrides NAME`"] : [],
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
