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
    /// Rule files and folders with what a site lays over them, or a bundle.
    public let rules: EditionRules
    /// The SQLite file that `vigil knowledge build` makes.
    public let knowledge: String
    /// Tells the day against which the rules' dates are checked.
    public let clock: RequestClock
    /// What was shown before, for EHRs that ask not to be told twice; the same for all editions.
    private let memory = AlertMemory()
    private let opened = OpenedKnowledge()

    /// Rules that no site changes.
    public init(rules: [String], knowledge: String, clock: RequestClock) {
        self.init(rules: .layers(RuleLayers(packs: rules)), knowledge: knowledge, clock: clock)
    }

    public init(rules: EditionRules, knowledge: String, clock: RequestClock) {
        self.rules = rules
        self.knowledge = knowledge
        self.clock = clock
    }

    /// A whole edition.
    ///
    /// - Throws: `EditionError` for a knowledge file or rules that cannot be used; nothing is half loaded.
    public func load() throws(EditionError) -> Edition {
        let knowledge = try openKnowledge()
        let (files, bundle) = try rules.read()
        if let bundle { try Self.check(bundle, with: knowledge) }
        let (ruleSet, diagnostics) = RuleCompiler(knowledge: knowledge, today: clock.now().today).compile(files)
        let complaints = Complaints(diagnostics: diagnostics, sources: files.map(\.source))
        guard let ruleSet else { throw .rules(complaints) }
        return Edition(rules: ruleSet, knowledge: knowledge, complaints: complaints, loaded: clock.now(), bundle: bundle.map { "\($0.id)" }, memory: memory)
    }

    /// The files that the edition is made of, as they are now; those that cannot be seen are left out.
    func stamps() -> [FileStamp] {
        (rules.paths + [knowledge]).compactMap(FileStamp.init)
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

    /// A bundle answers with the knowledge that it was tested with, and with no other.
    static func check(_ bundle: RuleBundle, with knowledge: KnowledgeBase) throws(EditionError) {
        let (manifest, version) = (bundle.manifest, knowledge.version)
        guard manifest.knowledge != version.digest else { return }
        let error = BundleError.otherKnowledge(
            wanted: manifest.knowledgeVersion, wantedDigest: manifest.knowledge, found: version.name, foundDigest: version.digest)
        throw .bundle("\(error)")
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
