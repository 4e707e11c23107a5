import ArgumentParser
import KnowledgeStore

/// `vigil knowledge sample`: facts picked by chance, to be traced to their sources.
struct KnowledgeSampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Print facts picked by chance, each with its line and its source, for a person to trace.",
        discussion: """
            Every table that cites sources is picked from equally often. The same tables, seed and count give the same facts.

            EXAMPLES:
              vigil knowledge sample
              vigil knowledge sample --seed 7 --count 10
            """)

    @Option(help: ArgumentHelp("The folder of the source tables.", valueName: "folder"))
    var tables = "Knowledge"

    @Option(help: "The seed of chance.")
    var seed: UInt64 = 1

    @Option(help: "How many facts.")
    var count = 50

    func run() throws {
        guard (1...10_000).contains(count) else { throw CommandError(description: "`--count` is from 1 to 10,000") }
        Output.text(try KnowledgeSample(tables: tables, seed: seed, count: count).text)
    }
}
