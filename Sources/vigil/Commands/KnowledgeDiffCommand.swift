import ArgumentParser
import KnowledgeStore

/// `vigil knowledge diff`: what another knowledge file means for patients.
struct KnowledgeDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what differs between two knowledge files, clinically.",
        discussion: """
            Drugs that came and went, pairs that are more severe, new, gone or less severe by the rule and source that speaks, \
            classes and code sets that gained or lost members. Last the rows of every table that came and went, so that nothing \
            differs unsaid.

            EXAMPLES:
              vigil knowledge diff old.sqlite .vigil/knowledge.sqlite
              vigil knowledge diff old.sqlite new.sqlite --json
            """)

    @Argument(help: ArgumentHelp("The knowledge file before.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The knowledge file after.", valueName: "new"))
    var new: String

    @Flag(help: "Print lists to their end.")
    var all = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let diff = try KnowledgeStore.diff(from: old, to: new)
        if json { Output.bytes(diff.json) } else { Output.text(diff.text(listing: all ? .max : 5)) }
    }
}
