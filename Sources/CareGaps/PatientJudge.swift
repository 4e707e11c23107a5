public import Clinical
public import Engine

/// What care-gap rules and measures say of one patient, as results.
///
/// The sweep and `$care-gaps` both ask it, so the same patient, instant and period give the same states in both.
public struct PatientJudge: Sendable {
    private let evaluator: Evaluator
    private let asOf: AsOf
    private let period: MeasurementPeriod
    private let rules: Set<String>?
    /// The version of each measure.
    private let versions: [String: Int]

    /// - Parameter rules: the ids of the rules that are reported; nothing for all.
    public init(evaluator: Evaluator, asOf: AsOf, period: MeasurementPeriod, rules: Set<String>? = nil) {
        self.evaluator = evaluator
        self.asOf = asOf
        self.period = period
        self.rules = rules
        versions = Dictionary(evaluator.plan.measures.measures.map { ($0.id, $0.version) }, uniquingKeysWith: { first, _ in first })
    }

    /// A result for each rule and each rate of a measure, in the order of their names; evidence is sorted, for the order in which
    /// the record was read says nothing.
    ///
    /// - Parameter horizon: told until when the results hold, for the same data and period.
    public func results(for snapshot: Snapshot, horizon: Horizon? = nil) -> [CareGapResult] {
        let gaps = evaluator.gapStatuses(snapshot, at: asOf, only: rules, horizon: horizon).map(result)
        let measures = evaluator.plan.measures.evaluate(snapshot, period: period, asOf: asOf, only: rules, horizon: horizon)
        let mutes = evaluator.mutedMeasures(snapshot, at: asOf, only: rules, horizon: horizon)
        let rates = measures.flatMap { measure in
            measure.rates.map { result($0, of: measure.measure, version: versions[measure.measure] ?? 0, mute: mutes[measure.measure]) }
        }
        return (gaps + rates).sorted { $0.rule < $1.rule }
    }

    // MARK: Care-gap rules

    private func result(_ status: GapStatus) -> CareGapResult {
        CareGapResult(
            rule: status.rule.id, version: status.rule.version, state: status.mute == nil ? Self.state(status.state) : .muted, due: status.due, last: status.last,
            reason: reason(status), evidence: status.evidence.map(\.description).sorted())
    }

    private func reason(_ status: GapStatus) -> String? {
        if let mute = status.mute { return mute.words }
        if let summary = status.summary { return summary }
        guard status.state == .notChecked else { return nil }
        return status.unknown.map { "\($0.words): \($0.why)" }.joined(separator: "; ")
    }

    private static func state(_ state: GapStatus.State) -> CareGapState {
        switch state {
        case .notConcerned: .notInPopulation
        case .excluded: .excluded
        case .closed: .closed
        case .dueSoon: .dueSoon
        case .open: .open
        case .notChecked: .notChecked
        }
    }

    // MARK: Measures

    /// - Parameter mute: what keeps its card from being shown; a gap that is open is none then, and its populations are as counted.
    private func result(_ rate: RateResult, of measure: String, version: Int, mute: PlannedMute?) -> CareGapResult {
        let mute = rate.gap == .open ? mute : nil
        let populations = [
            ("initial-population", rate.initialPopulation), ("denominator", rate.denominator),
            ("denominator-exclusion", rate.exclusions), ("denominator-exception", rate.exceptions), ("numerator", rate.numerator),
        ]
        // What put the patient where it stands: what was done, else what excuses, else why it is expected.
        let grounds = [rate.numerator, rate.exceptions, rate.exclusions, rate.denominator, rate.initialPopulation]
        return CareGapResult(
            rule: Self.name(of: rate.name, in: measure), version: version, state: mute == nil ? Self.state(rate.gap) : .muted,
            populations: populations.map { .init(code: $0.0, count: $0.1.count) }, due: rate.due,
            reason: mute?.words ?? (rate.gap == .notChecked ? rate.notChecked.map(\.why).joined(separator: "; ") : nil),
            evidence: grounds.first { $0.isIn }?.evidence.map(\.description).sorted() ?? [],
            isUncertain: rate.gap != .notConcerned && !rate.notChecked.isEmpty)
    }

    /// The name of a rate: that of its measure, where it has but one.
    public static func name(of rate: String, in measure: String) -> String { rate.isEmpty ? measure : "\(measure)/\(rate)" }

    /// The measure and the rate that such a name means; the rate is empty where the measure has but one.
    static func parts(of name: String) -> (measure: String, rate: String) {
        guard let slash = name.firstIndex(of: "/") else { return (name, "") }
        return (String(name[..<slash]), String(name[name.index(after: slash)...]))
    }

    private static func state(_ gap: GapStanding) -> CareGapState {
        switch gap {
        case .notConcerned: .notInPopulation
        case .excluded: .excluded
        case .excepted: .exception
        case .closed: .closed
        case .open: .open
        case .notChecked: .notChecked
        }
    }
}

extension PlannedMute {
    /// `muted by st-elsewhere: Local list`
    fileprivate var words: String { "muted by \(override): \(because)" }
}
