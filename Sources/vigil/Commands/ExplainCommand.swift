import ArgumentParser
import Authoring
import Clinical
import Engine
import Knowledge
import Replay
import RuleLanguage
import Service

/// `vigil explain`: what a message means; or how a rule came to what it says of a patient.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tell what a message means, or why a rule said what it said of a patient, or nothing.",
        discussion: """
            Every message about a rule begins with a code such as V201. A code never changes its meaning.

            With a rule and a patient it shows who met, each fact with its value, date and resource, and each row of the \
            ladder; with --why-not also the first condition that stopped each row. The patient is the body of a hook call, \
            FHIR resources in JSON (drafts among them count as ordered), or a case of the rule's own tests. Of a rule that is \
            not asked, a draft or a retired one, it says so, and what the rule would say.

            EXAMPLES:
              vigil explain V201
              vigil explain            (a list of all codes)
              vigil explain warfarin-nsaid --patient docs/examples/order-sign.json
              vigil explain metformin-egfr --case "eGFR 80" --why-not
            """)

    @Argument(help: "The code of a message, or the id of a rule.")
    var subject: String?

    @Option(help: ArgumentHelp("The patient: a hook call or FHIR resources, as JSON.", valueName: "file"))
    var patient: String?

    @Option(name: .customLong("case"), help: ArgumentHelp("The patient of a test of the rule, by its name.", valueName: "name"))
    var testCase: String?

    @Flag(help: "Show for each row the first condition that stopped it.")
    var whyNot = false

    @OptionGroup var rules: RuleOptions
    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    func run() throws {
        guard let subject else {
            Output.text(MessageCatalog.all.map { "\($0.code)  \($0.title)" }.joined(separator: "\n") + "\n")
            return
        }
        if patient != nil || testCase != nil { return try explain(rule: subject) }
        guard let page = MessageCatalog.page(subject) else {
            throw ValidationError(
                "no message has the code \(subject); `vigil explain` lists them; a rule is explained with --patient or --case")
        }
        Output.text(page.markdown)
    }

    private func explain(rule id: String) throws {
        let today = instant.clock.now().today
        let loaded = try LoadedRules(rules.surroundings, knowledge: knowledge, today: today)
        let checked = try loaded.rule(id)
        let notAsked = loaded.ruleSet.whyNotAsked(checked)
        // What is asked is told beside those that are asked, too: a draft of somebody else holds nothing back.
        let plan = notAsked == nil ? try loaded.active(on: today).plan : loaded.ruleSet.plan
        let evaluator = Evaluator(plan: plan, knowledge: loaded.knowledge)
        let (snapshot, asOf) = try patient(for: checked, loaded, evaluator)
        guard let trace = evaluator.trace(rule: id, of: snapshot, at: asOf) else {
            throw CommandError(description: "`\(id)` has no rows to ask")
        }
        let occasion = checked.rule.occasions.contains(.orderSign) ? .orderSign : checked.rule.occasions.min { $0.rawValue < $1.rawValue }
        let evaluation = notAsked != nil ? nil : occasion.map { evaluator.evaluate(snapshot, on: $0, at: asOf) }
        Output.text(Explanation(trace, in: evaluation, notAsked: notAsked, asksWhyNot: whyNot).text)
    }

    private func patient(for rule: CheckedRule, _ loaded: LoadedRules, _ evaluator: Evaluator) throws -> (Snapshot, AsOf) {
        if let testCase {
            guard let test = rule.tests.first(where: { $0.name == testCase }) else {
                throw CommandError(
                    description: "the rule has no case `\(testCase)`; it has " + rule.tests.map { "`\($0.name)`" }.joined(separator: ", "))
            }
            guard case .success(let prepared) = RuleTestRunner(knowledge: evaluator.knowledge).prepare(test, of: rule.rule) else {
                throw CommandError(description: "the case is not understood; `vigil test` says why")
            }
            return (prepared.snapshot, prepared.asOf)
        }
        let asOf = instant.clock.now()
        return (try loaded.patient(in: patient ?? "-", evaluator, asOf: asOf), asOf)
    }
}
