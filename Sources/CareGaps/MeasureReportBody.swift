import Clinical
import Digests
public import Documents
import Engine

/// A FHIR MeasureReport: what individual and summary reports have in common.
///
/// - Source: FHIR R4, measurereport.
public struct MeasureReportBody: Sendable {
    private let context: ReportContext
    private let rule: String
    private let version: Int
    private let type: String
    private let populations: [CareGapResult.Population]

    /// - Parameter type: `individual` or `summary`.
    public init(context: ReportContext, rule: String, version: Int, type: String, populations: [CareGapResult.Population]) {
        self.context = context
        self.rule = rule
        self.version = version
        self.type = type
        self.populations = populations
    }

    /// Writes the report.
    ///
    /// - Parameters:
    ///   - subject: the id of the Patient; nothing for a summary.
    ///   - evidence: the resources that it rests on, as `Type/id`.
    ///   - more: writes further members of its group.
    public func write(
        to writer: inout JSONWriter, subject: String? = nil, evidence: [String] = [], more: (inout JSONWriter) -> Void
    ) {
        writer.object { object in
            object.member("resourceType", string: "MeasureReport")
            object.member("id", string: id(of: subject))
            object.member("status", string: "complete")
            object.member("type", string: type)
            object.member("measure", string: context.canonical(rule, version: version))
            if let subject { object.member("subject") { $0.object { $0.member("reference", string: "Patient/\(subject)") } } }
            object.member("date", string: context.asOf.description)
            object.member("period") {
                $0.object { period in
                    period.member("start", string: context.period.start.description)
                    period.member("end", string: context.period.end.description)
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

    private func write(_ population: CareGapResult.Population, to writer: inout JSONWriter) {
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
    public func id(of subject: String?) -> String {
        Digest(of: [
            type, rule, String(version), subject ?? "", context.asOf.description, context.period.start.description,
            context.period.end.description, context.edition.rules, context.edition.knowledge,
        ].joined(separator: "\n")).uuid
    }

    /// Numerator over denominator less exclusions and exceptions, to four places; nothing where nobody is left.
    ///
    /// - Source: FHIR R4, measure: proportion scoring.
    public var rate: String? {
        func count(_ code: String) -> Int { populations.first { $0.code == code }?.count ?? 0 }
        let numerator = count("numerator") - count("numerator-exclusion")
        let denominator = count("denominator") - count("denominator-exclusion") - count("denominator-exception")
        guard denominator > 0, numerator >= 0 else { return nil }
        let scaled = (numerator * 20_000 + denominator) / (2 * denominator)
        let digits = String(scaled % 10_000)
        return "\(scaled / 10_000)." + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
