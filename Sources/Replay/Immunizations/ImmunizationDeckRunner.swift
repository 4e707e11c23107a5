import Clinical
import Documents
public import Immunization
import Intake
public import Knowledge

/// Holds the engine's forecasts against those of a deck, read as they would be in production.
public struct ImmunizationDeckRunner: Sendable {
    /// What is compared of a case.
    public enum Aspect: String, Sendable, Hashable, CaseIterable, Comparable {
        case status = "series status"
        case dose = "forecast dose"
        case earliest = "earliest date"
        case recommended = "recommended date"
        case pastDue = "past-due date"
        case evaluations = "dose evaluations"

        public static func < (left: Aspect, right: Aspect) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    /// Where a forecast and the deck differ.
    public struct Difference: Sendable, Hashable {
        public let aspect: Aspect
        public let expected: String
        public let found: String
    }

    public struct Outcome: Sendable {
        public let id: String
        public let words: String
        public let group: String
        public let differences: [Difference]

        public var passes: Bool { differences.isEmpty }
    }

    private let forecaster: ImmunizationForecaster

    public init(_ schedule: ImmunizationSchedule) {
        forecaster = ImmunizationForecaster(schedule)
    }

    public func run(_ one: ImmunizationCase) -> Outcome {
        let asOf = AsOf(instant: Instant(milliseconds: Int64(one.day.daysSinceEpoch) * 86_400_000), zone: .utc)
        var reader = FHIRReader(asOf: asOf)
        reader.readBundle(one.bundle)
        let differences: [Difference]
        do {
            let history = try ImmunizationHistory(reader.finish().snapshot, asOf: asOf)
            if let group = forecaster.schedule.group(named: one.group) {
                differences = compare(forecaster.forecast(group, history, on: one.day), history, one)
            } else {
                differences = [Difference(aspect: .status, expected: one.seriesStatus, found: "no such group")]
            }
        } catch {
            differences = [Difference(aspect: .status, expected: one.seriesStatus, found: error.description)]
        }
        return Outcome(id: one.id, words: one.words, group: one.group, differences: differences)
    }

    private func compare(_ found: VaccineGroupForecast, _ history: ImmunizationHistory, _ one: ImmunizationCase) -> [Difference] {
        let forecast = found.forecast
        var differences: [Difference] = []
        func hold(_ aspect: Aspect, _ expected: String?, _ value: String?) {
            if expected?.lowercased() != value?.lowercased() {
                differences.append(Difference(aspect: aspect, expected: expected ?? "none", found: value ?? "none"))
            }
        }
        hold(.status, one.seriesStatus, forecast.status.rawValue)
        hold(.dose, one.forecastDose, forecast.dose.map { String($0) })
        hold(.earliest, one.earliest, forecast.earliest?.description)
        hold(.recommended, one.recommended, forecast.recommended?.description)
        hold(.pastDue, one.pastDue, forecast.pastDue?.description)
        let evaluations = evaluations(found, history, one)
        for (id, dose) in one.doses.sorted(by: { $0.key < $1.key }) {
            let evaluation = evaluations[id]
            hold(.evaluations, "\(id) \(dose.status)", "\(id) \(evaluation?.status.rawValue ?? "not evaluated")")
            let reasons = evaluation?.reasons.map { $0.rawValue.lowercased() } ?? []
            if let reason = dose.reason, dose.status.lowercased() == evaluation?.status.rawValue.lowercased(),
                !reasons.contains(reason.lowercased())
            {
                hold(.evaluations, "\(id) \(reason)", "\(id) \(reasons.joined(separator: ", "))")
            }
        }
        return differences
    }

    /// What each dose counts for: in the group of the case, or in another where it holds nothing of that group.
    private func evaluations(
        _ found: VaccineGroupForecast, _ history: ImmunizationHistory, _ one: ImmunizationCase
    ) -> [String: DoseEvaluation] {
        let own = Set(found.doses.map(\.dose.reference.id))
        let others = one.doses.keys.allSatisfy(own.contains) ? [] : forecaster.forecast(history, on: one.day)
        var evaluations: [String: DoseEvaluation] = [:]
        for given in (others.reversed() + [found]).flatMap(\.doses) {
            evaluations[given.dose.reference.id] = given.evaluation
        }
        return evaluations
    }
}
