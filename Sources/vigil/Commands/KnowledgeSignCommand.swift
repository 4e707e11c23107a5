import ArgumentParser
import Digests
import Knowledge
import KnowledgeStore

/// By which key what is made is signed.
struct SigningOptions: ParsableArguments {
    @Option(name: .customLong("sign"), help: ArgumentHelp("Sign the file that is made with this secret key (`vigil keys new`).", valueName: "key"))
    var keyFile: String?

    func key() throws -> SigningKey? { try keyFile.map(KeyFile.signingKey) }
}

/// `vigil knowledge sign`: vouches for a knowledge file.
struct KnowledgeSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign a knowledge file, beside the signatures that it has.",
        discussion: """
            Writes a line into FILE.sig. A service whose configuration names `knowledge_keys` loads only what one of them signed.

            EXAMPLES:
              vigil knowledge sign hospital.sqlite --key pharmacy.key
            """)

    @Argument(help: "The knowledge file.")
    var file: String

    @Option(help: ArgumentHelp("The secret key.", valueName: "key"))
    var key: String

    func run() throws {
        let signature = try KnowledgeSignatures.sign(file, with: try KeyFile.signingKey(key))
        Output.line("\(KnowledgeSignatures.path(of: file)): signed by \(signature.key)")
    }
}

/// `vigil knowledge verify`: whether a knowledge file is whole, and who vouches for it.
struct KnowledgeVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that a knowledge file is whole, and who signed it.",
        discussion: """
            EXIT CODES:
              0  it is whole, and signed by one of the keys where any are given
              1  none of the keys signed it
              2  it is damaged, or cannot be read

            EXAMPLES:
              vigil knowledge verify
              vigil knowledge verify hospital.sqlite --trust pharmacy.pub --trust vendor.pub
            """)

    @Argument(help: "The knowledge file.")
    var file = ".vigil/knowledge.sqlite"

    @Option(name: .customLong("trust"), help: ArgumentHelp("A public key that is trusted; may be given several times.", valueName: "key"))
    var trusted: [String] = []

    func run() throws {
        let keys = try trusted.map(KeyFile.verificationKey)
        let (digest, signatures) = try KnowledgeSignatures.read(of: file)
        let version = try KnowledgeStore.open(file).version
        Output.line("\(file): knowledge \(version.name), \(version.review), whole")
        Output.line("  checksum \(digest)")
        for signature in signatures {
            let key = keys.first { $0.isValid(signature, of: digest, as: .knowledge) }
            Output.line("  signature of \(signature.key): \(key != nil ? "holds" : keys.isEmpty ? "not checked: no key is given" : "by no key that is trusted, or of another file")")
        }
        if signatures.isEmpty { Output.line("  nobody signed it") }
        guard keys.isEmpty || keys.signer(of: digest, as: .knowledge, in: signatures) != nil else { throw Outcome.findings }
    }
}
