import CDSHooks
import Clinical
import Documents
import Engine
import Knowledge
import KnowledgeStore
import RuleLanguage
import Synchronization

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
    private let opened = OpenedKnowledge()

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

    /// The files that the edition is made of, as they are now; those that cannot be seen are left out.
    func stamps() -> [FileStamp] {
        let files = rules.flatMap { (try? RuleFolder.files(at: [$0])) ?? [] }
        return (files + [knowledge]).compactMap(FileStamp.init)
    }

    /// The knowledge, opened anew only where its file is another than the last time.
    private func openKnowledge() throws(EditionError) -> KnowledgeBase {
        let stamp = FileStamp(knowledge)
        if let stamp, let known = opened.knowledge(of: stamp) { return known }
        do {
            let knowledge = try KnowledgeStore.open(knowledge)
            opened.keep(knowledge, of: stamp)
            return knowledge
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

/// The knowledge that was opened last, and the file it came from.
private final class OpenedKnowledge: Sendable {
    private let held = Mutex<(stamp: FileStamp, knowledge: KnowledgeBase)?>(nil)

    func knowledge(of stamp: FileStamp) -> KnowledgeBase? {
        held.withLock { $0?.stamp == stamp ? $0?.knowledge : nil }
    }

    func keep(_ knowledge: KnowledgeBase, of stamp: FileStamp?) {
        held.withLock { $0 = stamp.map { ($0, knowledge) } }
    }
}
