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

    /// The results are not written anew: what stands in the part follows the names of the patient and the site.
    func add(_ patient: PatientResults) throws(SweepError) {
        var writer = JSONWriter()
        writer.object { object in
            object.member("patient", string: patient.patient)
            if !patient.site.isEmpty { object.member("site", string: patient.site) }
        }
        let opening = writer.bytes.dropLast() + [UInt8(ascii: ",")]
        var lines: [UInt8] = []
        for result in patient.written {
            lines += opening
            lines += result.dropFirst()
            lines.append(0x0A)
        }
        try file.write(lines)
    }

    func finish(_ summary: SweepSummary) throws(SweepError) {
        try file.close()
        try folder.rename(folder.path(Self.name + ".part"), to: Self.name)
    }
}
