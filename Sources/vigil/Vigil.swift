import ArgumentParser
import Service

/// `vigil`: the command line.
struct Vigil: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vigil",
        abstract: "Clinical decision support: a FHIR record and draft orders in, CDS Hooks cards out.",
        discussion: """
            Rules are YAML files under Rules/, checked and tested here and answered by `vigil serve`. What is known of drugs \
            comes from the tables under Knowledge/, of which `vigil knowledge build` makes one SQLite file.

            Not a medical device, and not clinically reviewed: do not treat patients by it.

            EXIT CODES:
              0  all is well
              1  there are findings: rule errors, failing tests, a refused request
              2  it could not be done as asked: arguments, missing or damaged files
            """,
        version: Edition.program,
        subcommands: [
            ServeCommand.self, CheckCommand.self, TestCommand.self, EvaluateCommand.self, ConvertCommand.self, MeasureCommand.self, ImmunizationCommand.self, SweepCommand.self, KnowledgeCommand.self,
            ExplainCommand.self, EffectiveCommand.self, PublishCommand.self, BundleCommand.self, JournalCommand.self, NewCommand.self, FormatCommand.self, CaseCommand.self, DocCommand.self, DiffCommand.self,
            BurdenCommand.self, SelfTestCommand.self, KeysCommand.self, SchemaCommand.self, LanguageServerCommand.self,
        ])
}
