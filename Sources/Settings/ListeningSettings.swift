/// Where the service listens, and how it is reached.
public struct ListeningSettings: Sendable, Hashable {
    public var address: String
    /// 0 for any that is free.
    public var port: Int
    /// A proxy ends TLS, and alone can connect.
    public var isBehindProxy: Bool
    /// What stands before `/cds-services` in the audience of tokens; empty where it follows from address and port.
    public var publicURLs: [String]
    public var tls: TLSFiles?
    /// Origins of web pages that may call from a browser; `*` for any, empty for none.
    public var origins: [String]

    /// On an address, without TLS, for this machine.
    public init(address: String = "127.0.0.1", port: Int = 8080, tls: TLSFiles? = nil, origins: [String] = []) {
        self.address = address
        self.port = port
        self.tls = tls
        self.origins = origins
        isBehindProxy = false
        publicURLs = []
    }

    init(_ reader: inout SettingsReader) {
        address = reader.value(Keys.address)
        port = reader.value(Keys.port)
        isBehindProxy = reader.value(Keys.isBehindProxy)
        publicURLs = reader.value(Keys.publicURLs)
        origins = reader.value(Keys.origins)
        tls = TLSFiles(&reader)
    }

    /// The address as it stands in a URL, brackets around IPv6.
    public var baseURL: String {
        "\(tls == nil ? "http" : "https")://\(address.contains(":") ? "[\(address)]" : address):\(port)"
    }

    /// What tokens must name: the public URLs, or the address itself.
    public var audienceURLs: [String] { publicURLs.isEmpty ? [baseURL] : publicURLs }

    /// Whether callers on this machine and others would know the service by its address.
    var hasKnownURL: Bool { port != 0 && !isBehindProxy && !["0.0.0.0", "::", "*"].contains(address) }

    /// Whether only this machine reaches the address: 127.0.0.0/8, ::1 or `localhost`.
    public var isLoopback: Bool {
        if address == "localhost" || address == "::1" { return true }
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

/// Where certificate and key of the service stand, and how they are used.
public struct TLSFiles: Sendable, Hashable {
    /// The certificate, and those between it and its authority, in PEM.
    public var certificate: String
    /// The private key in PEM.
    public var key: String
    public var least: LeastTLS
    /// How often the files are looked at again.
    public var interval: Duration

    public init(certificate: String, key: String, least: LeastTLS = .v1_2, interval: Duration = .seconds(60)) {
        self.certificate = certificate
        self.key = key
        self.least = least
        self.interval = interval
    }

    /// Both files, or neither.
    init?(_ reader: inout SettingsReader) {
        let least = reader.value(Keys.leastTLS), interval = reader.value(Keys.certificateInterval)
        switch (reader.value(Keys.certificate), reader.value(Keys.certificateKey)) {
        case (let certificate?, let key?): self.init(certificate: certificate, key: key, least: least, interval: interval)
        case (.some, nil):
            reader.complain(.missing, of: Keys.certificate, "`tls.certificate` needs `tls.key`, the private key that belongs to it")
            return nil
        case (nil, .some):
            reader.complain(.missing, of: Keys.certificateKey, "`tls.key` needs `tls.certificate`, the certificate that belongs to it")
            return nil
        case (nil, nil): return nil
        }
    }
}
