import ArgumentParser
import CDSHooks
import Clinical
import Documents
import Intake
import Service

/// `vigil evaluate`: answers one hook request from a file, or what a message or document makes of it, as the service would.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Answer one CDS Hooks request, HL7 v2 message or C-CDA document from a file, as the service would.",
        discussion: """
            Prints the bytes of the answer and nothing else. The service is the one of the request's hook unless --service \
            names it. Identifiers in the answer are derived from its content: the same request, rules, knowledge and day give \
            the same bytes.

            A message or document of another format is brought over into FHIR first (`vigil convert` shows it) and becomes the \
            request of --hook: order-sign where it brings orders to be signed, else patient-view. What it does not speak of \
            is missing data, and is said so.

            EXIT CODES:
              0  the answer is 200
              1  it is not: the body says why, standard error has the status; or a message or document cannot be read
              2  files missing or damaged, wrong arguments

            EXAMPLES:
              vigil evaluate docs/examples/order-sign.json
              vigil evaluate request.json --as-of 2026-11-21 | jq '.cards[].summary'
              vigil evaluate - --service vigil-order-sign < request.json
              vigil evaluate order.hl7
              vigil evaluate visit.hl7 --hook encounter-discharge
            """)

    @Argument(help: "The file with the request's body, a message or a document; `-` for standard input.")
    var request: String

    @Option(help: ArgumentHelp("The service to ask, as listed by discovery.", valueName: "id"))
    var service: String?

    @Option(help: ArgumentHelp("For a message or document: the hook to make of it.", valueName: "name"))
    var hook: String?

    @Option(help: ArgumentHelp("For a batch of HL7 v2: the control id (MSH-10) of the message.", valueName: "id"))
    var message: String?

    @OptionGroup var rules: RuleOptions
    @OptionGroup var bundle: BundleOptions
    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    func run() throws {
        let bytes = try CommandInput.bytes(of: request)
        let clock = instant.clock
        let edition = try EditionLoader(rules: bundle.rules(else: rules), knowledge: knowledge.file, clock: clock).load()
        let answer = try answer(to: bytes, by: edition, asOf: clock.now())
        Output.bytes(answer.body)
        guard answer.status == 200 else {
            Output.note("status \(answer.status)")
            throw Outcome.findings
        }
    }

    private func answer(to bytes: [UInt8], by edition: Edition, asOf: AsOf) throws -> HookResponse {
        guard let format = FormatCatalog.foreignFormat(of: bytes) else {
            if hook != nil || message != nil {
                throw ValidationError("--hook and --message are for messages and documents; `\(request)` is a request")
            }
            return edition.answer(service: try chosenService(in: edition, for: bytes), body: bytes, asOf: asOf)
        }
        let record = try ForeignInput.record(of: bytes, in: format, part: message, path: request)
        let chosen = service ?? edition.services(for: hook ?? record.hook).first
        guard let chosen, let body = edition.body(of: record, service: chosen) else {
            throw CommandError(description: "no service answers \(service ?? hook ?? record.hook); there are \(edition.serviceIDs.joined(separator: ", "))")
        }
        return edition.answer(service: chosen, body: body, asOf: asOf)
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
