import Clinical
import Documents
import Engine
import Knowledge
import RuleLanguage
import Testing

@testable import Replay

/// Silence must mean *checked, and nothing found*: what was shown with a whole record is never lost without a word when a
/// part of the record is not sent.
///
/// Two properties over the tests of the repository's rules that show a card:
/// - **A section that is not supplied** is not absent. The section itself is always named, and the rule must still show a
///   card or say, by a statement that names the rule, what it could not check. Only where the section tells who meets
///   (medicines and allergies of an order rule) is the statement about the section enough, and then the prescriber reads it.
///   A rule that does not read the section must say what it said before.
/// - **An entry taken out of a section that is still complete** changes what is true of the patient. The rule may then be
///   silent, if that is what the facts say: the same story told in another order must get the same answer, and a fact that is
///   not known afterwards (age, sex, weight) must not turn a card into plain silence.
@Suite struct SilencePropertyTests {
    /// A case with a card, and what its rule reads.
    private struct Case {
        let test: RuleTest
        let rule: PlannedRule
        /// What the rule reads, all its rows together where a table fills it.
        let sections: Set<RecordSection>
        /// Of all results it reads only whether she is pregnant, which some ages leave no doubt of.
        let asksResultsForPregnancyAlone: Bool
        let story: PatientStory
        let record: [UInt8]?
    }

    private let bench: Result<(evaluator: Evaluator, cases: [Case]), any Error>

    init() {
        bench = Result {
            let knowledge = try RepositoryKnowledge.base()
            let sources = try RuleFolder.sources(at: [Repository.path("Rules")])
            let ruleSet = try #require(
                RuleCompiler(knowledge: knowledge, today: RuleTestRunner.standardToday).compile(sources, includingDrafts: true).ruleSet)
            let needs = Dictionary(grouping: ruleSet.plan.rules, by: \.heading.id)
                .mapValues { rules in rules.reduce(into: DataNeeds()) { $0.formUnion($1.needs) } }
            let ofPregnancy = Set(try #require(knowledge.codeSet(.problem, named: "pregnancy-status")).codes.map(\.code))
            let evaluator = Evaluator(plan: ruleSet.plan, knowledge: knowledge)
            let rules = Dictionary(ruleSet.plan.rules.map { ($0.heading.id, $0) }, uniquingKeysWith: { first, _ in first })
            let tests = ruleSet.rules.flatMap { Self.spread($0.tests) }
            let cases = try tests.compactMap { test -> Case? in
                guard let rule = rules[test.rule] else { return nil }
                let today = test.today ?? RuleTestRunner.standardToday
                let (story, diagnostics) = GivenReader.read(test.given, today: today, knowledge: knowledge, file: test.file)
                guard diagnostics.isEmpty else { return nil }
                let one = Case(
                    test: test, rule: rule, sections: needs[test.rule]?.sections ?? [],
                    asksResultsForPregnancyAlone: ofPregnancy.isSuperset(of: needs[test.rule]?.observationCodes ?? []), story: story,
                    record: try RecordFile.read(story.recordFile, beside: test))
                return try Self.outcome(of: one, story, evaluator).cards.isEmpty ? nil : one
            }
            return (evaluator, cases)
        }
    }

    /// At most forty tests of a rule, evenly spread: a rule that a table fills has hundreds, which read the same sections.
    private static func spread(_ tests: [RuleTest]) -> [RuleTest] {
        stride(from: 0, to: tests.count, by: max(1, (tests.count + 39) / 40)).map { tests[$0] }
    }

    /// What the rule of a case says of a story, with the statements that concern it or everyone.
    private static func outcome(of one: Case, _ story: PatientStory, _ evaluator: Evaluator) throws -> Outcome {
        let asOf = AsOf(instant: Instant(noonOf: story.today), zone: .utc)
        let occasion = [Occasion.orderSign, .patientView].first { one.rule.occasions.contains($0) } ?? .orderSelect
        let snapshot = try StoryReading.snapshot(of: story, record: one.record, asOf: asOf).snapshot
        let evaluation = evaluator.evaluate(snapshot, on: occasion, at: asOf)
        let id = one.test.rule
        return Outcome(
            findings: evaluation.findings.filter { $0.rule.id == id },
            notChecked: evaluation.notChecked.filter { $0.rules.isEmpty || $0.rules.contains(id) },
            silenced: evaluation.silenced.filter { $0.rule == id })
    }

    private func heads(_ outcome: Outcome) -> [String] {
        outcome.cards.map { "\($0.grade) \($0.severity) \($0.summary)" }
    }

    private func words(_ outcome: Outcome) -> [String] {
        outcome.cards.map { "\($0.grade) \($0.severity) \($0.summary) \($0.detail)" }
    }

