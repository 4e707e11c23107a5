import ArgumentParser
import Authoring
import Documents
import RuleLanguage

/// `vigil fmt`: writes rule files as the house writes them.
struct FormatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt",
        abstract: "Write rule files as the house writes them.",
        discussion: """
            Two blanks a level, long text as blocks, one blank after a brace and after a comma; comments stay where they \
            are. What a file says never changes: what was written is read again and compared, and a file that would say \
            something else is left alone.

            EXIT CODES:
              0  done, or with --check nothing to do
              1  with --check: a file would change
              2  files missing, wrong arguments

            EXAMPLES:
              vigil fmt
              vigil fmt --check Rules
              vigil fmt - < rule.yaml
            """)

    @Argument(help: "Rule files, or folders searched for *.yaml; `-` formats standard input.")
    var paths: [String] = ["Rules"]

    @Flag(help: "Change nothing; list the files that would change.")
    var check = false

    func run() throws {
        if paths == ["-"] {
            Output.bytes(RuleFormatter.format(Source(name: "standard input", bytes: try CommandInput.bytes(of: "-"))))
            return
        }
        var changed = 0
        let sources = try RuleFolder.sources(at: paths)
        for source in sources {
            let formatted = RuleFormatter.format(source)
            guard formatted != source.bytes else { continue }
            changed += 1
            if check { Output.line(source.name) } else { try CommandInput.write(formatted, to: source.name) }
        }
        Output.note("\(changed) of \(sources.count) file\(sources.count == 1 ? "" : "s") \(check ? "would change" : "changed")")
        if check, changed > 0 { throw Outcome.findings }
    }
}
