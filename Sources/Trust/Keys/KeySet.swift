public import Documents

/// The public keys of a client, read from a JWK Set.
///
/// Keys that cannot verify what we accept are passed over, as RFC 7517 §5 asks: symmetric ones, those for encryption, curves
/// and algorithms we do not know, RSA below 2048 bits. So are keys without a `kid`, which no token could select, and keys
/// published together with their private half, which anyone may have used.
public struct KeySet: Sendable {
    /// More keys than this are not read.
    public static let greatestCount = 100

    public let keys: [VerificationKey]

    /// Reads a JWK Set.
    ///
    /// - Throws: `KeySetError` where it is no JWK Set, or none of its keys can be used.
    public init(parsing bytes: [UInt8]) throws(KeySetError) {
        let document: JSONDocument
        do { document = try JSONDocument(parsing: bytes, limits: JSONLimits(depth: 8, size: 256 << 10)) } catch {
            throw .notJSON(error)
        }
        try self.init(document.root)
    }

    /// Reads a JWK Set that stands inside another document, such as the configuration.
    public init(_ set: JSONNode) throws(KeySetError) {
        guard let list = set["keys"], list.kind == .array else { throw .noKeys }
        guard list.count <= Self.greatestCount else { throw .tooMany }
        keys = list.elements.compactMap(VerificationKey.init)
        if keys.isEmpty { throw .noneUsable }
    }

    /// The keys of that name which may be used with `algorithm`; names are compared byte by byte.
    func keys(named id: String, for algorithm: SigningAlgorithm) -> [VerificationKey] {
        keys.filter { $0.id.utf8.elementsEqual(id.utf8) && $0.algorithms.contains(algorithm) }
    }

    /// Whether a key has that name, whatever it is for.
    func hasKey(named id: String) -> Bool { keys.contains { $0.id.utf8.elementsEqual(id.utf8) } }

    /// Whether some key may be used with one of `algorithms`.
    func hasKey(for algorithms: Set<SigningAlgorithm>) -> Bool { keys.contains { !$0.algorithms.isDisjoint(with: algorithms) } }
}

/// Why bytes are not a JWK Set that can be used.
public enum KeySetError: Error, Sendable, Hashable, CustomStringConvertible {
    case notJSON(JSONError)
    case noKeys
    case tooMany
    case noneUsable

    public var description: String {
        switch self {
        case .notJSON(let error): "the key set is not JSON: \(error)"
        case .noKeys: "the key set has no `keys` array"
        case .tooMany: "the key set has more than \(KeySet.greatestCount) keys"
        case .noneUsable:
            "no key of the key set can be used: each needs a `kid`, and to be EC on P-384 or P-256, or RSA of 2048 bits or more"
        }
    }
}

extension VerificationKey {
    /// The key that a JWK is; `nil` where it cannot verify what we accept.
    ///
    /// - Source: RFC 7517 §4; RFC 7518 §6.2 and §6.3.
    init?(_ key: JSONNode) {
        guard let id = key["kid"]?.string, !id.isEmpty, id.utf8.count <= 512, key["d"] == nil, Self.isForSignatures(key) else {
            return nil
        }
        var stated: SigningAlgorithm?
        if let name = key["alg"] {
            guard let algorithm = name.string.flatMap(SigningAlgorithm.init(rawValue:)) else { return nil }
            stated = algorithm
        }
        switch key["kty"]?.string {
        case "EC":
            guard let curve = key["crv"]?.string, let x = Self.number(key["x"]), let y = Self.number(key["y"]) else { return nil }
            self.init(id: id, curve: curve, x: x, y: y)
        case "RSA":
            guard let modulus = Self.number(key["n"]), let exponent = Self.number(key["e"]) else { return nil }
            self.init(id: id, modulus: modulus, exponent: exponent)
        default: return nil
        }
        if let stated { guard restrict(to: stated) else { return nil } }
    }

    /// A number written as base64url; `nil` where it is not.
    private static func number(_ member: JSONNode?) -> String? {
        member?.string.flatMap { text in Base64URL.decoded(text.utf8).map { _ in text } }
    }

    /// Whether `use` and `key_ops`, where they are there, let it verify signatures.
    private static func isForSignatures(_ key: JSONNode) -> Bool {
        if let use = key["use"], use.string != "sig" { return false }
        guard let operations = key["key_ops"] else { return true }
        return operations.elements.contains { $0.equals("verify") }
    }
}
