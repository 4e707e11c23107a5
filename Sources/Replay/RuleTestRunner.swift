public import Clinical
import Documents
public import Engine
public import Knowledge
public import RuleLanguage

/// Runs the tests that stand beside rules.
///
/// Each patient is told in FHIR and read by the production reader; then the whole plan is evaluated, on the occasion
/// that suits the rule, at noon UTC of the test's day. Equal rules and knowledge give an equal report.
public struct RuleTestRunner: Sendable {
    private let knowledge: KnowledgeBase

    public init(knowledge: KnowledgeBase) {
        self.knowledge = knowledge
    }

    /// The day on which a test takes place that names none: 2026-01-15.
    public static let standardToday = CivilDate(daysSinceEpoch: 20_468)

    /// Runs the tests of a rule set, or only those that are chosen.
    public func run(_ ruleSet: RuleSet, only isChosen: (RuleTest) -> Bool = { _ in true }) -> TestReport {
        let evaluator = Evaluator(plan: ruleSet.plan, knowledge: knowledge)
        let rules = Dictionary(ruleSet.plan.rules.map { ($0.heading.id, $0) }, uniquingKeysWith: { first, _ in first })
        let results = ruleSet.tests.filter(isChosen).map { test in
            let place = ruleSet.sources[test.file]?.position(of: test.range.start) ?? (line: 1, column: 1)
            let (verdict, outcome) = run(test, of: rules[test.rule], with: evaluator)
            return TestResult(
                rule: test.rule, name: test.name, file: test.file, line: place.line, column: place.column, verdict: verdict,
                grades: outcome?.grades ?? [], cards: outcome?.cards.count ?? 0, overriddenBy: test.overriddenBy)
        }
        return TestReport(results: results)
    }

    /// Where a rule answers: at signing if it is asked there, else at opening the chart, else at its first hook.
    private static func occasion(of rule: PlannedRule) -> Occasion {
        let preferred = [Occasion.orderSign, .patientView].first { rule.occasions.contains($0) }
        return preferred ?? rule.occasions.min { $0.rawValue < $1.rawValue } ?? .orderSign
    }

    private func run(
        _ test: RuleTest, of rule: PlannedRule?, with evaluator: Evaluator
    ) -> (verdict: TestResult.Verdict, outcome: Outcome?) {
        guard let rule else { return (.skipped("the rule is not loaded: it is a draft, or retired"), nil) }
        guard rule.isShown else { return (.skipped("the rule is not active: it shows no card"), nil) }
        if let why = test.setAside { return (.skipped("set aside by \(why)"), nil) }
        switch prepare(test, of: rule) {
        case .failure(let broken): return (.broken(broken.diagnostics), nil)
        case .success(let prepared): return prepared.run(with: evaluator)
        }
    }

    /// A test made ready: its patient told in FHIR and read, its expectation understood.
    ///
    /// - Throws: `BrokenTest` where given or expected is not understood.
    public func prepare(_ test: RuleTest, of rule: PlannedRule) -> Result<PreparedTest, BrokenTest> {
        let today = test.today ?? Self.standardToday
        let (story, givenDiagnostics) = GivenReader.read(test.given, today: today, knowledge: knowledge, file: test.file)
        let (expectation, expectDiagnostics) = ExpectationReader.read(test.expect, file: test.file)
        guard let expectation, givenDiagnostics.isEmpty else {
            return .failure(BrokenTest(diagnostics: givenDiagnostics + expectDiagnostics))
        }
        let asOf = AsOf(instant: Instant(noonOf: story.today), zone: .utc)
        do throws(RecordFileError) {
            let record = try RecordFile.read(story.recordFile, beside: test)
            let snapshot: Snapshot
            do { snapshot = try StoryReading.snapshot(of: story, record: record, asOf: asOf).snapshot } catch {
                throw RecordFileError(error.message, file: story.recordFile, test: test)
            }
            return .success(
                PreparedTest(test: test, snapshot: snapshot, asOf: asOf, occasion: Self.occasion(of: rule), expectation: expectation))
        } catch {
            return .failure(BrokenTest(diagnostics: [error.diagnostic]))
        }
    }
}

extension Instant {
    /// Noon UTC of a day.
    init(noonOf day: CivilDate) {
        self.init(milliseconds: Int64(day.daysSinceEpoch) * 86_400_000 + 43_200_000)
    }
}
