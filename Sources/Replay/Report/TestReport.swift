public import Documents

/// What came of running rule tests.
public struct TestReport: Sendable {
    /// One for each test, in the order of the rule set.
    public let results: [TestResult]

    public init(results: [TestResult]) {
        self.results = results
    }

    public var passed: Int { results.count { $0.isPassed } }
    public var failed: Int { results.count { $0.isFailed } }
    public var skipped: Int { results.count { $0.isSkipped } }
    public var failures: [TestResult] { results.filter(\.isFailed) }
    /// True where no test failed, also where there is none.
    public var isPassed: Bool { failed == 0 }

    /// Rows of each rule that at least one passed test reached.
    public var reachedGrades: [String: Set<String>] {
        results.reduce(into: [:]) { reached, result in
            if result.isPassed { reached[result.rule, default: []].formUnion(result.grades) }
        }
    }
}

/// What came of one test.
public struct TestResult: Sendable {
    public enum Verdict: Sendable {
        case passed
        /// It differs from what was expected; the ledger says why there is no card, where there is none.
        case failed([Mismatch], ledger: [String])
        /// It could not be run: given or expected is not understood.
        case broken([Diagnostic])
        /// It was not run, for the reason told.
        case skipped(String)
    }

    public let rule: String
    public let name: String
    public let file: String
    /// Where the test stands, counted from 1.
    public let line: Int
    public let column: Int
    public let verdict: Verdict
    /// The rows that decided, or the state of a care gap.
    public let grades: [String]
    /// How many cards the rule gave.
    public let cards: Int
    /// For a case of a pack the files of overrides that change its rule.
    public let overriddenBy: [String]

    public init(
        rule: String, name: String, file: String, line: Int, column: Int, verdict: Verdict, grades: [String] = [],
        cards: Int = 0, overriddenBy: [String] = []
    ) {
        self.rule = rule
        self.name = name
        self.file = file
        self.line = line
        self.column = column
        self.verdict = verdict
        self.grades = grades
        self.cards = cards
        self.overriddenBy = overriddenBy
    }

    public var isPassed: Bool {
        if case .passed = verdict { true } else { false }
    }

    public var isSkipped: Bool {
        if case .skipped = verdict { true } else { false }
    }

    public var isFailed: Bool { !isPassed && !isSkipped }
}
