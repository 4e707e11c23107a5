public import Digests
import Documents
public import RuleLanguage

/// Where the rules of an edition come from.
public enum EditionRules: Sendable, Hashable {
    /// Files and folders, as they are written.
    case layers(RuleLayers)
    /// A published bundle, and the files of the keys of which one must have signed it.
    case bundle(String, keys: [String])

    /// The files that they are made of, as they are now; those that cannot be seen are left out.
    var paths: [String] {
        switch self {
        case .layers(let layers):
            layers.packs.flatMap { (try? RuleFolder.files(at: [$0])) ?? [] } + (layers.site.map { (try? RuleFolder.files(at: [$0])) ?? [] } ?? [])
        case .bundle(let path, let keys): [path] + keys
        }
    }

    /// The files of rules, and the bundle that they came in.
    ///
    /// - Throws: `EditionError`; a bundle that nobody trusted has signed, or that is not as it was published, is not read further.
    func read() throws(EditionError) -> (files: [RuleFile], bundle: RuleBundle?) {
        switch self {
        case .layers(let layers):
            let files: [RuleFile]
            do { files = try layers.read() } catch { throw .files("\(error)") }
            guard !files.isEmpty else { throw .noRules(layers.packs) }
            return (files, nil)
        case .bundle(let path, let keys):
            let bundle = try Self.bundle(path)
            let trusted = try Self.keys(keys)
            do throws(BundleError) { try bundle.verified(by: trusted) } catch { throw .bundle("\(path): \(error)") }
            return (bundle.ruleFiles, bundle)
        }
    }

    private static func bundle(_ path: String) throws(EditionError) -> RuleBundle {
        let bytes: [UInt8]
        do { bytes = try SourceFile.bytes(of: path) } catch { throw .bundle("\(error)") }
        do { return try RuleBundle(parsing: bytes) } catch { throw .bundle("\(path): \(error)") }
    }

    /// The keys in some files.
    ///
    /// - Throws: what keeps a file from being a public key.
    public static func keys(_ paths: [String]) throws(EditionError) -> [VerificationKey] {
        var keys: [VerificationKey] = []
        for path in paths {
            let bytes: [UInt8]
            do { bytes = try SourceFile.bytes(of: path) } catch { throw .bundle("\(error)") }
            do { keys.append(try VerificationKey(text: String(decoding: bytes, as: UTF8.self))) } catch { throw .bundle("\(path): \(error)") }
        }
        return keys
    }
}
