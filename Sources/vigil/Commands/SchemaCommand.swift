import ArgumentParser
import Authoring
import Documents
import Foundation
import Knowledge
import RuleLanguage

/// `vigil schema`: the JSON Schema of rule files, for editors.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Write the JSON Schema of rule files, with the names of the loaded knowledge.",
        discussion: """
            Editors with yaml-language-server complete and check by it where a file begins with the line that `vigil new` \
            writes: # yaml-language-server: $schema=.vigil/rule.schema.json

            EXAMPLES:
              vigil schema
              vigil schema --output - | jq .title
              vigil schema --overrides --output .vigil/overrides.schema.json
            """)

    @Option(help: ArgumentHelp("Where it is written; `-` for standard output.", valueName: "file"))
    var output = ".vigil/rule.schema.json"

    @Flag(help: "Write the schema of files of overrides instead.")
    var overrides = false

    @OptionGroup var rules: RuleOptions
    @OptionGroup var knowledge: KnowledgeOptions

    func run() throws {
        let files = try RuleFolder.sources(at: rules.paths.filter { FileManager.default.fileExists(atPath: $0) }).map { RuleFile($0) }
        let schemas = RuleSchema(SiteNames(files, knowledge: try knowledge.open()))
        let schema = overrides ? schemas.overrides : schemas.bytes
        if output == "-" { return Output.bytes(schema) }
        let folder = URL(fileURLWithPath: output).deletingLastPathComponent()
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try CommandInput.write(schema, to: output)
        Output.note(output)
    }
}
