import ArgumentParser
import Digests
import Documents
import Foundation
import Knowledge
import KnowledgeStore

/// `vigil knowledge`: makes and shows what is known of drugs.
struct KnowledgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "knowledge",
        abstract: "Build the knowledge file, add to it, check it, compare it, or show what it knows.",
        subcommands: [
            KnowledgeBuildCommand.self, KnowledgeShowCommand.self, KnowledgeImportCommand.self, KnowledgeLintCommand.self,
            KnowledgeDiffCommand.self, KnowledgeSampleCommand.self, KnowledgeSignCommand.self, KnowledgeVerifyCommand.self,
        ])
}

/// `vigil knowledge build`: tables to one SQLite file.
struct KnowledgeBuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Make the knowledge file from the source tables.",
        discussion: """
            Reads the CSV tables, checks every row, and writes one SQLite file; the same tables give the same file. An \
            existing file is replaced only when the new one is complete.

            EXAMPLES:
              vigil knowledge build
              vigil knowledge build --tables Knowledge --output .vigil/knowledge.sqlite
              vigil knowledge build --sign release-2026.key
            """)

    @Option(help: ArgumentHelp("The folder of the source tables.", valueName: "folder"))
    var tables = "Knowledge"

    @Option(help: ArgumentHelp("The file to make.", valueName: "file"))
    var output = ".vigil/knowledge.sqlite"

    @OptionGroup var signing: SigningOptions

    func run() throws {
        let folder = URL(fileURLWithPath: output).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let signer = try signing.key()
        let report = try KnowledgeBuilder.build(tables: tables, into: output, signer: signer)
        Output.text(report.text)
        if let signer { Output.line("  signed by \(signer.verificationKey.id) in \(KnowledgeSignatures.path(of: output))") }
    }
}

/// `vigil knowledge show`: everything known of one drug, with where it comes from.
struct KnowledgeShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what is known of a drug, and from where.",
        discussion: """
            EXAMPLES:
              vigil knowledge show warfarin
              vigil knowledge show warfarin --all
            """)

    @Argument(help: "The name of an ingredient, as rules write it.")
    var name: String

    @Flag(help: "Print lists to their end.")
    var all = false

    @OptionGroup var knowledge: KnowledgeOptions

    func run() throws {
        let base = try knowledge.open()
        guard let portrait = base.description(ofDrug: name) else {
            let nearest = NearestName.find(name, in: base.names(of: .drug)).map { "; did you mean `\($0)`?" } ?? ""
            throw CommandError(description: "no ingredient is called `\(name)` in knowledge \(base.version.name)\(nearest)")
        }
        Output.text(portrait.text(listing: all ? .max : 20))
    }
}
