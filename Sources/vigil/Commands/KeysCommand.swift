import ArgumentParser
import Digests
import Documents
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// `vigil keys`: the keys by which knowledge and rules are signed.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Make the keys by which knowledge files and rule bundles are signed, or name one.",
        subcommands: [KeysNewCommand.self, KeysShowCommand.self])
}

/// `vigil keys new`: a new pair of Ed25519 keys.
struct KeysNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a pair of Ed25519 keys: NAME.key, which signs and stays secret, and NAME.pub, which verifies.",
        discussion: """
            Both are PEM, as openssl reads and writes them. An existing file is never replaced; the secret one is readable \
            by its owner alone.

            EXAMPLES:
              vigil keys new release-2026
              vigil knowledge build --sign release-2026.key
            """)

    @Argument(help: "The path of the two files, without their endings.")
    var name: String

    func run() throws {
        let key = SigningKey()
        try Self.write(key.secretPEM, to: name + ".key", mode: 0o600)
        try Self.write(key.verificationKey.pem, to: name + ".pub", mode: 0o644)
        Output.line("key \(key.verificationKey.id)")
        Output.line("  \(name).key  signs; keep it secret, and off the machines that serve")
        Output.line("  \(name).pub  verifies; give it to whoever should trust what you sign")
    }

    private static func write(_ text: String, to path: String, mode: mode_t) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw CommandError(description: "\(path): \(String(cString: strerror(errno)))") }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: Data(text.utf8))
        try file.synchronize()
    }
}

/// `vigil keys show`: the name of a key, as signatures and logs have it.
struct KeysShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print the name of a key, as signatures and logs have it, and its public half.")

    @Argument(help: "A public or a secret key.")
    var file: String

    func run() throws {
        let text = try KeyFile.text(of: file)
        let key: VerificationKey
        do {
            key = try VerificationKey(text: text)
        } catch KeyError.otherHalf {
            key = try KeyFile.signingKey(file).verificationKey
        } catch {
            throw CommandError(description: "\(file): \(error)")
        }
        Output.line("key \(key.id)")
        Output.text(key.pem)
    }
}

/// Keys in files.
enum KeyFile {
    /// The secret key in a file.
    static func signingKey(_ path: String) throws -> SigningKey {
        do {
            return try SigningKey(text: try text(of: path))
        } catch let error as KeyError {
            throw CommandError(description: "\(path): \(error)")
        }
    }

    /// The public key in a file.
    static func verificationKey(_ path: String) throws -> VerificationKey {
        do {
            return try VerificationKey(text: try text(of: path))
        } catch let error as KeyError {
            throw CommandError(description: "\(path): \(error)")
        }
    }

    fileprivate static func text(of path: String) throws -> String {
        String(decoding: try SourceFile.bytes(of: path, limit: 1 << 16), as: UTF8.self)
    }
}
