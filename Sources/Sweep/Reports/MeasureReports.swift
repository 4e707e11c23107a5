import Clinical
import Digests
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

/// What individual and summary reports have in common.
struct MeasureReportBody {
    let context: ReportContext
    let rule: String
    let version: Int
    /// `individual` or `summary`.
    let type: String
    let populations: [SweepResult.Population]

    func write(
        to writer: inout JSONWriter, subject: String? = nil, evidence: [String] = [], more: (inout JSONWriter) -> Void
    ) {
        writer.object { object in
            object.member("resourceType", string: "MeasureReport")
            object.member("id", string: id(of: subject))
            object.member("status", string: "complete")
            object.member("type", string: type)
            object.member("measure", string: context.canonical(rule, version: version))
            if let subject { object.member("subject") { $0.object { $0.member("reference", string: "Patient/\(subject)") } } }
            object.member("date", string: context.options.asOf.description)
            object.member("period") {
                $0.object { period in
                    period.member("start", string: context.options.period.lowerBound.description)
                    period.member("end", string: context.options.period.upperBound.description)
                }
            }
            object.member("group") {
                $0.array { groups in
                    groups.element {
                        $0.object { group in
                            group.member("population") {
                                $0.array { list in for population in populations { list.element { write(population, to: &$0) } } }
                            }
                            more(&group)
                        }
                    }
                }
            }
            if !evidence.isEmpty {
                object.member("evaluatedResource") {
                    $0.array { list in
                        for item in evidence { list.element { $0.object { $0.member("reference", string: item) } } }
                    }
                }
            }
        }
    }

    private func write(_ population: SweepResult.Population, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("code") {
                $0.object { concept in
                    concept.member("coding") {
                        $0.array { list in
                            list.element {
                                $0.object { coding in
                                    coding.member("system", string: "http://terminology.hl7.org/CodeSystem/measure-population")
                                    coding.member("code", string: population.code)
                                }
                            }
                        }
                    }
                }
            }
            object.member("count", int: population.count)
        }
    }

    /// The same measure, patient, instant and edition give the same id.
    func id(of subject: String?) -> String {
        Digest(of: [
            type, rule, String(version), subject ?? "", context.options.asOf.description, context.options.period.lowerBound.description,
            context.options.period.upperBound.description, context.edition.rules, context.edition.knowledge,
        ].joined(separator: "\n")).uuid
    }

    /// Numerator over denominator less exclusions and exceptions, to four places; nothing where nobody is left.
    ///
    /// - Source: FHIR R4, measure: proportion scoring.
    var rate: String? {
        func count(_ code: String) -> Int { populations.first { $0.code == code }?.count ?? 0 }
        let numerator = count("numerator") - count("numerator-exclusion")
        let denominator = count("denominator") - count("denominator-exclusion") - count("denominator-exception")
        guard denominator > 0, numerator >= 0 else { return nil }
        let scaled = (numerator * 20_000 + denominator) / (2 * denominator)
        let digits = String(scaled % 10_000)
        return "\(scaled / 10_000)." + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
