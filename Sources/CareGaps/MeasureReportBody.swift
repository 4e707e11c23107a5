import Clinical
import Digests
public import Documents
import Engine

/// A FHIR MeasureReport of one measure, with a group for each rate.
///
/// A summary states a score only where every patient's populations are known. Else the score is absent with a reason, the group says of
/// how many patients not all is known, and the report is `pending`: not complete and ready for use, until what is missing has come. So
/// is the report of one patient whose place in some population is not known: a count of 0 there does not mean *not done*.
///
/// A care-gap rule has no populations; its report has no group.
///
/// - Source: FHIR R4, measurereport; code systems measure-report-status, measure-scoring and measure-improvement-notation; extension
///   data-absent-reason; Da Vinci DEQM 5.0, individual and summary MeasureReport (`reporter`, deqm-2 and deqm-3).
public struct MeasureReportBody: Sendable {
    /// Whom a report is about.
    public enum Kind: String, Sendable {
        case individual
        case summary
    }

    private let context: ReportContext
    private let kind: Kind
    private let groups: [MeasureGroup]

    /// Nothing where there is no group.
    ///
    /// - Parameter groups: rates of one measure.
    public init?(context: ReportContext, _ kind: Kind, groups: [MeasureGroup]) {
        guard !groups.isEmpty else { return nil }
        self.context = context
        self.kind = kind
        self.groups = groups
    }

    private var measure: String { groups[0].measure }
    private var version: Int { groups[0].version }

    /// Writes the report.
    ///
    /// - Parameters:
    ///   - subject: the id of the Patient; nothing for a summary.
    ///   - evidence: the resources that it rests on, as `Type/id`.
    public func write(to writer: inout JSONWriter, subject: String? = nil, evidence: [String] = []) {
        let isPending = groups.contains { $0.uncertain > 0 }
        let counted = groups.filter { !$0.populations.isEmpty }
        writer.object { object in
            object.member("resourceType", string: "MeasureReport")
            object.member("id", string: id(of: subject))
            if !counted.isEmpty { object.member("extension") { $0.array { list in list.element { scoring(to: &$0) } } } }
            object.member("status", string: isPending ? "pending" : "complete")
            object.member("type", string: kind.rawValue)
            object.member("measure", string: context.canonical(measure, version: version))
            if let subject { object.member("subject") { $0.object { $0.member("reference", string: "Patient/\(subject)") } } }
            object.member("date", string: context.asOf.description)
            object.member("reporter") { $0.object { $0.member("display", string: context.edition.program) } }
            object.member("period") {
                $0.object { period in
                    period.member("start", string: context.period.start.description)
                    period.member("end", string: context.period.end.description)
                }
            }
            if !counted.isEmpty {
                let direction = context.lowerIsBetter.contains(measure) ? "decrease" : "increase"
                object.member("improvementNotation") { $0.concept(MeasureCodes.improvementNotation, direction) }
                object.member("group") {
                    $0.array { list in for group in counted { list.element { group.write(to: &$0, isScored: kind == .summary) } } }
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

    /// All measures are proportions.
    private func scoring(to writer: inout JSONWriter) {
        writer.object { scoring in
            scoring.member("url", string: "http://hl7.org/fhir/us/davinci-deqm/StructureDefinition/extension-measureScoring")
            scoring.member("valueCodeableConcept") { $0.concept(MeasureCodes.scoring, "proportion") }
        }
    }

    /// The same measure, rates, patient, instant and edition give the same id.
    public func id(of subject: String?) -> String {
        let rates = groups.map { PatientJudge.name(of: $0.rate, in: measure) }.joined(separator: "\t")
        return Digest(of: [
            kind.rawValue, rates, String(version), subject ?? "", context.asOf.description, context.period.start.description,
            context.period.end.description, context.edition.rules, context.edition.knowledge,
        ].joined(separator: "\n")).uuid
    }
}
