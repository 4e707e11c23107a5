import ArgumentParser
import CDSHooks
import Clinical
import Documents
import Examination
import Foundation
import Service

/// `vigil selftest`: the examination that the rules and tables in use must pass.
struct SelfTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest",
        abstract: "Examine the rules and tables in use: what must be said, and what must not.",
        discussion: """
            Plays the stories of a folder through the reader and the answers of the service, in this process, and scores them \
            by category, alerts and silences apart. A hospital that changed rules, tables or policy sees what that cost before \
            a clinician does.

            EXIT CODES:
              0  every story passed
              1  something was missed, or said where silence is right
              2  files missing or damaged, wrong arguments

            EXAMPLES:
              vigil selftest
              vigil selftest --deck our-scenarios --json > selftest.json
              vigil selftest --category drug-allergy,nuisance-allergy
            """)

    @Option(help: ArgumentHelp("A folder of decks (*.yaml, with names.yaml beside them), or one deck.", valueName: "folder"))
    var deck = "scenarios"

    @Option(help: ArgumentHelp("Only these categories, divided by commas.", valueName: "names"))
    var category: String?

    @Flag(help: "Print the result as JSON, with every story.")
    var json = false

    @OptionGroup var rules: RuleOptions
    @OptionGroup var knowledge: KnowledgeOptions

    func run() throws {
        let (decks, names) = try read()
        let clock = (decks.first?.asOf).flatMap { AsOf("\($0)T18:00:00Z") }.map(RequestClock.fixed) ?? .system(.utc)
        let edition = try EditionLoader(rules: rules.paths, knowledge: knowledge.file, clock: clock).load()
        let examination = Examination(Answerer(evaluator: edition.evaluator, edition: edition.id), knowledge: edition.knowledge, names: names)
        var results: [ExaminationResult] = []
        for one in decks { results += try examination.play(one) }
        let wanted = category.map { Set($0.split(separator: ",").map(String.init)) }
        let report = ExaminationReport(results.filter { wanted?.contains($0.story.category) ?? true })
        guard !report.results.isEmpty else { throw CommandError(description: "no story is of the category \(category ?? "")") }
        if json { Output.bytes(report.json) } else { Output.text(report.text) }
        if !report.failures.isEmpty { throw Outcome.findings }
    }

    /// The decks in the order of their names.
    private func read() throws -> (decks: [ExaminationDeck], names: DeckNames) {
        let files = try SourceFile.files(under: deck, endings: [".yaml"])
        let folder = deck.hasSuffix(".yaml") ? URL(fileURLWithPath: deck).deletingLastPathComponent().path : deck
        let namesFile = folder + "/names.yaml"
        let names = FileManager.default.fileExists(atPath: namesFile) ? try DeckNames(try SourceFile.read(namesFile)) : DeckNames()
        let decks = try files.filter { !$0.hasSuffix("names.yaml") }.map { try ExaminationDeck(try SourceFile.read($0)) }
        guard !decks.isEmpty else { throw CommandError(description: "there is no deck (*.yaml) in \(deck)") }
        return (decks, names)
    }
}
