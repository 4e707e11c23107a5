import Crypto
import Foundation
import NIOSSL
import SwiftASN1
import X509

/// A server's key and certificate, signed by itself and made anew for each run of the tests.
struct TLSIdentity: Sendable {
    let certificate: String
    let key: String

    /// A certificate for one address and no name.
    init(address: [UInt8] = [127, 0, 0, 1]) throws {
        let key = P256.Signing.PrivateKey()
        let name = try DistinguishedName { CommonName("Fake FHIR server") }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(key.publicKey),
            notValidBefore: Date(timeIntervalSinceNow: -86_400), notValidAfter: Date(timeIntervalSinceNow: 86_400), issuer: name,
            subject: name, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                SubjectAlternativeNames([.ipAddress(ASN1OctetString(contentBytes: address[...]))])
            },
            issuerPrivateKey: .init(key))
        self.certificate = try certificate.serializeAsPEM().pemString
        self.key = key.pemRepresentation
    }

    func server() throws -> TLSConfiguration {
        .makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)))
    }
}
