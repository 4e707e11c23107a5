import CareGaps
import Documents

/// `results.ndjson`: a line for each patient and rule.
final class NDJSONReport: SweepReportWriter {
    private let folder: WorkFolder
    private let file: OutputFile
    private static let name = "results.ndjson"

    init(_ folder: WorkFolder) throws(SweepError) {
        self.folder = folder
        file = try OutputFile(folder.path(Self.name + ".part"))
    }

    func add(_ patient: PatientResults) throws(SweepError) {
        for result in patient.results {
            var writer = JSONWriter()
            writer.object { object in
                object.member("patient", string: patient.patient)
                if !patient.site.isEmpty { object.member("site", string: patient.site) }
                result.members(to: &object)
            }
            try file.write(writer.bytes)
            try file.write([0x0A])
        }
    }

    func finish(_ summary: SweepSummary) throws(SweepError) {
        try file.close()
        try folder.rename(folder.path(Self.name + ".part"), to: Self.name)
    }
}
