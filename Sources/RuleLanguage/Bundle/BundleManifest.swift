public import Clinical
import Documents

/// What a bundle says of itself, in its first line.
public struct BundleManifest: Sendable, Hashable {
    /// What the tests came to before it was published.
    public struct Tests: Sendable, Hashable {
        public var passed: Int
        public var skipped: Int
        /// The share of changes of rules that they notice, in percent; nothing where none was tried.
        public var mutationScore: Int?

        public init(passed: Int, skipped: Int, mutationScore: Int?) {
            self.passed = passed
            self.skipped = skipped
            self.mutationScore = mutationScore
        }
    }

    /// The layout of bundles that this program writes and reads.
    static let layout = 1

    /// The program that published it.
    public var vigil: String
    /// The day on which it was checked and tested.
    public var published: CivilDate
    /// `core@2026.11`
    public var packs: [String]
    /// How many rules are evaluated, and the digest of all files.
    public var ruleCount: Int
    public var rules: String
    /// The knowledge file that it was checked with, and works with alone.
    public var knowledgeVersion: String
    public var knowledge: String
    public var tests: Tests

    public init(
        vigil: String, published: CivilDate, packs: [String], ruleCount: Int, rules: String, knowledgeVersion: String, knowledge: String, tests: Tests
    ) {
        self.vigil = vigil
        self.published = published
        self.packs = packs
        self.ruleCount = ruleCount
        self.rules = rules
        self.knowledgeVersion = knowledgeVersion
        self.knowledge = knowledge
        self.tests = tests
    }

    func json(files: [RuleBundle.File]) -> JSONValue {
        .object([
            ("bundle", .int(Self.layout)), ("vigil", .string(vigil)), ("published", .string("\(published)")),
            ("packs", .array(packs.map(JSONValue.string))),
            ("rules", .object([("digest", .string(rules)), ("count", .int(ruleCount))])),
            ("knowledge", .object([("digest", .string(knowledge)), ("version", .string(knowledgeVersion))])),
            (
                "tests",
                .object(
                    [("passed", .int(tests.passed)), ("skipped", .int(tests.skipped))] + (tests.mutationScore.map { [("mutationScore", .int($0))] } ?? []))
            ),
            (
                "files",
                .array(
                    files.map { .object([("path", .string($0.path)), ("layer", .string($0.layer.rawValue)), ("sha256", .string("\($0.digest)"))]) })
            ),
        ])
    }

    init(_ node: JSONNode) throws(BundleError) {
        guard let layout = node["bundle"]?.int else { throw .notABundle }
        guard layout == Self.layout else { throw .otherLayout(layout) }
        guard let vigil = node["vigil"]?.string, let published = node["published"]?.string.flatMap({ CivilDate($0) }),
            let rules = node["rules"]?["digest"]?.string, let count = node["rules"]?["count"]?.int,
            let knowledge = node["knowledge"]?["digest"]?.string, let version = node["knowledge"]?["version"]?.string,
            let passed = node["tests"]?["passed"]?.int, let skipped = node["tests"]?["skipped"]?.int
        else { throw .damaged("its first line lacks something") }
        self.init(
            vigil: vigil, published: published, packs: node["packs"]?.elements.compactMap(\.string) ?? [], ruleCount: count, rules: rules,
            knowledgeVersion: version, knowledge: knowledge,
            tests: Tests(passed: passed, skipped: skipped, mutationScore: node["tests"]?["mutationScore"]?.int))
    }
}
