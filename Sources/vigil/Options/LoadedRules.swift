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
    let ruleSet: RuleSet
    let knowledge: KnowledgeBase

    /// - Parameter drafts: true to show what is not active, too, as tests do.
    /// - Throws: `Outcome.findings` once the errors are printed; what is wrong with files.
    init(_ layers: RuleLayers, knowledge options: KnowledgeOptions, today: CivilDate, drafts: Bool = true) throws {
        knowledge = try options.open()
        read = try layers.read()
        guard !read.isEmpty else { throw EditionError.noRules(layers.packs) }
        ruleSet = try Self.compile(read, knowledge, today, drafts: drafts)
        files = ruleSet.files
    }

    /// What a service makes of the same bytes: they are not read again, for what was tested is what counts.
    func active(on today: CivilDate) throws -> RuleSet { try Self.compile(read, knowledge, today, drafts: false) }

    private static func compile(_ read: [RuleFile], _ knowledge: KnowledgeBase, _ today: CivilDate, drafts: Bool) throws -> RuleSet {
        let (rules, diagnostics) = RuleCompiler(knowledge: knowledge, today: today).compile(read, includingDrafts: drafts)
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
        let document = try JSONDocument(parsing: bytes)
        do throws(HookProblem) {
            return try PatientFile.snapshot(document, answerer: Answerer(trying: evaluator), asOf: asOf)
        } catch {
            throw CommandError(description: "the call would be refused with \(error.status): " + error.issues.map(\.diagnostics).joined(separator: "; "))
        }
    }
}
