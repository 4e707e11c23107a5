import Authoring
import CDSHooks
import Clinical
import Documents
import Engine
import Intake
import Knowledge
import RuleLanguage
import Service

/// Rules as a command works on them: read and checked; their errors have been printed where there are any.
struct LoadedRules {
    /// The files, with the trees that are in force.
    let files: [RuleFile]
    /// The files as they were read.
    private let read: [RuleFile]
    private(set) var ruleSet: RuleSet
    let knowledge: KnowledgeBase

    /// - Parameter selection: which of the rules are planned; every one as tests want it, unless told otherwise.
    /// - Throws: `Outcome.findings` once the errors are printed; what is wrong with files.
    init(_ layers: RuleLayers, knowledge options: KnowledgeOptions, today: CivilDate, planning selection: RuleSelection = .every) throws {
        try self.init(read: try layers.read(), at: layers.packs, options, today, selection)
    }

    /// What a scope speaks of, in a plan of all that it reads.
    init(_ scope: RuleScope, knowledge options: KnowledgeOptions, today: CivilDate) throws {
        try self.init(read: try scope.read(), at: scope.layers.packs, options, today, .every)
        ruleSet = ruleSet.narrowed(to: scope)
    }

    private init(read: [RuleFile], at paths: [String], _ options: KnowledgeOptions, _ today: CivilDate, _ selection: RuleSelection) throws {
        knowledge = try options.open()
        self.read = read
        guard !read.isEmpty else { throw EditionError.noRules(paths) }
        ruleSet = try Self.compile(read, knowledge, today, selection)
        files = ruleSet.files
    }

    /// What a service makes of the same bytes: they are not read again, for what was tested is what counts.
    func active(on today: CivilDate) throws -> RuleSet { try Self.compile(read, knowledge, today, .inService) }

    private static func compile(_ read: [RuleFile], _ knowledge: KnowledgeBase, _ today: CivilDate, _ selection: RuleSelection) throws -> RuleSet {
        let (rules, diagnostics) = RuleCompiler(knowledge: knowledge, today: today).compile(read, planning: selection)
        if let rules { return rules }
        Output.text(Complaints(diagnostics: diagnostics, sources: read.map(\.source)).rendered(as: .text, color: Output.isTerminal))
        throw Outcome.findings
    }

    /// The rule of an id.
    ///
    /// - Throws: a sentence with the nearest id where there is none.
    func rule(_ id: String) throws -> CheckedRule {
        if let found = ruleSet.rules.first(where: { $0.rule.heading.id == id }) { return found }
        let near = NearestName.find(id, in: ruleSet.rules.map(\.rule.heading.id)).map { "; did you mean `\($0)`?" } ?? ""
        throw CommandError(description: "no rule is called `\(id)`\(near)")
    }

    /// The patient in a file.
    func patient(in path: String, _ evaluator: Evaluator, asOf: AsOf) throws -> Snapshot {
        let bytes = try CommandInput.bytes(of: path)
        if let format = FormatCatalog.foreignFormat(of: bytes) {
            let record = try ForeignInput.record(of: bytes, in: format, part: nil, path: path)
            return try record.snapshot(asOf: asOf, eventKinds: Set(RecordEvent.Kind.allCases)).snapshot
        }
        let document = try CommandInput.json(bytes, of: path)
        do throws(HookProblem) {
            return try PatientFile.snapshot(document, answerer: Answerer(trying: evaluator), asOf: asOf)
        } catch {
            throw CommandError(description: "the call would be refused with \(error.status): " + error.issues.map(\.diagnostics).joined(separator: "; "))
        }
    }
}
