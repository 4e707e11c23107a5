import ArgumentParser
import Authoring
import Documents
import Foundation
import RuleLanguage

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
              vigil new overrides st-elsewhere --folder site --rule warfarin-nsaid
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

    @Option(help: ArgumentHelp("For overrides: the rule that is changed.", valueName: "id"))
    var rule = "warfarin-nsaid"

    @Option(name: .customLong("rules"), help: ArgumentHelp("For overrides: the pack whose rule is changed.", valueName: "path"))
    var pack = "Rules"

    func run() throws {
        guard id.utf8.allSatisfy({ $0 == 45 || (48...57).contains($0) || (97...122).contains($0) }), !id.isEmpty else {
            throw ValidationError("`\(id)` cannot be the id of a rule: small letters, digits and hyphens")
        }
        guard let text = kind == "overrides" ? try overrides() : RuleTemplate.text(kind: kind, id: id, schema: schema) else {
            throw ValidationError("there is no kind `\(kind)`: \(RuleTemplate.kinds.joined(separator: ", ")), overrides")
        }
        let path = folder + "/\(id).yaml"
        guard !FileManager.default.fileExists(atPath: path) else { throw CommandError(description: "`\(path)` is already there") }
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try CommandInput.write(Array(text.utf8), to: path)
        Output.line(path)
    }

    /// Begun with the rule as its pack has it now.
    private func overrides() throws -> String {
        let files = try RuleLayers(packs: [pack]).read()
        guard files.contains(where: { $0.ruleID == rule }) else {
            let near = NearestName.find(rule, in: files.compactMap(\.ruleID)).map { "; did you mean `\($0)`?" } ?? ""
            throw CommandError(description: "\(pack) has no rule `\(rule)`\(near); --rule and --rules say which is changed")
        }
        return RuleTemplate.overrides(id, of: rule, in: files)
    }
}
