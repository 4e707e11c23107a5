import ArgumentParser
import KnowledgeStore

/// `vigil knowledge lint`: what in the tables can be and is probably wrong.
struct KnowledgeLintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Find what is probably wrong in the tables.",
        discussion: """
            Members that are none, names and codes that differ, one-sided relations, alternatives that interact themselves, \
            contradictory severities, retired codes, old sources, pairs that lead nowhere. A finding that stands is explained \
            in lint-explained.csv (key, reason) of the folder. Exit code 1 while a finding is open.

            EXAMPLES:
              vigil knowledge lint
              vigil knowledge lint --list onc-high-priority.csv --all
              vigil knowledge lint --file .vigil/knowledge.sqlite --json
            """)

    @Option(help: ArgumentHelp("The folder of the source tables.", valueName: "folder"))
    var tables = "Knowledge"

    @Option(name: .customLong("list"), help: ArgumentHelp("A published list of pairs to compare with (columns a, b, …).", valueName: "file"))
    var lists: [String] = []

    @Option(help: ArgumentHelp("A knowledge file, for what was imported into it.", valueName: "file"))
    var file: String?

    @Option(help: ArgumentHelp("The year against which sources are old; that of the tables if nothing is said.", valueName: "year"))
    var year: Int?

    @Flag(help: "Print explained findings too.")
    var all = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let report = try KnowledgeLint.run(tables: tables, lists: lists, file: file, year: year)
        if json { Output.bytes(report.json) } else { Output.text(report.text(all: all)) }
        if !report.open.isEmpty { throw Outcome.findings }
    }
}
