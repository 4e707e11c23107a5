import NIOSSL

/// Authorities to trust beside those of the system, such as a hospital's own.
public struct CertificateAuthorities: Sendable {
    let certificates: [NIOSSLCertificate]

    /// None beside the system's.
    public static let systemOnly = CertificateAuthorities(certificates: [])

    private init(certificates: [NIOSSLCertificate]) { self.certificates = certificates }

    /// Reads the certificates of a PEM file.
    ///
    /// - Throws: `CertificateAuthoritiesError` where it cannot be read or holds none.
    public init(pemFile path: String) throws(CertificateAuthoritiesError) {
        guard let certificates = try? NIOSSLCertificate.fromPEMFile(path), !certificates.isEmpty else {
            throw CertificateAuthoritiesError(path: path)
        }
        self.certificates = certificates
    }

    /// Reads certificates in PEM.
    init(pem: String) throws {
        certificates = try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8))
    }
}

/// A file of authorities that cannot be used.
public struct CertificateAuthoritiesError: Error, Sendable, Hashable, CustomStringConvertible {
    public let path: String

    public var description: String { "`\(path)` holds no certificates in PEM, or cannot be read" }
}
