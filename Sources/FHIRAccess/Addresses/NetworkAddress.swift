#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An IP address, and whose it is.
///
/// - Source: the IANA special-purpose address registries (RFC 6890 and its successors).
struct NetworkAddress: Sendable, Hashable {
    /// Whose an address is.
    enum Scope: Sendable, Hashable {
        /// Anyone's on the Internet.
        case global
        /// This machine's.
        case loopback
        /// Of a network of one's own: RFC 1918, RFC 4193, RFC 6598.
        case privateNetwork
        /// Of one link; clouds answer there with credentials of the machine (169.254.169.254).
        case linkLocal
        /// No server's: unspecified, multicast, reserved, for documentation.
        case special
    }

    /// 4 bytes of IPv4, or 16 of IPv6.
    let bytes: [UInt8]

    /// Reads an address in its usual spelling, an IPv6 zone at its end left aside; `nil` for names and for `127.1` and the like.
    init?(_ literal: some StringProtocol) {
        let text = String(literal.prefix { $0 != "%" })
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            bytes = withUnsafeBytes(of: v4) { Array($0) }
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            bytes = withUnsafeBytes(of: v6) { Array($0) }
        } else {
            return nil
        }
    }

    var scope: Scope { bytes.count == 4 ? Self.scope(ofV4: bytes[...]) : Self.scope(ofV6: bytes) }

    private static func scope(ofV4 bytes: ArraySlice<UInt8>) -> Scope {
        let (first, second, third) = (bytes[bytes.startIndex], bytes[bytes.startIndex + 1], bytes[bytes.startIndex + 2])
        switch (first, second, third) {
        case (127, _, _): return .loopback
        case (10, _, _), (172, 16...31, _), (192, 168, _), (100, 64...127, _): return .privateNetwork
        case (169, 254, _): return .linkLocal
        case (0, _, _), (192, 0, 0), (192, 0, 2), (198, 18...19, _), (198, 51, 100), (203, 0, 113), (224..., _, _):
            return .special
        default: return .global
        }
    }

    /// IPv6 has ways to carry an IPv4 address; what counts is the one carried.
    private static func scope(ofV6 bytes: [UInt8]) -> Scope {
        let leadingZeros = bytes.prefix { $0 == 0 }.count
        if leadingZeros == 16 { return .special }
        if leadingZeros == 15, bytes[15] == 1 { return .loopback }
        if leadingZeros == 10, bytes[10] == 0xFF, bytes[11] == 0xFF { return scope(ofV4: bytes[12...]) }
        if leadingZeros >= 12 { return .special }
        if bytes.starts(with: [0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) { return scope(ofV4: bytes[12...]) }
        switch (bytes[0], bytes[1]) {
        case (0x20, 0x02): return scope(ofV4: bytes[2..<6])
        case (0x20, 0x01) where bytes[2] < 2 || bytes[2] == 0x0D && bytes[3] == 0xB8: return .special
        case (0xFC...0xFD, _): return .privateNetwork
        case (0xFE, 0x80...0xBF): return .linkLocal
        case (0xFE, 0xC0...0xFF): return .privateNetwork
        case (0x20...0x3F, _): return .global
        default: return .special
        }
    }
}

/// The addresses that may be reached beside those of the Internet at large.
public struct NetworkReach: OptionSet, Sendable, Hashable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// This machine, by http too: for tests and demonstrations.
    public static let loopback = NetworkReach(rawValue: 1)
    /// Private networks, where a hospital's own FHIR server stands.
    public static let privateNetworks = NetworkReach(rawValue: 2)
    /// Addresses of one link; hardly ever wanted.
    public static let linkLocal = NetworkReach(rawValue: 4)

    func includes(_ scope: NetworkAddress.Scope) -> Bool {
        switch scope {
        case .global: true
        case .loopback: contains(.loopback)
        case .privateNetwork: contains(.privateNetworks)
        case .linkLocal: contains(.linkLocal)
        case .special: false
        }
    }

    /// Whether `address` may be tried: by https, and where its host is spelled as an IP address or as `localhost`, within reach.
    ///
    /// What a name leads to is known only when the connection stands, and checked there.
    func mayTry(_ address: WebAddress) -> Bool {
        let isLocalName = address.host == "localhost" || address.host.hasSuffix(".localhost")
        let literal = NetworkAddress(address.host)
        let scope = isLocalName ? .loopback : literal?.scope
        if address.scheme == "http", scope != .loopback { return false }
        if let scope { return includes(scope) }
        // `0x7f.1` and `2130706433` are not names, and resolvers take them for addresses.
        guard let last = address.host.split(separator: ".").last, let first = last.utf8.first else { return false }
        return !(0x30...0x39).contains(first) && !address.host.contains(":")
    }
}
