public import CareGaps
import Clinical
import Digests
import Documents
public import Engine
import Intake
import Synchronization

/// Runs the rules over a whole population, in memory that does not grow with it.
///
/// Three stages, and this page shows them: the lines of the input are *grouped* by patient into parts on disk; each part is
/// *evaluated*, patient by patient, and its results are written as a file that is there whole or not at all; the *reports* are made of
/// those files. A run that was killed goes on from the last part that it finished. The same input, rules, knowledge and instant
/// give the same results, however often it was interrupted and however many threads worked.
public struct Sweep: Sendable {
    let options: SweepOptions
    let evaluator: Evaluator
    /// Names rules, knowledge and program: results of another edition are not mixed in.
    let edition: ReportEdition
    let progress: SweepProgress

    public init(_ options: SweepOptions, evaluator: Evaluator, edition: ReportEdition, progress: SweepProgress = SweepProgress()) {
        self.options = options
        self.evaluator = evaluator
        self.edition = edition
        self.progress = progress
    }

    /// Sweeps, or goes on with a sweep that was interrupted.
    ///
    /// - Throws: ``SweepError`` where files cannot be read or written. Lines that cannot be used do not end it; they are counted in the
    ///   summary and listed in `rejects.ndjson`.
    public func run() async throws(SweepError) -> SweepSummary {
        // Before anything is written: a sweep that cannot be done leaves nothing behind.
        let since = try options.since.map { (path) throws(SweepError) in try finished(path) }
        let folder = try WorkFolder(options.folder)
        let work = try WorkFolder(folder.path(".sweep"))
        let lock = try FolderLock(work)
        defer { withExtendedLifetime(lock) {} }
        let spill = Spill(folder: work, partCount: Spill.partCount(for: options.inputs))
        let checkpoint = try Checkpoint(work, plan: plan(spill), restarts: options.restarts)
        let isSizeKnown = !options.inputs.contains { $0.path == "-" }
        progress.update { $0.storedSize = isSizeKnown ? options.inputs.reduce(0) { $0 + $1.size } : 0 }

        let grouped = try await group(spill, checkpoint)
        try await evaluate(grouped, spill, checkpoint, since)

        progress.update { $0.stage = .reporting }
        let reports = SweepReports(options: options, edition: edition, grouped: grouped, folder: folder, checkpoint: checkpoint,
            headings: headings, measures: evaluator.plan.measures)
        let summary = try reports.write(partCount: spill.partCount)
        checkpoint.removeSpills(spill)
        try checkpoint.complete(basis: basis(grouped), asOf: options.asOf)
        progress.update { $0.stage = .done }
        return summary
    }

    private func isWanted(_ id: String) -> Bool { options.rules?.contains(id) ?? true }

    /// What is reported, care-gap rules first, each rate of a measure by itself.
    private var headings: [SweptRule] {
        let gaps = evaluator.plan.rules.filter { $0.isShown && $0.kind is CareGapKind && isWanted($0.heading.id) }
            .map { SweptRule(id: $0.heading.id, title: $0.heading.title, version: $0.heading.version) }
        let rates = evaluator.plan.measures.measures.filter { isWanted($0.id) }.flatMap { measure in
            measure.measure.rates.map { rate in
                SweptRule(
                    id: PatientJudge.name(of: rate.name, in: measure.id),
                    title: rate.name.isEmpty ? measure.title : "\(measure.title): \(rate.name)", version: measure.version)
            }
        }
        return gaps + rates
    }

    /// Everything that the results depend on, as one text.
    private func plan(_ spill: Spill) -> String {
        var lines = options.inputs.map { "\($0.path) \($0.size) \($0.modified) \($0.compression.rawValue)" }
        lines.append("holds \(options.kinds.sorted().joined(separator: ",")) parts \(spill.partCount) form \(SpillRecord.form)")
        lines.append("as-of \(options.asOf)")
        lines += SweepBasis.Condition.allCases.compactMap { conditions[$0] }
        return Digest(of: lines.joined(separator: "\n")).description
    }

    /// All that a patient's results depend on but the patient's data and the instant.
    private func basis(_ grouped: GroupedInput) -> SweepBasis {
        var values = conditions
        values[.kinds] = Self.names(grouped.sections)
        values[.damage] = Self.names(grouped.lost)
        return SweepBasis(values)
    }

    private static func names(_ sections: Set<RecordSection>) -> String { sections.map(\.rawValue).sorted().joined(separator: ",") }

    private var conditions: [SweepBasis.Condition: String] {
        [
            .period: "zone \(options.asOf.zone) period \(options.period.lowerBound)..\(options.period.upperBound)",
            .completeness: "complete \(options.isComplete) \(options.shortfall ?? "")",
            .wanted: "rules \(options.rules.map { $0.sorted().joined(separator: ",") } ?? "all")",
            .edition: "edition \(edition.rules) \(edition.knowledge) \(edition.vigil)",
        ]
    }

    /// The work of the finished sweep from which this one goes on.
    private func finished(_ path: String) throws(SweepError) -> WorkFolder {
        func plain(_ path: String) -> Substring { path.hasSuffix("/") ? path.dropLast() : path[...] }
        guard plain(path) != plain(options.folder) else {
            throw SweepError("`\(path)` cannot be gone on from into itself: give the results another folder")
        }
        return try EarlierResults.finished(path)
    }

    private func group(_ spill: Spill, _ checkpoint: Checkpoint) async throws(SweepError) -> GroupedInput {
        if var grouped = try checkpoint.grouped() {
            grouped.types.formUnion(options.kinds)
            return grouped
        }
        progress.update { $0.stage = .grouping }
        checkpoint.removeSpills(spill)
        let grouping = Grouping(
            inputs: options.inputs, spill: spill, interest: interest, workers: max(1, options.workers), progress: progress)
        var grouped = try await grouping.run()
        grouped.types.formUnion(options.kinds)
        try checkpoint.write(grouped)
        return grouped
    }

