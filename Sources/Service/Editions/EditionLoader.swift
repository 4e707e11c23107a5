import CDSHooks
import Clinical
import Digests
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
    /// Files of public keys, of which one must have signed the knowledge file; none where nobody must.
    public let keys: [String]
    /// Tells the day against which the rules' dates are checked.
    public let clock: RequestClock
    /// What was shown before, for EHRs that ask not to be told twice; the same for all editions.
    private let memory = AlertMemory()
    private let opened = OpenedKnowledge()

    /// Rules that no site changes.
    public init(rules: [String], knowledge: String, keys: [String] = [], clock: RequestClock) {
        self.init(rules: .layers(RuleLayers(packs: rules)), knowledge: knowledge, keys: keys, clock: clock)
    }

    public init(rules: EditionRules, knowledge: String, keys: [String] = [], clock: RequestClock) {
        self.rules = rules
        self.knowledge = knowledge
        self.keys = keys
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
        rules.paths.compactMap(FileStamp.init) + knowledgeStamps
    }

    /// The knowledge file; where it must be signed, also its signatures and the keys.
    private var knowledgeStamps: [FileStamp] {
        ([knowledge] + (keys.isEmpty ? [] : [KnowledgeSignatures.path(of: knowledge)] + keys)).compactMap(FileStamp.init)
    }

    /// The knowledge, opened anew only where one of its files is another than the last time.
    private func openKnowledge() throws(EditionError) -> KnowledgeBase {
        let stamps = knowledgeStamps
        if let known = opened.knowledge(of: stamps) { return known }
        let trusted = try readKeys()
        do {
            let knowledge = try KnowledgeStore.open(knowledge, trusting: trusted)
            opened.keep(knowledge, of: stamps)
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

    private func readKeys() throws(EditionError) -> [VerificationKey] {
        var read: [VerificationKey] = []
        for path in keys {
            do {
                read.append(try VerificationKey(text: String(decoding: SourceFile.bytes(of: path, limit: 1 << 16), as: UTF8.self)))
            } catch {
                throw .knowledge("\(path): \(error)")
            }
        }
        return read
    }
}

/// The knowledge that was opened last, and the files it came from.
private final class OpenedKnowledge: Sendable {
    private let held = Mutex<(stamps: [FileStamp], knowledge: KnowledgeBase)?>(nil)

    func knowledge(of stamps: [FileStamp]) -> KnowledgeBase? {
        held.withLock { $0?.stamps == stamps ? $0?.knowledge : nil }
    }

    func keep(_ knowledge: KnowledgeBase, of stamps: [FileStamp]) {
        held.withLock { $0 = (stamps, knowledge) }
    }
}
