public import Documents

/// One rate of a measure in a report: its populations and, of many patients, their score.
///
/// - Source: FHIR R4, measurereport, `group`.
public struct MeasureGroup: Sendable {
    /// The name of the measure, and that of the rate; empty where the measure has but one.
    let measure: String
    let rate: String
    let version: Int
    let populations: [CareGapResult.Population]
    /// Patients of whom not all populations could be told.
    let uncertain: Int

    /// One patient's place in the rate.
    public init(_ result: CareGapResult) {
        self.init(
            result.rule, version: result.version, populations: result.populations,
            uncertain: result.isUncertain && !result.populations.isEmpty ? 1 : 0)
    }

    /// - Parameters:
    ///   - name: as results name it: the measure, or `measure/rate`.
    ///   - uncertain: patients of whom not all populations could be told.
    public init(_ name: String, version: Int, populations: [CareGapResult.Population], uncertain: Int = 0) {
        (measure, rate) = PatientJudge.parts(of: name)
        self.version = version
        self.populations = populations
        self.uncertain = uncertain
    }

    /// How a score comes out.
    public enum Score: Sendable, Hashable {
        /// Numerator over denominator less exclusions and exceptions, to four places.
        case known(String)
        /// Somebody's place in the populations could not be told: any number would count the unknown as not done.
        case unknown
        /// Nobody is left in the denominator.
        case none
    }

    /// - Source: FHIR R4, measure: proportion scoring.
    public var score: Score {
        guard uncertain == 0 else { return .unknown }
        func count(_ code: String) -> Int { populations.first { $0.code == code }?.count ?? 0 }
        let numerator = count("numerator") - count("numerator-exclusion")
        let denominator = count("denominator") - count("denominator-exclusion") - count("denominator-exception")
        guard denominator > 0, numerator >= 0 else { return .none }
        let scaled = (numerator * 20_000 + denominator) / (2 * denominator)
        let digits = String(scaled % 10_000)
        return .known("\(scaled / 10_000)." + String(repeating: "0", count: 4 - digits.count) + digits)
    }

    /// Says in how many patients not all populations could be told.
    static let uncertainURL = "urn:vigil:extension:patients-not-checked"
    private static let absentURL = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"

    /// - Parameter isScored: true for a report of many patients.
    func write(to writer: inout JSONWriter, isScored: Bool) {
        writer.object { group in
            if uncertain > 0 { extensions([(Self.uncertainURL, { $0.member("valueUnsignedInt", int: uncertain) })], of: &group) }
            if !rate.isEmpty { group.member("code") { $0.object { $0.member("text", string: rate) } } }
            group.member("population") {
                $0.array { list in for population in populations { list.element { write(population, to: &$0) } } }
            }
            guard isScored else { return }
            switch score {
            case .known(let value): group.member("measureScore") { $0.object { $0.member("value", decimalText: value) } }
            case .unknown:
                group.member("measureScore") {
                    $0.object { extensions([(Self.absentURL, { $0.member("valueCode", string: "unknown") })], of: &$0) }
                }
            case .none: break
            }
        }
    }

    private func extensions(_ list: [(url: String, value: (inout JSONWriter) -> Void)], of object: inout JSONWriter) {
        object.member("extension") {
            $0.array { array in
                for item in list {
                    array.element {
                        $0.object { object in
                            object.member("url", string: item.url)
                            item.value(&object)
                        }
                    }
                }
            }
        }
    }

    private func write(_ population: CareGapResult.Population, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("code") { $0.concept(MeasureCodes.population, population.code) }
            object.member("count", int: population.count)
        }
    }
}

extension MeasureGroup {
    /// The groups of each measure, in the order in which the measures first come.
    public static func byMeasure(_ groups: [MeasureGroup]) -> [[MeasureGroup]] {
        var places: [String: Int] = [:]
        var lists: [[MeasureGroup]] = []
        for group in groups {
            if let place = places[group.measure] {
                lists[place].append(group)
            } else {
                places[group.measure] = lists.count
                lists.append([group])
            }
        }
        return lists
    }
}
