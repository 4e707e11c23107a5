/// Why a bundle is not used.
public enum BundleError: Error, Sendable, Hashable, CustomStringConvertible {
    case notABundle
    case otherLayout(Int)
    /// It is not as it was published; the words say what.
    case damaged(String)
    /// A file that is no text in UTF-8, so that it cannot stand in a bundle.
    case notText(String)
    case unsigned
    /// Signed, and by none of the keys that are trusted.
    case untrusted(signers: [String], trusted: [String])
    /// It was checked with another knowledge file than the one that is open.
    case otherKnowledge(wanted: String, wantedDigest: String, found: String, foundDigest: String)

    public var description: String {
        switch self {
        case .notABundle: "this is no bundle of rules: `vigil publish` makes one"
        case .otherLayout(let layout): "the bundle has layout \(layout), and this program reads layout \(BundleManifest.layout)"
        case .damaged(let what): "the bundle is not as it was published: \(what)"
        case .notText(let path): "`\(path)` is no text in UTF-8"
        case .unsigned: "the bundle bears no signature"
        case .untrusted(let signers, let trusted):
            "the bundle is signed by \(signers.joined(separator: ", ")), and trusted \(trusted.count == 1 ? "is" : "are") "
                + (trusted.isEmpty ? "nobody" : trusted.joined(separator: ", ")) + ", or the signature does not fit"
        case .otherKnowledge(let wanted, let wantedDigest, let found, let foundDigest):
            "the bundle was checked with knowledge \(wanted) (\(wantedDigest.prefix(12))), and the knowledge file is \(found) (\(foundDigest.prefix(12)))"
        }
    }
}
