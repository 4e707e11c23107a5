public import Digests
import Documents

/// A release of rules as one file: rules, sets and overrides, what the tests said, and for which knowledge; signed, and named by its content.
///
/// A JSON value a line: the manifest; each file; the outcome of each test; and last the signatures over the SHA-256 of all before.
/// Equal input gives equal bytes.
public struct RuleBundle: Sendable {
    /// A file of a layer, by its path below the layer's folder.
    public struct File: Sendable, Hashable {
        public let path: String
        public let layer: Layer
        public let text: String

        public var digest: Digest { Digest(of: text) }

        public init(path: String, layer: Layer, text: String) {
            self.path = path
            self.layer = layer
            self.text = text
        }
    }

    /// What came of one test.
    public struct TestLine: Sendable, Hashable {
        public let rule: String
        public let name: String
        /// `passed`, or why it was not run.
        public let outcome: String

        public init(rule: String, name: String, outcome: String) {
            self.rule = rule
            self.name = name
            self.outcome = outcome
        }
    }

    public let manifest: BundleManifest
    /// By layer and path.
    public let files: [File]
    public let tests: [TestLine]
    public private(set) var signatures: [Signature]

    /// A bundle that nobody has signed yet.
    public init(manifest: BundleManifest, files: [File], tests: [TestLine]) {
        self.manifest = manifest
        self.files = files.sorted { ($0.layer, $0.path) < ($1.layer, $1.path) }
        self.tests = tests
        signatures = []
    }

    /// The files of rules as a bundle holds them.
    ///
    /// - Throws: `BundleError.notText` for a file that is not UTF-8.
    public static func files(_ files: [RuleFile]) throws(BundleError) -> [File] {
        var bundled: [File] = []
        for layer in Layer.allCases {
            let own = files.filter { $0.layer == layer }
            for (path, file) in zip(RuleCompiler.pathsBelowTheirFolder(own.map(\.source.name)), own) {
                guard let text = String(validating: file.source.bytes, as: UTF8.self) else { throw .notText(file.source.name) }
                bundled.append(File(path: path, layer: layer, text: text))
            }
        }
        return bundled
    }

    /// The files, read as YAML: what a compiler takes.
    public var ruleFiles: [RuleFile] {
        files.map { RuleFile(Source(name: "\($0.layer.rawValue)/\($0.path)", text: $0.text), layer: $0.layer) }
    }

    /// All that is signed.
    private var content: [UInt8] {
        var lines = [manifest.json(files: files)]
        lines += files.map { .object([("path", .string($0.path)), ("layer", .string($0.layer.rawValue)), ("text", .string($0.text))]) }
        lines += tests.map { .object([("rule", .string($0.rule)), ("case", .string($0.name)), ("outcome", .string($0.outcome))]) }
        return lines.flatMap { $0.bytes(pretty: false) + [0x0A] }
    }

    /// Names the bundle by its content, whoever signed it.
    public var id: Digest { Digest(of: content) }

    public mutating func sign(with key: SigningKey) throws(KeyError) {
        signatures.append(try key.signature(of: id, as: .rules))
    }

    mutating func add(_ signature: Signature) {
        signatures.append(signature)
    }

    public var bytes: [UInt8] {
        content + JSONValue.object([("signatures", .array(signatures.map { .string("\($0)") }))]).bytes(pretty: false) + [0x0A]
    }

    /// Who of these keys has signed it.
    ///
    /// - Throws: `BundleError` where none has.
    @discardableResult
    public func verified(by keys: [VerificationKey]) throws(BundleError) -> VerificationKey {
        guard !signatures.isEmpty else { throw .unsigned }
        guard let key = keys.signer(of: id, as: .rules, in: signatures) else {
            throw .untrusted(signers: signatures.map(\.key), trusted: keys.map(\.id))
        }
        return key
    }
}
