import ArgumentParser
import CDSHooks
import CareGaps
import Clinical
import Engine
import FHIRAccess
import Foundation
import Service
import Sweep

/// `vigil sweep`: the rules over a whole population.
struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Evaluate the rules for every patient of an export.",
        discussion: """
            INPUT is a folder or files: a FHIR Bulk Data export (NDJSON by type, in any order), patient Bundles (.json), Bundles one a \
            line (.ndjson), all of them also packed (.gz, .zst); `-` for standard input, resources or Bundles one a line. Memory does \
            not grow with the input. A run that was interrupted goes on when it is started again with the same arguments.

            Written to the folder of --out: results.ndjson, results.csv, results.sqlite (a line for each patient and rule), \
            summary.json, measure-report.ndjson, report.html, and rejects.ndjson: lines that could not be used, with file, line and \
            reason. With `--out -` the results go to standard output, and nothing is kept.

            With --from the population is fetched from a FHIR server by Bulk Data export, with SMART Backend Services where \
            --client-id is given; the files stay in .export of the folder. An interrupted download goes on when it is started \
            again with the same arguments; after a finished sweep the same arguments fetch anew.

            EXIT CODES:
              0  every line was used
              1  lines were set aside; see rejects.ndjson
              2  the sweep could not be done

            EXAMPLES:
              vigil sweep export/ --out gaps --as-of 2026-12-31 --rules Rules --rules Measures
              vigil sweep bundles.ndjson.gz --out gaps --rule hba1c-overdue --rule statin-in-diabetes
              vigil sweep --from https://ehr.example.org/fhir --group diabetes --client-id vigil --private-key key.pem --out gaps
              cat bundles.ndjson | vigil sweep - --out - > results.ndjson
            """)

    @Argument(help: "A folder, files, or `-` for standard input.")
    var input: [String] = []

    @Option(help: ArgumentHelp("The folder of the results; `-` for results on standard output.", valueName: "folder"))
    var out: String

    @Option(name: .customLong("rule"), help: ArgumentHelp("Only this rule; may be given several times.", valueName: "id"))
    var wanted: [String] = []

    @Option(
        name: .customLong("period"),
        help: ArgumentHelp("The measurement period; the calendar year of the as-of day unless given.", valueName: "first..last"))
    var period: String?

    @Option(help: ArgumentHelp("Threads that work; as many as there are cores unless given.", valueName: "n"))
    var workers: Int?

    @Option(
        name: .customLong("report"),
        help: "ndjson, csv, sqlite, measures, individual, gaps, html; may be given several times. Without it: all but individual and gaps.",
        transform: choice(of: SweepReportKind.self))
    var reports: [SweepReportKind] = []

    @Option(
        help: ArgumentHelp(
            "Evaluate only patients whose data or dates have changed a state since the sweep in this folder; of other rules everyone.",
            valueName: "folder"))
    var since: String?

    @Option(
        help: ArgumentHelp(
            "Count the input as holding this type of resource, though none came; for a part of an export. May be given several times.",
            valueName: "type"))
    var holds: [String] = []

    @Flag(
        help: "The export was asked for everything: a kind of data of which nothing came does not exist. Without it, it is not checked.")
    var complete = false

    @Option(help: ArgumentHelp("With `--out -`: where the lines that were set aside are listed.", valueName: "file"))
    var rejects: String?

    @Flag(help: "Drop what an interrupted run left, and begin anew.")
    var restart = false

    @Flag(help: "Say nothing of the progress.")
    var quiet = false

    @OptionGroup(title: "Export from a FHIR server") var export: ExportOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var bundle: BundleOptions
    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    func validate() throws {
        if let workers, !(1...256).contains(workers) { throw ValidationError("--workers takes a number from 1 to 256") }
        if input.isEmpty == (export.base == nil) { throw ValidationError("give INPUT, or --from the address of a FHIR server") }
        if export.base != nil && out == "-" { throw ValidationError("--from keeps what it downloads, and needs a folder for --out") }
        if rejects != nil && out != "-" { throw ValidationError("--rejects goes with `--out -`; else they are in rejects.ndjson of the folder") }
        if period != nil && parsedPeriod == nil {
            throw ValidationError("--period takes two days in order, such as 2026-01-01..2026-12-31")
        }
    }

    func run() async throws {
        let asOf = instant.clock.now()
        let edition = try EditionLoader(rules: bundle.rules(else: rules), knowledge: knowledge.file, clock: .fixed(asOf)).load()
        let toOutput = out == "-"
        let scratch = toOutput ? try ScratchFolder("vigil-sweep") : nil
        let folder = scratch?.path ?? out
        defer { scratch?.remove() }
        let plan = edition.evaluator.plan
        let known = Set(plan.rules.map(\.heading.id))
        for id in wanted where !known.contains(id) { throw CommandError(description: "there is no rule `\(id)` among those that are loaded") }
        let source = try await source(folder: folder)
        var options = SweepOptions(
            inputs: try SweepInput.files(at: source.paths), folder: folder, asOf: asOf, period: parsedPeriod,
            rules: wanted.isEmpty ? nil : Set(wanted), workers: workers ?? ProcessInfo.processInfo.activeProcessorCount, restarts: restart)
        options.kinds = Set(holds).union(source.kinds)
        options.isComplete = complete || source.isComplete
        options.shortfall = source.shortfall
        options.since = since
        options.passedOver = try SweepInput.passedOver(at: input)
        if !options.passedOver.isEmpty, !quiet { Output.note(Self.words(passedOver: options.passedOver)) }
        if toOutput { options.reports = [.ndjson] } else if !reports.isEmpty { options.reports = Set(reports) }
        let progress = SweepProgress()
        let ticker = SweepTicker(progress, isTerminal: isatty(STDERR_FILENO) == 1, isQuiet: quiet)
        let sweep = Sweep(
            options, evaluator: edition.evaluator,
            edition: ReportEdition(
                rules: edition.id.rules, knowledge: edition.id.knowledge, knowledgeVersion: edition.id.knowledgeVersion,
                vigil: edition.id.vigil),
            progress: progress)
        let summary = try await sweep.run()
        ticker.stop()
        if toOutput {
            try copyResults(from: folder)
            if let rejects { try Data(contentsOf: URL(fileURLWithPath: folder + "/rejects.ndjson")).write(to: URL(fileURLWithPath: rejects)) }
        }
        if !quiet {
            Output.note(Self.words(summary, out: toOutput ? nil : out))
            if let since { Output.note(Self.words(since: since, progress.reading)) }
        }
        if summary.rejects > 0 { throw Outcome.findings }
    }

    /// What is swept, and what is known of it beside its files.
    private struct SweepSource {
        var paths: [String]
        var kinds: Set<String> = []
        var isComplete = false
        var shortfall: String?
    }

    /// The files that were named, or those that a FHIR server exports.
    private func source(folder: String) async throws -> SweepSource {
        guard export.base != nil else { return SweepSource(paths: input) }
        let place = folder + "/.export"
        if restart || FileManager.default.fileExists(atPath: folder + "/.sweep/complete") {
            try? FileManager.default.removeItem(atPath: place)
        }
        let isQuiet = quiet
        let download = try await export.download(into: place) { step in
            guard !isQuiet else { return }
            switch step {
            case .asked: Output.note("asked for the export")
            case .waiting(let count): if count == 1 || count.isMultiple(of: 20) { Output.note("the export is being made") }
            case .downloading(let number, of: let count, bytes: let bytes): Output.note("file \(number) of \(count), \(bytes >> 20) MB so far")
            }
        }
        let issues = download.issues.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        if !issues.isEmpty { Output.note("the server reports with the export: \(issues); see \(place)/error") }
        return SweepSource(
            paths: [download.data], kinds: Set(export.types), isComplete: export.types.isEmpty && download.shortfall == nil,
            shortfall: download.shortfall)
    }

    private var parsedPeriod: ClosedRange<CivilDate>? {
        guard let parts = period?.components(separatedBy: ".."), parts.count == 2, let first = CivilDate(parts[0]),
            let last = CivilDate(parts[1]), first <= last
        else { return nil }
        return first...last
    }

    private func copyResults(from folder: String) throws {
        guard let file = FileHandle(forReadingAtPath: folder + "/results.ndjson") else {
            throw CommandError(description: "the results cannot be read")
        }
        while Output.loss == nil, let data = try file.read(upToCount: 1 << 20), !data.isEmpty { Output.bytes(Array(data)) }
    }

    /// The summary for people.
    static func words(_ summary: SweepSummary, out: String?) -> String {
        var lines = [
            "\(number(summary.patients, "patient")), \(number(summary.linesRead, "resource or bundle", "resources and bundles")) read, \(summary.linesUnread) of kinds that no rule reads"
        ]
        let open = summary.rules.map { $0.count(.open) }.reduce(0, +)
        let unchecked = summary.rules.map { $0.count(.notChecked) }.reduce(0, +)
        let muted = summary.rules.map { $0.count(.muted) }.reduce(0, +)
        lines.append("\(number(open, "open gap")), \(number(unchecked, "state")) not checked" + (muted > 0 ? ", \(muted) muted by overrides" : ""))
        if summary.rejects > 0 { lines.append("\(number(summary.rejects, "line")) set aside" + (out.map { "; see \($0)/rejects.ndjson" } ?? "")) }
        lines += summary.losses.prefix(10).map { "incomplete: \($0.words)" }
        if let out { lines.append("results in \(out)/") }
        return lines.joined(separator: "\n")
    }

    /// What lies in the folders of the input and is not swept.
    private static func words(passedOver names: [String]) -> String {
        let more = names.count > 10 ? " and \(names.count - 10) more" : ""
        return "passed over, not swept: " + names.prefix(10).joined(separator: ", ") + more + "; a sweep reads .ndjson, .jsonl and .json of the folder itself"
    }

    /// Of whom the results of the earlier sweep were kept, or why of nobody.
    private static func words(since folder: String, _ reading: SweepProgress.Reading) -> String {
        if let why = reading.sinceUnused { return "everyone was evaluated again: the sweep in \(folder) is of \(why)" }
        return number(reading.patientsKept, "patient was", "patients were") + " not evaluated again"
    }

    private static func number(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        count == 1 ? "1 \(one)" : "\(count) \(many ?? one + "s")"
    }
}
