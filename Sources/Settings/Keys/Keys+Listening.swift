extension Keys {
    static let listening = SettingGroup(
        "Where it listens",
        [
            address.key, port.key, isBehindProxy.key, publicURLs.key, certificate.key, certificateKey.key, leastTLS.key,
            certificateInterval.key, origins.key,
        ])

    static let address = Setting("listen.address", .text, default: "127.0.0.1", flag: "--host", "The address to listen on.")
    static let port = Setting("listen.port", .number(0...65_535), default: 8080, flag: "--port", "The port; 0 for any that is free.")
    static let isBehindProxy = Setting(
        "listen.behind_proxy", .flag, default: false, flag: "--behind-proxy",
        "Listen without TLS where other machines reach the port: for a proxy that ends TLS and alone can connect.")
    static let publicURLs = Setting(
        "listen.public_urls", listOf: .url, default: [], isReloaded: true,
        """
        The URLs under which callers know the service, what stands before /cds-services: a token must name one of them as its \
        audience. Where none is given, the address and port it listens on.
        """)
    static let certificate = Setting<String?>(
        "tls.certificate", .path, flag: "--tls-certificate", "The certificate and those between it and its authority, in PEM.")
    static let certificateKey = Setting<String?>("tls.key", .path, flag: "--tls-key", "The private key of the certificate, in PEM.")
    static let leastTLS = Setting("tls.minimum", .choice("version of TLS"), default: LeastTLS.v1_2, "The oldest version of TLS spoken.")
    static let certificateInterval = Setting(
        "tls.check_every", .duration(.seconds(1)...(.seconds(86_400))), default: .seconds(60),
        "How often the files are looked at for a renewed certificate; SIGHUP looks at once.")
    static let origins = Setting(
        "origins", listOf: .text, default: [], flag: "--allow-origin",
        "The origins whose web pages may call from a browser, such as https://sandbox.cds-hooks.org; `*` for any.")
}

/// The oldest version of TLS that is spoken.
public enum LeastTLS: String, Sendable, Hashable, CaseIterable {
    case v1_2 = "1.2"
    case v1_3 = "1.3"
}
