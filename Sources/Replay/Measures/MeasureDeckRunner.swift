public import Clinical
public import Engine
import Intake

/// Runs decks through the production reader and the measures of a plan, and compares population by population.
public struct MeasureDeckRunner: Sendable {
    public let plan: MeasurePlan

    public init(plan: MeasurePlan) {
        self.plan = plan
    }

    /// What one case came to; nothing where no measure of the plan bears its name.
    public func run(_ one: MeasureCase) -> MeasureCaseOutcome? {
        guard plan.measures.contains(where: { $0.id == one.measure }),
            let asOf = AsOf("\(one.period.end)T23:59:59Z")
        else { return nil }
        var reader = FHIRReader(asOf: asOf, eventKinds: plan.kinds, readsRecord: false)
        reader.readBundle(one.bundle)
        let snapshot = reader.finish().snapshot
        guard let result = plan.evaluate(snapshot, period: one.period, asOf: asOf, only: [one.measure]).first else { return nil }
        let populations = zip(one.expected, result.rates).enumerated().flatMap { rate, pair in
            pair.0.sorted { $0.key < $1.key }.compactMap { population, expected -> PopulationOutcome? in
                guard let found = pair.1[population] else { return nil }
                return PopulationOutcome(rate: rate, population: population, expected: expected, found: found.count)
            }
        }
        return MeasureCaseOutcome(id: one.id, measure: one.measure, words: one.words, populations: populations, result: result)
    }
}

/// How a case came out.
public struct MeasureCaseOutcome: Sendable {
    public let id: String
    public let measure: String
    public let words: String
    public let populations: [PopulationOutcome]
    public let result: MeasureResult

    public var isRight: Bool { populations.allSatisfy(\.isRight) }
}

/// One population of one rate: what was expected and what was found.
public struct PopulationOutcome: Sendable, Hashable {
    public let rate: Int
    public let population: String
    public let expected: Int
    public let found: Int

    public var isRight: Bool { expected == found }
}

extension RateResult {
    /// A population by its code in FHIR.
    ///
    /// - Source: FHIR R4, code system measure-population.
    public subscript(population: String) -> Membership? {
        switch population {
        case "initial-population": initialPopulation
        case "denominator": denominator
        case "denominator-exclusion": exclusions
        case "numerator": numerator
        case "denominator-exception": exceptions
        default: nil
        }
    }
}
