import ArgumentParser
import Authoring
import Foundation

/// `vigil new`: a rule file to begin with.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Write a rule file to begin with.",
        discussion: """
            The file checks and its tests pass as it is; what is yours to say is marked FILL IN, and `vigil check` warns as \
            long as a mark is left. Kinds: \(RuleTemplate.kinds.joined(separator: ", ")); and overrides, what a site changes of a pack.

            EXAMPLES:
              vigil new interaction warfarin-nsaid
              vigil new overrides st-elsewhere --folder site
              vigil new care-gap hba1c-overdue --folder Rules/gaps
              vigil new measure hba1c-this-year --folder Measures
            """)

    @Argument(help: "The kind of the rule.")
    var kind: String

    @Argument(help: "The id of the rule: small letters, digits and hyphens.")
    var id: String

    @Option(help: ArgumentHelp("Where the file is put.", valueName: "path"))
    var folder = "Rules"

    @Option(help: ArgumentHelp("The JSON Schema that the file names for the editor; `vigil schema` writes it.", valueName: "path"))
    var schema = ".vigil/rule.schema.json"

    func run() throws {
        guard id.utf8.allSatisfy({ $0 == 45 || (48...57).contains($0) || (97...122).contains($0) }), !id.isEmpty else {
            throw ValidationError("`\(id)` cannot be the id of a rule: small letters, digits and hyphens")
        }
        guard let text = kind == "overrides" ? RuleTemplate.overrides(id) : RuleTemplate.text(kind: kind, id: id, schema: schema) else {
            throw ValidationError("there is no kind `\(kind)`: \(RuleTemplate.kinds.joined(separator: ", ")), overrides")
        }
        let path = folder + "/\(id).yaml"
        guard !FileManager.default.fileExists(atPath: path) else { throw CommandError(description: "`\(path)` is already there") }
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try CommandInput.write(Array(text.utf8), to: path)
        Output.line(path)
    }
}
