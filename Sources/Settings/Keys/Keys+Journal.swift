extension Keys {
    static let journal = SettingGroup(
        "What it keeps", [isJournalKept.key, journalFile.key, keepsBodies.key, journalKeyFile.key, journalKey.key, formerKeyFiles.key])

    static let isJournalKept = Setting(
        "journal.enabled", .flag, default: true, "Whether decisions and feedback are kept; without a journal feedback is refused.")
    static let journalFile = Setting(
        "journal.file", .path, default: ".vigil/journal.sqlite", flag: "--journal", "The journal of decisions and feedback.")
    static let keepsBodies = Setting(
        "journal.bodies", .flag, default: false, flag: "--keep-bodies", "Whether the bodies of requests are kept too, encrypted.")
    static let journalKeyFile = Setting<String?>(
        "journal.key_file", .path, flag: "--journal-key",
        """
        A file of 32 bytes, or 64 hexadecimal digits, with which comments of users, and bodies if they are kept, are encrypted; \
        without a key they are not kept.
        """)
    static let journalKey = Setting<String?>(
        "journal.key", .encryptionKey, places: [.environment], isSecret: true,
        "The key itself, as 64 hexadecimal digits; in the environment only, never in a file that is passed around.")
    static let formerKeyFiles = Setting(
        "journal.former_key_files", listOf: .path, default: [], "Files of keys under which older entries lie, so that they can be read.")
}
