import ArgumentParser
import Clinical
import Documents
import Engine
import Intake
import Replay
import RuleLanguage
import Service

/// `vigil measure`: how patients stand in the quality measures, or how the measures agree with test decks.
struct MeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Ask the quality measures of patients, or compare them with test decks.",
        discussion: """
            Each FILE is a FHIR bundle of one patient; a line of JSON for each measure says which populations the patient is in, \
            how the gap stands, when it is due, and the entries that it rests on.

            With --deck each FILE is a deck of cases, one a line, each with a bundle and the populations that are expected; \
            printed are the rates of agreement and every miss.

            EXIT CODES:
              0  done; with --deck, every case came out as expected
              1  rules with errors; with --deck, a case came out otherwise
              2  files missing or damaged, wrong arguments

            EXAMPLES:
              vigil measure patient.json --year 2026
              vigil measure --deck cases.ndjson
            """)

    @Argument(help: "Bundles, or decks with --deck, which may be packed (.gz).")
    var files: [String]

    @Flag(help: "The files are decks with expected populations.")
    var deck = false

    @Option(help: ArgumentHelp("Measures to ask, by id; all unless given.", valueName: "id"))
    var only: [String] = []

    @Option(help: ArgumentHelp("The calendar year that is measured; that of the instant unless given.", valueName: "year"))
    var year: Int?

    @Option(name: .customLong("measures"), help: ArgumentHelp("Measure files or folders of them.", valueName: "path"))
    var paths: [String] = ["Measures"]

    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    func run() throws {
        let plan = try loadPlan()
        if deck { try compare(plan) } else { try ask(plan) }
    }

    private func loadPlan() throws -> MeasurePlan {
        let compiler = RuleCompiler(knowledge: try knowledge.open(), today: instant.clock.now().today)
        let sources = try RuleFolder.sources(at: paths)
        let (ruleSet, diagnostics) = compiler.compile(sources)
        guard let ruleSet else {
            Output.note(Complaints(diagnostics: diagnostics, sources: sources).rendered(as: .text, color: false))
            throw Outcome.findings
        }
        let measures = ruleSet.plan.measures
        for id in only where !measures.measures.contains(where: { $0.id == id }) {
            throw CommandError(description: "there is no measure `\(id)` among those that are loaded")
        }
        return measures
    }

    private func compare(_ plan: MeasurePlan) throws {
        let runner = MeasureDeckRunner(plan: plan)
        var report = MeasureDeckReport()
        for file in files {
            for one in try MeasureDeck(try PackedFile.read(file)).cases {
                if let outcome = runner.run(one) { report.add(outcome) } else { Output.note("no measure for \(one.measure)") }
            }
        }
        Output.text(report.markdown)
        if !report.misses.isEmpty { throw Outcome.findings }
    }

    private func ask(_ plan: MeasurePlan) throws {
        let asOf = instant.clock.now()
        var period = MeasurementPeriod(yearOf: asOf.today)
        if let year {
            guard let day = CivilDate(year: year, month: 1, day: 1) else { throw CommandError(description: "\(year) is no year") }
            period = MeasurementPeriod(yearOf: day)
        }
        for file in files {
            let document = try JSONDocument(parsing: try SourceFile.bytes(of: file))
            var reader = FHIRReader(asOf: asOf, eventKinds: plan.kinds, readsRecord: false)
            reader.readBundle(document.root)
            let snapshot = reader.finish().snapshot
            for result in plan.evaluate(snapshot, period: period, asOf: asOf, only: only.isEmpty ? nil : Set(only)) {
                var writer = JSONWriter()
                MeasureResultJSON(result, patient: snapshot.patient.reference, period: period).write(to: &writer)
                Output.bytes(writer.bytes + [UInt8(ascii: "\n")])
            }
        }
    }
}
