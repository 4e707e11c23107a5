import ArgumentParser
import AuditLog

/// Where decisions and feedback are kept.
struct JournalOptions: ParsableArguments {
    @Option(name: .customLong("journal"), help: ArgumentHelp("The journal of decisions and feedback.", valueName: "file"))
    var file = ".vigil/journal.sqlite"

    @Flag(help: "Keep no journal; feedback is then refused.")
    var noJournal = false

    @Option(
        name: .customLong("journal-key"),
        help: ArgumentHelp(
            "A file of 32 bytes with which comments of users, and bodies if they are kept, are encrypted; without it they are not kept.",
            valueName: "file"))
    var key: String?

    @Flag(help: "Keep the bodies of requests too, encrypted; needs --journal-key.")
    var keepBodies = false

    func validate() throws {
        if keepBodies && key == nil { throw ValidationError("--keep-bodies needs --journal-key: bodies are never kept unencrypted") }
    }

    /// The journal, opened and its latest part verified; nothing where none is to be kept.
    func open() throws -> Journal? {
        if noJournal { return nil }
        let keys = try key.map { EncryptionKeys(try EncryptionKey(file: $0)) }
        return try Journal.open(file, options: AuditLog.JournalOptions(keepsBodies: keepBodies, encryption: keys))
    }

    /// In a line, for people.
    var summary: String { noJournal ? "none" : file + (keepBodies ? ", with request bodies" : "") }
}
