public import CDSHooks

/// What is kept of decisions and feedback, and under which key.
public struct JournalSettings: Sendable, Hashable {
    public var isKept: Bool
    public var file: String
    /// Bodies of requests too, encrypted.
    public var keepsBodies: Bool
    public var keyFile: String?
    /// 64 hexadecimal digits.
    public var key: SensitiveText?
    public var formerKeyFiles: [String]

    init(_ reader: inout SettingsReader) {
        isKept = reader.value(Keys.isJournalKept)
        file = reader.value(Keys.journalFile)
        keepsBodies = reader.value(Keys.keepsBodies)
        keyFile = reader.value(Keys.journalKeyFile)
        key = reader.value(Keys.journalKey).map(SensitiveText.init)
        formerKeyFiles = reader.value(Keys.formerKeyFiles)
        if keyFile != nil, key != nil {
            reader.complain(.contradiction, of: Keys.journalKey, "there are two keys for the journal: `journal.key_file` and VIGIL_JOURNAL_KEY")
        }
        if keepsBodies, keyFile == nil, !reader.isSaid(Keys.journalKey) {
            reader.complain(
                .missing, of: Keys.keepsBodies, "`journal.bodies` needs a key: bodies are never kept unencrypted",
                help: ["name its file in `journal.key_file`", "or put it into VIGIL_JOURNAL_KEY"])
        }
    }
}
