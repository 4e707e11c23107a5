import ArgumentParser
import Authoring
import Clinical
import Documents
import Foundation
import Knowledge
import RuleLanguage
import Service

/// `vigil lsp`: a language server on standard input and output.
struct LanguageServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lsp",
        abstract: "Serve an editor over standard input and output (Language Server Protocol).",
        discussion: """
            Diagnostics while you type, completion of keys and of every name, hover with members and sources, go to \
            definition, rename of a fact, format. Point your editor at `vigil lsp` for YAML files of rules.
            """)

    @OptionGroup var rules: RuleOptions
    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    func run() throws {
        let paths = rules.paths.filter { FileManager.default.fileExists(atPath: $0) }
        let files = try rules.site.layers(over: paths).read()
        var server = LanguageServer(files, knowledge: try knowledge.open(), today: instant.clock.now().today, canonical: SourceFile.place)
        var frames = MessageFrames()
        while !server.hasExited {
            let data = FileHandle.standardInput.availableData
            if data.isEmpty { break }
            for message in frames.add(Array(data)) {
                guard let document = try? JSONDocument(parsing: message) else { continue }
                for answer in server.handle(document.root) { Output.bytes(MessageFrames.framed(answer.bytes)) }
            }
        }
        if !server.isShutDown { throw Outcome.findings }
    }
}
