public import CareGaps

/// The numbers of a sweep: each is the count of lines of the results that say so.
public struct SweepSummary: Sendable {
    public var patients = 0
    /// Patients of whom nothing could be evaluated are among `patients` too; lines set aside are not.
    public var rejects = 0
    /// What is incomplete because of them, first what may be anybody's.
    public var losses: [LossCounts] = []
    public var linesRead = 0
    public var linesUnread = 0
    public var bytes = 0
    public var rules: [RuleCounts] = []

    /// Data that were lost with lines or files.
    public struct LossCounts: Sendable {
        public let loss: InputLoss
        /// Lines and files.
        public var count: Int
        /// The first of them.
        public let first: RejectedLine

        /// `Condition of everyone (Condition.ndjson.gz, line 53: the packed file is damaged …)`
        public var words: String {
            "\(loss.words) of \(loss.isAnyones ? "everyone" : "single patients") (\(why))"
        }

        /// Where and why, of the first.
        var why: String { "\(first.file), line \(first.line): \(first.reason)" + (count > 1 ? "; and \(count - 1) more" : "") }

        /// - Parameter rejects: in order.
        static func of(_ rejects: [RejectedLine]) -> [LossCounts] {
            var counts: [InputLoss: LossCounts] = [:]
            for reject in rejects {
                if let loss = reject.loss { counts[loss, default: LossCounts(loss: loss, count: 0, first: reject)].count += 1 }
            }
            return counts.values.sorted { $0.loss < $1.loss }
        }
    }

    /// What came of one rule.
    public struct RuleCounts: Sendable {
        public let rule: String
        public let title: String
        public let version: Int
        /// Patients by state.
        public var states: [CareGapState: Int] = [:]
        /// Patients by site and state; the site is empty where none is named.
        public var sites: [String: [CareGapState: Int]] = [:]
        /// Sums of populations, in the order of the measure.
        public var populations: [CareGapResult.Population] = []
        /// Patients of whom not all of these could be told.
        public var uncertain = 0
        /// Why it was not checked, with the number of patients.
        public var reasons: [String: Int] = [:]
        /// Whose override muted its gaps and why, with the number of patients.
        public var mutes: [String: Int] = [:]

        public init(rule: String, title: String, version: Int) {
            self.rule = rule
            self.title = title
            self.version = version
        }

        public func count(_ state: CareGapState) -> Int { states[state] ?? 0 }

        /// Those of whom the rule demands something: open, due soon, closed.
        public var concerned: Int { count(.open) + count(.dueSoon) + count(.closed) }

        /// The share of those concerned who have it done or not yet due; nothing where nobody is concerned.
        public var rate: Double? {
            concerned == 0 ? nil : Double(count(.closed) + count(.dueSoon)) / Double(concerned)
        }

        /// Its rate in a report; nothing where it has no populations.
        var group: MeasureGroup? {
            populations.isEmpty ? nil : MeasureGroup(rule, version: version, populations: populations, uncertain: uncertain)
        }

        mutating func add(_ result: CareGapResult, site: String) {
            states[result.state, default: 0] += 1
            sites[site, default: [:]][result.state, default: 0] += 1
            for (place, population) in result.populations.enumerated() {
                if populations.indices.contains(place), populations[place].code == population.code {
                    populations[place] = .init(code: population.code, count: populations[place].count + population.count)
                } else if place == populations.count {
                    populations.append(population)
                }
            }
            if result.isUncertain, !result.populations.isEmpty { uncertain += 1 }
            if result.state == .notChecked, let reason = result.reason { reasons[reason, default: 0] += 1 }
            if result.state == .muted, let reason = result.reason { mutes[reason, default: 0] += 1 }
        }
    }
}
