public import Clinical
public import Documents
import Engine
public import Knowledge
public import Replay
public import RuleLanguage

/// A folder of rules while it is edited: only what an edit touches is checked and tested again.
///
/// A rule file stands for itself, so an edit of one asks for that one alone; an edit of names asks for all. Rules of the interaction table
/// and loads that take in what is said of pairs are tested beside the rules of which they speak.
public struct RuleWorkspace: Sendable {
    /// What stands in one file now.
    public struct Standing: Sendable {
        public let diagnostics: [Diagnostic]
        /// Nothing where the rule does not check, or the file holds no rule.
        public let report: TestReport?

        public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
        public var isGood: Bool { !hasErrors && (report?.isPassed ?? true) }
    }

    private let compiler: RuleCompiler
    private let layers: RuleLayers
    private var files: [String: RuleFile] = [:]
    /// The files with the trees that are in force: other ones than those that were read where a site overrides.
    private var effective: [String: RuleFile] = [:]
    private var layingDiagnostics: [Diagnostic] = []
    private var names: [RuleFile] = []
    /// Files by the id of the rule in them.
    private var filesByID: [String: Set<String>] = [:]
    public private(set) var standings: [String: Standing] = [:]

    public init(knowledge: KnowledgeBase, today: CivilDate, layers: RuleLayers = RuleLayers(packs: [])) {
        self.layers = layers
        compiler = RuleCompiler(knowledge: knowledge, today: today)
    }

    /// The texts of all files, for messages.
    public var sources: [String: Source] { files.mapValues(\.source) }

    /// Takes in files that are new or changed, and drops those that are gone.
    ///
    /// - Returns: the files that were looked at again, by name.
    @discardableResult
    public mutating func update(_ changed: [Source], removed: [String] = []) -> [String] {
        var touched: Set<String> = []
        var namesChanged = false
        for name in removed {
            guard let old = files.removeValue(forKey: name) else { continue }
            standings[name] = nil
            namesChanged = namesChanged || old.holdsNames
            touched.formUnion(forget(old))
        }
        for source in changed {
            let file = RuleFile(source, layer: layers.layer(of: source.name))
            if let old = files.updateValue(file, forKey: source.name) {
                if old.source.bytes == source.bytes { continue }
                namesChanged = namesChanged || old.holdsNames
                touched.formUnion(forget(old))
            }
            namesChanged = namesChanged || file.holdsNames
            touched.insert(source.name)
            if let id = file.ruleID {
                touched.formUnion(filesByID[id, default: []])
                filesByID[id, default: []].insert(source.name)
            }
        }
        if namesChanged { touched = Set(files.keys) }
        if !touched.isEmpty || !removed.isEmpty { lay() }
        // What is overridden has its messages in the file of the override, too.
        touched.formUnion(touched.flatMap { effective[$0]?.overlays.map(\.name) ?? [] })
        for name in touched where !isTable(name) && !isLoad(name) { standings[name] = effective[name].map(standing) }
        for name in touched where isLoad(name) { standings[name] = effective[name].map(standing) }
        for name in touched where isTable(name) { standings[name] = effective[name].map(standing) }
        return touched.filter { files[$0] != nil }.sorted()
    }

    private mutating func lay() {
        let laid = compiler.laid(Array(files.values))
        effective = Dictionary(laid.files.map { ($0.source.name, $0) }, uniquingKeysWith: { first, _ in first })
        names = laid.files.filter(\.holdsNames).sorted { $0.source.name < $1.source.name }
        layingDiagnostics = laid.diagnostics
    }

    /// True for a rule of the interaction table, which leaves pairs to the rules that speak for them.
    private func isTable(_ name: String) -> Bool { files[name]?.node?["kind"]?.text == InteractionTableKind.name }

    /// True for a rule that takes in what rules of pairs say.
    private func isLoad(_ name: String) -> Bool { files[name]?.node?["merges"] != nil }

    /// The rules beside which a rule stands that does not stand for itself: those of them that check.
    private func others(than file: RuleFile) -> [RuleFile] {
        let name = file.source.name
        return effective.values.filter { other in
            if isTable(name) { return !other.holdsNames && !isTable(other.source.name) && standings[other.source.name]?.hasErrors == false }
            guard isLoad(name), let kind = other.node?["kind"]?.text else { return false }
            return [InteractionKind.name, InteractionTableKind.name].contains(kind) && standings[other.source.name]?.hasErrors != true
        }
        .sorted { $0.source.name < $1.source.name }
    }

    /// Forgets the id of a file; gives the files that shared it.
    private mutating func forget(_ file: RuleFile) -> Set<String> {
        guard let id = file.ruleID else { return [] }
        filesByID[id]?.remove(file.source.name)
        return filesByID[id] ?? []
    }

    private func standing(of file: RuleFile) -> Standing {
        // A rule of the same id elsewhere is a problem of both.
        let twins = file.ruleID.flatMap { filesByID[$0] }?.filter { $0 != file.source.name }.compactMap { effective[$0] } ?? []
        let compiled = compiler.compile((file.holdsNames ? names : names + [file]) + twins + others(than: file), includingDrafts: true)
        let changed = file.holdsNames ? effective.values.filter { $0.overlays.contains { $0.name == file.source.name } } : []
        let inChanged = changed.sorted { $0.source.name < $1.source.name }.flatMap { compiler.compile(names + [$0], includingDrafts: true).diagnostics }
        let own = unique((compiled.diagnostics + inChanged + layingDiagnostics).filter { $0.file == file.source.name })
        guard let set = compiled.ruleSet, !file.holdsNames else { return Standing(diagnostics: own, report: nil) }
        return Standing(diagnostics: own, report: RuleTestRunner(knowledge: compiler.knowledge).run(set) { test in
            test.file == file.source.name || file.overlays.contains { $0.name == test.file }
        })
    }

    private func unique(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        return diagnostics.filter { seen.insert($0).inserted }
    }

    /// What is to be said of some files: their diagnostics and failed tests, then a line for each.
    public func text(of names: [String]) -> String {
        let sources = sources
        var text = ""
        for name in names {
            guard let standing = standings[name] else { continue }
            text += DiagnosticRenderer(format: .text).render(standing.diagnostics, sources: sources)
            for failure in standing.report?.failures ?? [] { text += failure.text(sources: sources) + "\n" }
            let errors = standing.diagnostics.count { $0.severity == .error }
            let tests = standing.report.map { "; \($0.closingLine)" } ?? ""
            text += "\(standing.isGood ? "ok  " : "FAIL") \(name): \(errors) error\(errors == 1 ? "" : "s"), \(standing.diagnostics.count - errors) other\(tests)\n"
        }
        return text
    }

    /// All of it in a line, or those of its files whose names are chosen.
    public func closingLine(of isChosen: (String) -> Bool = { _ in true }) -> String {
        let chosen = standings.filter { isChosen($0.key) }
        let bad = chosen.values.count { !$0.isGood }
        return "\(chosen.count) file\(chosen.count == 1 ? "" : "s"), \(bad == 0 ? "all well" : "\(bad) with problems")"
    }
}
