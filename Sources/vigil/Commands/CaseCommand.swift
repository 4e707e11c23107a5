import ArgumentParser
import Authoring
import CDSHooks
import Clinical
import Documents
import Engine
import Knowledge
import RuleLanguage
import Service

/// `vigil case`: turns a patient into a test of a rule.
struct CaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case",
        abstract: "Turn a patient into a test of a rule that names nobody.",
        discussion: """
            Reads the body of a hook call or FHIR resources and prints a `tests:` entry that passes. Names, identifiers and \
            free text are left out; all dates are moved by the same number of days to the day of tests, of the birth date \
            only the age remains. What the words of tests cannot tell is said on standard error: read the entry before you \
            keep it, rare combinations can still point to a person.

            EXIT CODES:
              0  the entry says of the rule what the record says
              1  it does not: something that was left out matters
              2  files missing or damaged, wrong arguments

            EXAMPLES:
              vigil case docs/examples/order-sign.json --rule warfarin-nsaid --as-of 2026-11-21
            """)

    @Argument(help: "The patient: a hook call or FHIR resources, as JSON; `-` for standard input.")
    var patient: String

    @Option(help: ArgumentHelp("The rule that the test is for.", valueName: "id"))
    var rule: String

    @Option(help: "What the test shows.")
    var name = "from a record"

    @OptionGroup var rules: RuleOptions
    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    func run() throws {
        let asOf = instant.clock.now()
        let loaded = try LoadedRules(rules.surroundings, knowledge: knowledge, today: asOf.today)
        let checked = try loaded.rule(rule)
        let evaluator = Evaluator(plan: loaded.ruleSet.plan, knowledge: loaded.knowledge)
        let snapshot = try loaded.patient(in: patient, evaluator, asOf: asOf)
        let node = loaded.files.first { $0.source.name == checked.file }?.node
        guard let proposal = CaseProposal(snapshot, rule: checked, node: node, evaluator: evaluator, name: name, asOf: asOf) else {
            throw CommandError(description: "the patient could not be told in the words of tests")
        }
        Output.text(proposal.lines.map { "  \($0)\n" }.joined())
        for item in proposal.leftOut { Output.note("left out: \(item)") }
        if !proposal.tellsTheSame {
            Output.note("the rule says something else of this case than of the record: what was left out matters")
            throw Outcome.findings
        }
    }
}
