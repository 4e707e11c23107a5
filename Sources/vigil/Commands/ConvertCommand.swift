import ArgumentParser
import Clinical
import Documents
import Intake

/// `vigil convert`: shows what is made of a message or document before it is read.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Bring an HL7 v2 message or a C-CDA document over into FHIR R4.",
        discussion: """
            Prints a Bundle: what the service would read in the place of the message. On standard error stands what could not be \
            brought over, by file, line and field such as PID-7 (never a value), and for which parts of the record the \
            message speaks; of all others nothing is known, which is not the same as none. docs/formats.md says what is read.

            EXIT CODES:
              0  it was brought over; standard error says what of it was not
              1  it cannot be read at all: no patient or several, damaged
              2  files missing, no format that is read, wrong arguments

            EXAMPLES:
              vigil convert admission.hl7 > bundle.json
              vigil convert batch.hl7 --message MSG00042
              vigil convert - --format hl7-v2 < order.hl7
            """)

    @Argument(help: "The message or document; `-` for standard input.")
    var file: String

    @Option(help: ArgumentHelp("The format, where it is not to be found out: \(FormatCatalog.foreign.map { $0.name }.joined(separator: ", ")).", valueName: "name"))
    var format: String?

    @Option(help: ArgumentHelp("Of a batch of HL7 v2: the control id (MSH-10) of the message.", valueName: "id"))
    var message: String?

    func run() throws {
        let bytes = try CommandInput.bytes(of: file)
        let record = try ForeignInput.record(of: bytes, in: try chosenFormat(for: bytes), part: message, path: file)
        Output.bytes(record.bundle.bytes(pretty: true) + [UInt8(ascii: "\n")])
        Output.note(ForeignInput.text(of: record.notes, in: Source(name: file, bytes: bytes)) + supplied(by: record))
    }

    private func chosenFormat(for bytes: [UInt8]) throws -> any ForeignFormat.Type {
        if let format {
            guard let named = FormatCatalog.format(named: format) as? any ForeignFormat.Type else {
                let names = FormatCatalog.foreign.map { $0.name }.joined(separator: ", ")
                throw ValidationError("no format to convert from is called `\(format)`; there are \(names)")
            }
            return named
        }
        if let found = FormatCatalog.foreignFormat(of: bytes) { return found }
        let isFHIR = FormatCatalog.format(of: bytes)?.name == FHIRFormat.name
        throw CommandError(description: isFHIR ? "`\(file)` is JSON already" : "`\(file)` looks like none of the formats that are read")
    }

    /// One line that says what is known at all.
    private func supplied(by record: ConvertedRecord) -> String {
        let known = record.supplied.sorted { $0.key < $1.key }.compactMap { section, supply in
            switch supply {
            case .complete: section.words
            case .partial: "\(section.words) (in part)"
            case .failed, .notSupplied: nil
            }
        }
        return "\(file): \(record.resources.count) resources; it speaks of \(known.joined(separator: ", "))"
    }
}
