import CDSHooks
import Clinical
import Documents
import Engine
import Knowledge
import KnowledgeStore
public import RuleLanguage
import Synchronization

/// Makes an edition from files: the knowledge file is opened and verified, the rules are read, checked and planned.
public struct EditionLoader: Sendable {
    /// Rule files and folders, searched for `*.yaml`, and what a site lays over them.
    public let rules: RuleLayers
    /// The SQLite file that `vigil knowledge build` makes.
    public let knowledge: String
    /// Tells the day against which the rules' dates are checked.
    public let clock: RequestClock
    /// What was shown before, for EHRs that ask not to be told twice; the same for all editions.
    private let memory = AlertMemory()
    private let opened = OpenedKnowledge()

    /// Rules that no site changes.
    public init(rules: [String], knowledge: String, clock: RequestClock) {
        self.init(rules: RuleLayers(packs: rules), knowledge: knowledge, clock: clock)
    }

    public init(rules: RuleLayers, knowledge: String, clock: RequestClock) {
        self.rules = rules
        self.knowledge = knowledge
        self.clock = clock
    }

    /// A whole edition.
    ///
    /// - Throws: `EditionError` for a knowledge file or rules that cannot be used; nothing is half loaded.
    public func load() throws(EditionError) -> Edition {
        let knowledge = try openKnowledge()
        let files = try readRules()
        let (ruleSet, diagnostics) = RuleCompiler(knowledge: knowledge, today: clock.now().today).compile(files)
        let complaints = Complaints(diagnostics: diagnostics, sources: files.map(\.source))
        guard let ruleSet else { throw .rules(complaints) }
        return Edition(rules: ruleSet, knowledge: knowledge, complaints: complaints, loaded: clock.now(), memory: memory)
    }

    /// The files that the edition is made of, as they are now; those that cannot be seen are left out.
    func stamps() -> [FileStamp] {
        let files = rules.packs.flatMap { (try? RuleFolder.files(at: [$0])) ?? [] } + (rules.site.map { (try? RuleFolder.files(at: [$0])) ?? [] } ?? [])
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

    private func readRules() throws(EditionError) -> [RuleFile] {
        let files: [RuleFile]
        do {
            files = try rules.read()
        } catch {
            throw .files("\(error)")
        }
        guard !files.isEmpty else { throw .noRules(rules.packs) }
        return files
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
