/// An absolute http or https URL in one spelling: scheme and host in lower case, the default port left out.
///
/// Narrower than RFC 3986, so that two readers cannot take it for two addresses: no user, no fragment, no dot segments, no
/// encoded slashes or dots in the path, printable ASCII only.
struct WebAddress: Sendable, Hashable, CustomStringConvertible {
    let scheme: String
    /// A name, an IPv4 address, or an IPv6 address without its brackets.
    let host: String
    let port: Int
    /// Empty, or beginning with `/`.
    let path: String
    /// Without its `?`.
    let query: String?

    init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }), !text.contains("#"),
            let colon = text.firstIndex(of: ":")
        else { return nil }
        let scheme = text[..<colon].lowercased()
        let rest = text[text.index(after: colon)...]
        guard scheme == "https" || scheme == "http", rest.hasPrefix("//") else { return nil }
        let authority = rest.dropFirst(2).prefix { $0 != "/" && $0 != "?" }
        guard let (host, port) = Self.hostAndPort(authority) else { return nil }
        self.init(scheme: scheme, host: host, port: port, target: rest.dropFirst(2 + authority.count))
    }

    /// The address of the same server that `target`, a path and a query, names.
    private init?(scheme: String, host: String, port: Int?, target: Substring) {
        let path = target.prefix { $0 != "?" }
        guard path.isEmpty || path.first == "/", Self.isPlain(path) else { return nil }
        self.scheme = scheme
        self.host = host
        self.port = port ?? (scheme == "https" ? 443 : 80)
        self.path = percentEncoded(path)
        query = path.count < target.count ? percentEncoded(target.dropFirst(path.count + 1)) : nil
    }

    var description: String {
        let name = host.contains(":") ? "[\(host)]" : host
        let suffix = port == (scheme == "https" ? 443 : 80) ? "" : ":\(port)"
        return "\(scheme)://\(name)\(suffix)\(path)" + (query.map { "?\($0)" } ?? "")
    }

    // MARK: - Next to others

    func isSameOrigin(as other: WebAddress) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port
    }

    /// Whether it is `base` or lies below it.
    func isWithin(_ base: WebAddress) -> Bool {
        isSameOrigin(as: base) && (path == base.path || path.hasPrefix(base.path + "/"))
    }

    /// What `reference`, found in an answer of this address, points at: absolute, from the root, or relative to this address.
    ///
    /// - Source: RFC 3986 §5.2, without dot segments and without `//host`.
    func resolving(_ reference: String) -> WebAddress? {
        if reference.hasPrefix("//") { return nil }
        if reference.hasPrefix("/") { return at(reference[...]) }
        if reference.hasPrefix("?") { return at((path + reference)[...]) }
        if let absolute = WebAddress(reference) { return absolute }
        guard !reference.prefix(while: { $0 != "/" && $0 != "?" }).contains(":"), !reference.isEmpty else { return nil }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return at((folder + reference)[...])
    }

    private func at(_ target: Substring) -> WebAddress? {
        guard target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }), !target.contains("#") else {
            return nil
        }
        return WebAddress(scheme: scheme, host: host, port: port, target: target)
    }

    // MARK: - Smaller steps

    private static func hostAndPort(_ authority: Substring) -> (host: String, port: Int?)? {
        var rest = authority
        let host: Substring
        if rest.first == "[" {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            host = rest[rest.index(after: rest.startIndex)..<end]
            rest = rest[rest.index(after: end)...]
            guard host.utf8.allSatisfy({ isHexadecimal($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }) else {
                return nil
            }
        } else {
            host = rest.prefix { $0 != ":" }
            rest = rest.dropFirst(host.count)
            guard host.utf8.allSatisfy(isOfName) else { return nil }
        }
        guard !host.isEmpty else { return nil }
        if rest.isEmpty { return (host.lowercased(), nil) }
        let digits = rest.dropFirst()
        guard rest.first == ":", digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits),
            (1...65_535).contains(port)
        else { return nil }
        return (host.lowercased(), port)
    }

    /// Whether a path says plainly where it leads.
    private static func isPlain(_ path: Substring) -> Bool {
        let lower = path.lowercased()
        guard !lower.contains("%2f"), !lower.contains("%5c"), !lower.contains("%2e") else { return false }
        return !lower.split(separator: "/").contains { $0 == "." || $0 == ".." }
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
