import Clinical
import Digests
public import Documents
import Engine

/// A FHIR MeasureReport of one measure, with a group for each rate.
///
/// A summary states a score only where every patient's populations are known. Else the score is absent with a reason, the group says of
/// how many patients not all is known, and the report is `pending`: not complete and ready for use, until what is missing has come.
///
/// - Source: FHIR R4, measurereport; code system measure-report-status; extension data-absent-reason.
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
        let isPending = kind == .summary && groups.contains { $0.uncertain > 0 }
        writer.object { object in
            object.member("resourceType", string: "MeasureReport")
            object.member("id", string: id(of: subject))
            object.member("status", string: isPending ? "pending" : "complete")
            object.member("type", string: kind.rawValue)
            object.member("measure", string: context.canonical(measure, version: version))
            if let subject { object.member("subject") { $0.object { $0.member("reference", string: "Patient/\(subject)") } } }
            object.member("date", string: context.asOf.description)
            object.member("period") {
                $0.object { period in
                    period.member("start", string: context.period.start.description)
                    period.member("end", string: context.period.end.description)
                }
            }
            object.member("group") {
                $0.array { list in for group in groups { list.element { group.write(to: &$0, isScored: kind == .summary) } } }
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

    /// The same measure, rates, patient, instant and edition give the same id.
    public func id(of subject: String?) -> String {
        let rates = groups.map { PatientJudge.name(of: $0.rate, in: measure) }.joined(separator: "\t")
        return Digest(of: [
            kind.rawValue, rates, String(version), subject ?? "", context.asOf.description, context.period.start.description,
            context.period.end.description, context.edition.rules, context.edition.knowledge,
        ].joined(separator: "\n")).uuid
    }
}
