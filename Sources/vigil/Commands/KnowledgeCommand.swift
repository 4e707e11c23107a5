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
            KnowledgeBuildCommand.self, KnowledgeShowCommand.self, KnowledgeNamesCommand.self, KnowledgeImportCommand.self, KnowledgeLintCommand.self,
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
