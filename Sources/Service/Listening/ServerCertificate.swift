import Digests
import Documents
import NIOSSL
public import Settings
import Synchronization

/// The certificate that the service shows, and the way to put a renewed one in its place without a restart.
///
/// Connections that stand keep theirs; those made after a change see the new one. Files that do not go together, as while they are
/// being exchanged, change nothing.
public final class ServerCertificate: Sendable {
    private struct Loaded {
        let context: NIOSSLContext
        let digest: Digest
    }

    private let files: TLSFiles
    private let loaded: Mutex<Loaded>

    /// Reads the files.
    ///
    /// - Throws: `ServerCertificateError` where they cannot be read, hold no certificate or key, or do not go together.
    public init(_ files: TLSFiles) throws(ServerCertificateError) {
        self.files = files
        loaded = Mutex(try Self.load(files))
    }

    /// How often the files are looked at.
    public var interval: Duration { files.interval }

    /// What a connection that begins now uses.
    var context: NIOSSLContext { loaded.withLock { $0.context } }

    /// Reads the files again.
    ///
    /// - Returns: whether there was something new in them.
    /// - Throws: `ServerCertificateError`; what was used before still is.
    @discardableResult
    public func reload() throws(ServerCertificateError) -> Bool {
        let new = try Self.load(files)
        return loaded.withLock { loaded in
            guard loaded.digest != new.digest else { return false }
            loaded = new
            return true
        }
    }

    private static func load(_ files: TLSFiles) throws(ServerCertificateError) -> Loaded {
        let certificate: [UInt8], key: [UInt8]
        do throws(SourceFileError) {
            certificate = try SourceFile.bytes(of: files.certificate, limit: 1 << 20)
            key = try SourceFile.bytes(of: files.key, limit: 1 << 20)
        } catch {
            throw ServerCertificateError(description: error.message)
        }
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(certificate), !chain.isEmpty else {
            throw ServerCertificateError(description: "\(files.certificate): holds no certificate in PEM")
        }
        guard let privateKey = try? NIOSSLPrivateKey(bytes: key, format: .pem) else {
            throw ServerCertificateError(description: "\(files.key): holds no private key in PEM, or one with a passphrase")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = files.least == .v1_3 ? .tlsv13 : .tlsv12
        configuration.applicationProtocols = ["h2", "http/1.1"]
        guard let context = try? NIOSSLContext(configuration: configuration) else {
            throw ServerCertificateError(description: "\(files.key): is not the key of the certificate in \(files.certificate)")
        }
        return Loaded(context: context, digest: Digest(ofParts: [certificate, key]))
    }
}

/// Why certificate and key cannot be used.
public struct ServerCertificateError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String
}
