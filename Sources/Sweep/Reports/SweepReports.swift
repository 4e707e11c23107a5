import CareGaps
import Engine

/// One form of report: it is told of each patient once, in order, and ends with the summary.
protocol SweepReportWriter {
    func add(_ patient: PatientResults) throws(SweepError)
    func finish(_ summary: SweepSummary) throws(SweepError)
}

/// Makes the reports from the parts, in one pass.
///
/// Each is written beside its place and renamed at the end, so that an interrupted run leaves no half report.
struct SweepReports {
    let options: SweepOptions
    let edition: ReportEdition
    let grouped: GroupedInput
    let folder: WorkFolder
    let checkpoint: Checkpoint
    let headings: [SweptRule]
    let measures: MeasurePlan

    func write(partCount: Int) throws(SweepError) -> SweepSummary {
        var summary = SweepSummary()
        summary.linesRead = grouped.linesRead
        summary.linesUnread = grouped.linesUnread
        summary.bytes = grouped.bytes
        var rules: [String: SweepSummary.RuleCounts] = [:]
        for heading in headings { rules[heading.id] = .init(rule: heading.id, title: heading.title, version: heading.version) }
        var rejects = grouped.rejects
        let writers = try self.writers()
        for part in 0..<partCount {
            rejects += try checkpoint.rejects(inPart: part)
            try checkpoint.forEachPatient(inPart: part) { (patient) throws(SweepError) in
                summary.patients += 1
                for result in patient.results { rules[result.rule]?.add(result, site: patient.site) }
                for writer in writers { try writer.add(patient) }
            }
        }
        rejects.sort()
        summary.rejects = rejects.count
        summary.losses = SweepSummary.LossCounts.of(rejects)
        summary.rules = rules.values.sorted { $0.rule < $1.rule }
        try folder.write(rejects.flatMap(\.json), to: "rejects.ndjson")
        for writer in writers { try writer.finish(summary) }
        try folder.write(SummaryJSON(options: options, edition: edition).bytes(of: summary), to: "summary.json")
        return summary
    }

    private func writers() throws(SweepError) -> [any SweepReportWriter] {
        var writers: [any SweepReportWriter] = []
        let context = ReportContext(asOf: options.asOf, period: options.measurementPeriod, edition: edition, measures: measures)
        for kind in SweepReportKind.allCases where options.reports.contains(kind) {
            switch kind {
            case .ndjson: writers.append(try NDJSONReport(folder))
            case .csv: writers.append(try CSVReport(folder))
            case .sqlite: writers.append(try SQLiteReport(folder, headings: headings, context: context))
            case .measures: writers.append(MeasureSummaryReport(folder, context: context))
            case .individual: writers.append(try IndividualMeasureReport(folder, context: context))
            case .gaps: writers.append(try GapsInCareReport(folder, context: context))
            case .html: writers.append(HTMLReport(folder, context: context))
            }
        }
        return writers
    }
}
