import ArgumentParser
import Clinical
import Documents
import Immunization
import Intake
import Knowledge
import Replay
import Service

/// `vigil immunization`: what was given counts for, and what is due.
struct ImmunizationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "immunization",
        abstract: "Evaluate a patient's vaccinations and forecast what is due, or hold the engine against a CDSi deck.",
        discussion: """
            After the CDC's Clinical Decision Support for Immunization (CDSi): each group of vaccines with the doses given, what \
            each counts for and why, and the next dose with its earliest, recommended, past-due and latest date.

            EXIT CODES:
              0  forecast, or every case of the deck agrees
              1  nothing can be forecast (the reason is said), or cases differ
              2  files missing or damaged, wrong arguments

            EXAMPLES:
              vigil immunization patient.json --as-of 2026-11-21
              vigil immunization patient.json --json | jq '.groups[] | select(.status == "Not Complete")'
              vigil immunization --deck ../shared/data/oracles/immunization-cdsi/healthy.ndjson.gz
            """)

    @Argument(help: "A FHIR bundle of one patient; `-` for standard input.")
    var patient: String?

    @Option(help: ArgumentHelp("A deck of cases with what is expected of each, one a line.", valueName: "file"))
    var deck: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    func validate() throws {
        if (patient == nil) == (deck == nil) { throw ValidationError("name either a patient or a --deck") }
    }

    func run() throws {
        let schedule = try knowledge.open().immunizations
        if let deck { try compare(schedule, deck) } else if let patient { try ask(schedule, patient) }
    }

    private func compare(_ schedule: ImmunizationSchedule, _ path: String) throws {
        let runner = ImmunizationDeckRunner(schedule)
        var report = ImmunizationDeckReport()
        for one in try ImmunizationDeck(try PackedFile.read(path)).cases { report.add(runner.run(one)) }
        Output.text(report.markdown)
        if !report.misses.isEmpty { throw Outcome.findings }
    }

    private func ask(_ schedule: ImmunizationSchedule, _ path: String) throws {
        let asOf = instant.clock.now()
        var reader = FHIRReader(asOf: asOf)
        reader.readBundle(try CommandInput.json(of: path).root)
        let history: ImmunizationHistory
        do throws(HistoryProblem) {
            if schedule.isEmpty { throw .noSchedule }
            history = try ImmunizationHistory(reader.finish().snapshot, asOf: asOf)
        } catch {
            Output.note("not checked: \(error)")
            throw Outcome.findings
        }
        let record = ImmunizationRecord(
            history: history, forecasts: ImmunizationForecaster(schedule).forecast(history, on: asOf.today), day: asOf.today)
        if json {
            var writer = JSONWriter()
            record.write(to: &writer)
            Output.bytes(writer.bytes + [UInt8(ascii: "\n")])
        } else {
            Output.text(record.text)
        }
    }
}
