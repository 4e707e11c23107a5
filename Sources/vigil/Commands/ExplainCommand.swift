import ArgumentParser
import RuleLanguage

/// `vigil explain`: what a message means, with an example wrong and right.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tell what a message means, with an example wrong and right.",
        discussion: """
            Every message about a rule begins with a code such as V201. A code never changes its meaning.

            EXAMPLES:
              vigil explain V201
              vigil explain            (a list of all codes)
            """)

    @Argument(help: "The code of a message.")
    var code: String?

    func run() throws {
        guard let code else {
            Output.text(MessageCatalog.all.map { "\($0.code)  \($0.title)" }.joined(separator: "\n") + "\n")
            return
        }
        guard let page = MessageCatalog.page(code) else {
            throw ValidationError("no message has the code \(code); `vigil explain` lists them")
        }
        Output.text(page.markdown)
    }
}