    /// What the cards are about; an order is the same one wherever it stands in the list.
    private func keys(_ outcome: Outcome) -> [String] {
        outcome.cards.map { $0.key.replacing(#/order-[0-9]+/#, with: "order") }
    }

    // MARK: Sections that do not come

    @Test func aSectionThatDidNotComeIsNeverPlainSilence() throws {
        let (evaluator, cases) = try bench.get()
        #expect(cases.count > 40)
        var asked = 0
        for one in cases {
            let whole = try Self.outcome(of: one, one.story, evaluator)
            for section in RecordSection.allCases where !one.story.notSupplied.contains(section) {
                var story = one.story
                story.notSupplied.insert(section)
                Self.forget(section, in: &story)
                let outcome = try Self.outcome(of: one, story, evaluator)
                let place: Comment = "\(one.test.rule), \(one.test.name): without \(section.rawValue)"
                if !one.sections.contains(section) {
                    // The card of a load also holds what other rules say of its drugs, and those may read the section.
                    let isJoint = one.rule.kind is AdditiveKind
                    #expect(isJoint ? heads(outcome) == heads(whole) : words(outcome) == words(whole), place)
                    continue
                }
                asked += 1
                // Who meets is not known without the list: then nobody can name the rule, and the prescriber is told of the list.
                let isWhoMeets = !(one.rule.kind is CareGapKind) && (section == .medications || section == .allergies)
                let ofRule = outcome.notChecked.contains { $0.rules.contains(one.test.rule) }
                let ofSection = outcome.notChecked.contains { $0.rules.isEmpty && $0.what == section.words }
                let isTold = outcome.notChecked.contains { $0.what == section.words && $0.isForPrescriber }
                #expect(ofSection, place)
                #expect(!outcome.cards.isEmpty || ofRule || (isWhoMeets && isTold), place)
                // Nothing is overdue or never done by what did not come; but what is due by age is due whatever the problems are,
                // or whatever nobody asks at that age.
                let mayBeDue = section == .conditions || section == .observations && one.asksResultsForPregnancyAlone
                let isDueAnyway = mayBeDue && words(outcome) == words(whole)
                if one.rule.kind is CareGapKind { #expect(outcome.cards.isEmpty || isDueAnyway, place) }
            }
        }
        #expect(asked > 100)
    }

    /// A sender that does not supply a section sends none of its entries.
    private static func forget(_ section: RecordSection, in story: inout PatientStory) {
        switch section {
        case .patient: (story.born, story.sex) = (nil, nil)
        case .medications: story.taking = []
        case .allergies: story.allergies = []
        case .conditions: story.problems = []
        case .observations: (story.labs, story.weight, story.height, story.isPregnant) = ([], nil, nil, nil)
        case .procedures: story.procedures = []
        case .immunizations: story.vaccines = []
        case .encounters: story.settings = []
        case .familyHistory: story.familyHistory = []
        case .serviceRequests, .deviceRequests, .diagnosticReports, .tasks: break
        }
    }

    // MARK: Entries that are not there

    @Test func anEntryThatIsNotThereGivesTheAnswerOfTheFactsAsTheyStand() throws {
        let (evaluator, cases) = try bench.get()
        for one in cases {
            for (what, isUnknowable, story) in Self.withoutOneEntry(one.story) {
                let outcome = try Self.outcome(of: one, story, evaluator)
                let place: Comment = "\(one.test.rule), \(one.test.name): without \(what)"
                let again = try Self.outcome(of: one, Self.reversed(story), evaluator)
                #expect(Set(keys(outcome)) == Set(keys(again)), place)
                #expect(Set(outcome.notChecked.map(\.what)) == Set(again.notChecked.map(\.what)), place)
                // Age, sex and the like cannot be absent: a patient has one, known or not.
                let isSaid = outcome.notChecked.contains { $0.rules.contains(one.test.rule) }
                if isUnknowable { #expect(!outcome.cards.isEmpty || isSaid, place) }
            }
        }
    }

    @Test func theOrderOfEntriesDecidesNothing() throws {
        let (evaluator, cases) = try bench.get()
        for one in cases {
            let forth = try Self.outcome(of: one, one.story, evaluator)
            let back = try Self.outcome(of: one, Self.reversed(one.story), evaluator)
            let place: Comment = "\(one.test.rule), \(one.test.name)"
            #expect(keys(forth) == keys(back), place)
            #expect(words(forth) == words(back), place)
        }
    }

    /// The stories in which one thing is missing, and whether that leaves it unknown.
    private static func withoutOneEntry(_ story: PatientStory) -> [(what: String, isUnknowable: Bool, story: PatientStory)] {
        var stories: [(String, Bool, PatientStory)] = []
        func without<Item>(_ list: WritableKeyPath<PatientStory, [Item]>, _ name: String) {
            for index in story[keyPath: list].indices {
                var less = story
                less[keyPath: list].remove(at: index)
                stories.append(("\(name) \(index + 1)", false, less))
            }
        }
        without(\.taking, "medicine")
        without(\.ordering, "order")
        without(\.allergies, "allergy")
        without(\.problems, "problem")
        without(\.labs, "result")
        without(\.procedures, "procedure")
        without(\.vaccines, "vaccine")
        without(\.settings, "setting")
        without(\.familyHistory, "relative")
        func unset<Value>(_ value: WritableKeyPath<PatientStory, Value?>, _ name: String) {
            guard story[keyPath: value] != nil else { return }
            var less = story
            less[keyPath: value] = nil
            stories.append((name, true, less))
        }
        unset(\.born, "age")
        unset(\.sex, "sex")
        unset(\.isPregnant, "pregnancy status")
        unset(\.weight, "weight")
        unset(\.height, "height")
        return stories
    }

    /// The same patient told the other way round.
    private static func reversed(_ story: PatientStory) -> PatientStory {
        var story = story
        story.taking.reverse()
        story.ordering.reverse()
        story.allergies.reverse()
        story.problems.reverse()
        story.labs.reverse()
        story.procedures.reverse()
        story.vaccines.reverse()
        story.settings.reverse()
        story.familyHistory.reverse()
        return story
    }
}
