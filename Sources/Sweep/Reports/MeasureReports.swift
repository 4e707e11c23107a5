import CareGaps
import Documents

/// `measure-report.ndjson`: what a population came to, a FHIR MeasureReport of type `summary` for each rule with populations.
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
        for rule in summary.rules where !rule.populations.isEmpty {
            var writer = JSONWriter()
            let body = MeasureReportBody(
                context: context, rule: rule.rule, version: rule.version, type: "summary", populations: rule.populations)
            body.write(to: &writer) { object in
                if let rate = body.rate {
                    object.member("measureScore") { $0.object { $0.member("value", decimalText: rate) } }
                }
            }
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
        for result in patient.results where result.populations.first.map({ $0.count > 0 }) ?? false {
            var writer = JSONWriter()
            let body = MeasureReportBody(
                context: context, rule: result.rule, version: result.version, type: "individual", populations: result.populations)
            body.write(to: &writer, subject: patient.patient, evidence: result.evidence) { _ in }
            try file.write(writer.bytes + [0x0A])
        }
    }

    func finish(_ summary: SweepSummary) throws(SweepError) {
        try file.close()
        try folder.rename(folder.path(Self.name + ".part"), to: Self.name)
    }
}
