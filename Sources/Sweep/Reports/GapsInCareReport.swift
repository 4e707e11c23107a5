import CareGaps

/// `gaps.ndjson`: a gaps-in-care document for each patient with an open gap.
final class GapsInCareReport: SweepReportWriter {
    private let folder: WorkFolder
    private let context: ReportContext
    private let file: OutputFile
    private static let name = "gaps.ndjson"

    init(_ folder: WorkFolder, context: ReportContext) throws(SweepError) {
        self.folder = folder
        self.context = context
        file = try OutputFile(folder.path(Self.name + ".part"))
    }

    func add(_ patient: PatientResults) throws(SweepError) {
        guard let bundle = GapsBundle(context: context, patient: patient.patient, results: patient.results) else { return }
        try file.write(bundle.bytes + [0x0A])
    }

    func finish(_ summary: SweepSummary) throws(SweepError) {
        try file.close()
        try folder.rename(folder.path(Self.name + ".part"), to: Self.name)
    }
}
