import CDSHooks
import Clinical
import Documents
import Engine
import Knowledge
import KnowledgeStore
import RuleLanguage

/// Makes an edition from files: the knowledge file is opened and verified, the rules are read, checked and planned.
public struct EditionLoader: Sendable {
    /// Rule files and folders, searched for `*.yaml`.
    public let rules: [String]
    /// The SQLite file that `vigil knowledge build` makes.
    public let knowledge: String
    /// Tells the day against which the rules' dates are checked.
    public let clock: RequestClock
    /// What was shown before, for EHRs that ask not to be told twice; the same for all editions.
    private let memory = AlertMemory()

    public init(rules: [String], knowledge: String, clock: RequestClock) {
        self.rules = rules
        self.knowledge = knowledge
        self.clock = clock
    }

    /// A whole edition.
    ///
    /// - Throws: `EditionError` for a knowledge file or rules that cannot be used; nothing is half loaded.
    public func load() throws(EditionError) -> Edition {
        let knowledge = try openKnowledge()
        let sources = try readRules()
        let (ruleSet, diagnostics) = RuleCompiler(knowledge: knowledge, today: clock.now().today).compile(sources)
        let complaints = Complaints(diagnostics: diagnostics, sources: sources)
        guard let ruleSet else { throw .rules(complaints) }
        return Edition(rules: ruleSet, knowledge: knowledge, complaints: complaints, loaded: clock.now(), memory: memory)
    }

    private func openKnowledge() throws(EditionError) -> KnowledgeBase {
        do {
            return try KnowledgeStore.open(knowledge)
        } catch {
            throw .knowledge("\(error)")
        }
    }

    private func readRules() throws(EditionError) -> [Source] {
        let sources: [Source]
        do {
            sources = try RuleFolder.sources(at: rules)
        } catch {
            throw .files("\(error)")
        }
        guard !sources.isEmpty else { throw .noRules(rules) }
        return sources
    }
}
