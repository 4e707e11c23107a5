import CareGaps
import Documents

/// `measure-report.ndjson`: what a population came to, a FHIR MeasureReport of type `summary` for each measure.
///
/// - Source: FHIR R4, measurereport.
final class MeasureSummaryReport: SweepReportWriter {
    private let folder: WorkFolder
    private let context: ReportContext

    init(_ folder: WorkFolder, context: ReportContext) {
        self.folder = folder
        self.context = context
    }

    func add(_ patient: PatientResults) {}

    func finish(_ summary: SweepSummary) throws(SweepError) {
        var bytes: [UInt8] = []
        for groups in MeasureGroup.byMeasure(summary.rules.compactMap(\.group)) {
            guard let body = MeasureReportBody(context: context, .summary, groups: groups) else { continue }
            var writer = JSONWriter()
            body.write(to: &writer)
            bytes += writer.bytes + [0x0A]
        }
        try folder.write(bytes, to: "measure-report.ndjson")
    }
}

/// `measure-reports.ndjson`: a FHIR MeasureReport of type `individual` for each patient in the initial population of a measure.
final class IndividualMeasureReport: SweepReportWriter {
    private let folder: WorkFolder
    private let context: ReportContext
    private let file: OutputFile
    private static let name = "measure-reports.ndjson"

    init(_ folder: WorkFolder, context: ReportContext) throws(SweepError) {
        self.folder = folder
        self.context = context
        file = try OutputFile(folder.path(Self.name + ".part"))
    }

    func add(_ patient: PatientResults) throws(SweepError) {
        let counted = patient.results.filter { $0.populations.first.map { $0.count > 0 } ?? false }
        let groups = counted.map { MeasureGroup($0) }
        var rest = counted[...]
        // Results come sorted by name: the rates of a measure stand together.
        for groups in MeasureGroup.byMeasure(groups) {
            guard let body = MeasureReportBody(context: context, .individual, groups: groups) else { continue }
            var seen: Set<String> = []
            let evidence = rest.prefix(groups.count).flatMap(\.evidence).filter { seen.insert($0).inserted }
            rest = rest.dropFirst(groups.count)
            var writer = JSONWriter()
            body.write(to: &writer, subject: patient.patient, evidence: evidence)
            try file.write(writer.bytes + [0x0A])
        }
    }

    func finish(_ summary: SweepSummary) throws(SweepError) {
        try file.close()
        try folder.rename(folder.path(Self.name + ".part"), to: Self.name)
    }
}