    /// What is kept of results, reports, visits and procedures.
    private var interest: ResourceInterest {
        let needs = evaluator.gapNeeds(only: options.rules) ?? DataNeeds()
        let measures = evaluator.plan.measures
        return ResourceInterest(
            sections: needs.sections, observationCodes: needs.observationCodes, entryCodes: evaluator.plan.entryCodes,
            eventKinds: measures.kinds, eventCodes: measures.codes,
            firstDays: measures.firstDays(in: options.measurementPeriod))
    }

    private func evaluate(
        _ grouped: GroupedInput, _ spill: Spill, _ checkpoint: Checkpoint, _ since: WorkFolder?
    ) async throws(SweepError) {
        let open = (0..<spill.partCount).filter { !checkpoint.hasPart($0) }
        progress.update {
            $0.stage = .evaluating
            $0.parts = spill.partCount
            $0.partsKept = spill.partCount - open.count
            $0.partsDone = $0.partsKept
            $0.rejects = grouped.rejects.count
        }
        guard !open.isEmpty else { return }
        let codes = evaluator.needs(on: .patientView).observationCodes
        let reading = PatientReading(
            asOf: options.asOf, shared: try SharedResources(spill.sharedPath),
            sections: options.isComplete ? Set(RecordSection.allCases) : grouped.sections,
            observationCodes: codes.isEmpty ? nil : CodeFilter(codes),
            eventKinds: evaluator.plan.measures.kinds, eventCodes: evaluator.plan.measures.codes.mapValues { CodeFilter($0) },
            readsRecord: evaluator.gapNeeds(only: options.rules) != nil, inputNames: options.inputs.map(\.name), lost: grouped.lost, shortfall: options.shortfall)
        let judge = PatientJudge(
            evaluator: evaluator, asOf: options.asOf, period: options.measurementPeriod, rules: options.rules)
        let earlier = try since.flatMap { (work) throws(SweepError) in try usable(work, grouped) }
        let queue = WorkQueue(open)
        let failures = await withTaskGroup(of: SweepError?.self) { group in
            for _ in 0..<max(1, min(options.workers, open.count)) {
                group.addTask { work(on: queue) { (part) throws(SweepError) in try evaluate(part, spill, reading, judge, earlier, checkpoint) } }
            }
            return await group.reduce(into: [SweepError]()) { if let failure = $1 { $0.append(failure) } }
        }
        if let failure = failures.first { throw failure }
    }

    /// The results of an earlier sweep, where they may be used.
    private func usable(_ work: WorkFolder, _ grouped: GroupedInput) throws(SweepError) -> EarlierResults? {
        if let why = try EarlierResults.hindrance(in: work, basis: basis(grouped), asOf: options.asOf) {
            progress.update { $0.sinceUnused = why }
            return nil
        }
        return try EarlierResults(work, asOf: options.asOf)
    }

    /// Takes parts until there are none; gives the failure that ended it.
    private func work(on queue: WorkQueue, _ body: (Int) throws(SweepError) -> Void) -> SweepError? {
        do throws(SweepError) {
            while let part = queue.next() { try body(part) }
            return nil
        } catch {
            queue.stop()
            return error
        }
    }

    /// Evaluates the patients of one part and keeps their results.
    private func evaluate(
        _ number: Int, _ spill: Spill, _ reading: PatientReading, _ judge: PatientJudge, _ earlier: EarlierResults?,
        _ checkpoint: Checkpoint
    ) throws(SweepError) {
        var results: [UInt8] = []
        var rejects: [RejectedLine] = []
        if let part = try SpillPart(spill.path(number)) {
            try part.forEachPatient { (lines) throws(SweepError) in
                let digest = digest(of: lines, in: part, reading.shared)
                if let line = earlier?.line(of: lines.id, digest: digest) {
                    results.append(contentsOf: line)
                    progress.update { $0.patientsKept += 1 }
                } else {
                    let horizon = Horizon(options.asOf)
                    let outcome = reading.read(lines, of: part, horizon: horizon)
                    rejects += outcome.rejects
                    // What was damaged must be said again, so it is never taken from an earlier sweep.
                    PatientResults(
                        patient: lines.id, site: outcome.site, digest: outcome.rejects.isEmpty ? digest : "",
                        results: judge.results(for: outcome.snapshot, horizon: horizon), until: horizon.end
                    ).write(to: &results)
                }
                progress.update { $0.patients += 1 }
            }
        }
        progress.update { $0.rejects += rejects.count }
        try checkpoint.writePart(number, results: results, rejects: rejects.sorted())
        progress.update { $0.partsDone += 1 }
    }

    /// Tells whether anything of the patient has changed since another sweep: sixteen hexadecimal digits.
    private func digest(of lines: PatientLines, in part: SpillPart, _ shared: SharedResources) -> String {
        var hash: UInt64 = 0
        // The sum does not depend on the order of lines, which an export is free to change.
        for record in lines.records {
            hash &+= record.hash
            for place in shared.references(in: part.bytes(of: record)) { hash &+= shared.bytes(at: place).map(fastHash) ?? 0 }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// A rule, or a rate of a measure, as reports name it.
struct SweptRule: Sendable {
    let id: String
    let title: String
    let version: Int
}

/// Numbers that several workers take from, each once.
private final class WorkQueue: Sendable {
    private let rest: Mutex<ArraySlice<Int>>

    init(_ numbers: [Int]) {
        rest = Mutex(numbers[...])
    }

    func next() -> Int? { rest.withLock { $0.popFirst() } }
    func stop() { rest.withLock { $0 = [] } }
}
