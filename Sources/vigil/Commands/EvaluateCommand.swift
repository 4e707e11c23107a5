import ArgumentParser
import CDSHooks
import Documents
import Foundation
import Service

/// `vigil evaluate`: answers one hook request from a file, byte for byte as the service would.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Answer one CDS Hooks request from a file, as the service would.",
        discussion: """
            Prints the bytes of the answer and nothing else. The service is the one of the request's hook unless --service \
            names it. Identifiers in the answer are derived from its content: the same request, rules, knowledge and day give \
            the same bytes.

            EXIT CODES:
              0  the answer is 200
              1  it is not: the body says why, standard error has the status
              2  files missing or damaged, wrong arguments

            EXAMPLES:
              vigil evaluate docs/examples/order-sign.json
              vigil evaluate request.json --as-of 2026-11-21 | jq '.cards[].summary'
              vigil evaluate - --service vigil-order-sign < request.json
            """)

    @Argument(help: "The file with the request's body; `-` for standard input.")
    var request: String

    @Option(help: ArgumentHelp("The service to ask, as listed by discovery.", valueName: "id"))
    var service: String?

    @OptionGroup var rules: RuleOptions
    @OptionGroup var bundle: BundleOptions
    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    func run() throws {
        let bytes = try readRequest()
        let clock = instant.clock
        let edition = try EditionLoader(rules: bundle.rules(else: rules.layers), knowledge: knowledge.file, clock: clock).load()
        let answer = edition.answer(service: try chosenService(in: edition, for: bytes), body: bytes, asOf: clock.now())
        Output.bytes(answer.body)
        guard answer.status == 200 else {
            Output.note("status \(answer.status)")
            throw Outcome.findings
        }
    }

    private func readRequest() throws -> [UInt8] {
        if request == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        guard let data = FileManager.default.contents(atPath: request) else {
            throw CommandError(description: "`\(request)` cannot be read")
        }
        return Array(data)
    }

    /// The service that was named, else the first one of the request's hook, else the first of all, which then says what is wrong.
    private func chosenService(in edition: Edition, for bytes: [UInt8]) throws -> String {
        if let service { return service }
        let hook = (try? JSONDocument(parsing: bytes))?.root["hook"]?.string
        if let found = hook.flatMap({ edition.services(for: $0).first }) { return found }
        guard let first = edition.serviceIDs.first else { throw CommandError(description: "there is no service to ask") }
        return first
    }
}
