import GRDB

/// The tables of a journal.
enum JournalSchema {
    /// Raised with every migration; a journal of a later one is refused, an earlier one is brought up.
    static let version = 1
    /// `VglJ`: tells a journal from any other SQLite file.
    static let applicationID = 0x5667_6C4A

    /// What brings any earlier journal to this version; a migration is never changed once it was published.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: decisions, bodies, feedback") { database in
            try database.execute(sql: decisions + cards + bodies + feedback + retention)
            try database.execute(sql: "PRAGMA user_version = 1")
        }
        return migrator
    }

    /// Columns beside entry and link are made of the entry, so that nothing can disagree with what the chain covers.
    private static let decisions = """
        CREATE TABLE about(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TRIGGER about_stays BEFORE UPDATE ON about BEGIN SELECT RAISE(ABORT, 'the journal keeps its name'); END;
        CREATE TRIGGER about_remains BEFORE DELETE ON about BEGIN SELECT RAISE(ABORT, 'the journal keeps its name'); END;

        CREATE TABLE decision(
            sequence INTEGER PRIMARY KEY, entry TEXT NOT NULL, chain TEXT NOT NULL,
            recorded TEXT GENERATED ALWAYS AS (json_extract(entry, '$.recorded')) VIRTUAL,
            patient TEXT GENERATED ALWAYS AS (json_extract(entry, '$.patient')) VIRTUAL) STRICT;
        CREATE INDEX decision_recorded ON decision(recorded);
        CREATE INDEX decision_patient ON decision(patient) WHERE patient IS NOT NULL;
        CREATE TRIGGER decision_stays BEFORE UPDATE ON decision
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
        CREATE TRIGGER decision_remains BEFORE DELETE ON decision
            WHEN NOT EXISTS(SELECT 1 FROM checkpoint WHERE sequence >= OLD.sequence)
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

        CREATE TABLE head(
            id INTEGER PRIMARY KEY CHECK(id = 1), sequence INTEGER NOT NULL, chain TEXT NOT NULL, seal TEXT NOT NULL) STRICT;
        CREATE TRIGGER head_remains BEFORE DELETE ON head BEGIN SELECT RAISE(ABORT, 'the chain keeps its end'); END;

        CREATE TABLE checkpoint(
            sequence INTEGER PRIMARY KEY, chain TEXT NOT NULL, removed INTEGER NOT NULL, signed_by TEXT NOT NULL,
            signed TEXT NOT NULL, seal TEXT NOT NULL) STRICT;
        CREATE TRIGGER checkpoint_stays BEFORE UPDATE ON checkpoint
            BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END;
        CREATE TRIGGER checkpoint_remains BEFORE DELETE ON checkpoint
            BEGIN SELECT RAISE(ABORT, 'a checkpoint is never removed'); END;

        """

    /// Which cards were given, by 64 bits of their digest: random keys are what an insertion costs, so they are kept short.
    /// `probe` is what the health check writes.
    private static let cards = """
        CREATE TABLE rule(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE card(
            hash INTEGER NOT NULL, sequence INTEGER NOT NULL, rule_id INTEGER REFERENCES rule,
            PRIMARY KEY(hash, sequence)) STRICT, WITHOUT ROWID;
        CREATE TABLE probe(id INTEGER PRIMARY KEY CHECK(id = 1), count INTEGER NOT NULL) STRICT;
        INSERT INTO probe VALUES (1, 0);

        """

    private static let bodies = """
        CREATE TABLE body(
            request TEXT PRIMARY KEY, recorded TEXT NOT NULL, fingerprint TEXT NOT NULL, sealed BLOB NOT NULL) STRICT;
        CREATE INDEX body_recorded ON body(recorded);
        CREATE TRIGGER body_stays BEFORE UPDATE ON body BEGIN SELECT RAISE(ABORT, 'a body is never changed'); END;
        CREATE TRIGGER body_remains BEFORE DELETE ON body
            WHEN NOT EXISTS(SELECT 1 FROM retention WHERE kind = 'body' AND before > OLD.recorded)
            BEGIN SELECT RAISE(ABORT, 'bodies go by retention only'); END;

        """

    private static let feedback = """
        CREATE TABLE feedback(
            id INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL UNIQUE, received TEXT NOT NULL, client TEXT,
            service TEXT NOT NULL, card TEXT NOT NULL, is_known_card INTEGER NOT NULL, rule TEXT, outcome TEXT NOT NULL,
            accepted TEXT NOT NULL, outcome_at TEXT, reason_code TEXT, reason_system TEXT, reason_display TEXT,
            has_comment INTEGER NOT NULL, fingerprint TEXT, comment BLOB) STRICT;
        CREATE INDEX feedback_received ON feedback(received);
        CREATE INDEX feedback_card ON feedback(card);
        CREATE TRIGGER feedback_stays BEFORE UPDATE ON feedback
            BEGIN SELECT RAISE(ABORT, 'feedback is never changed'); END;
        CREATE TRIGGER feedback_remains BEFORE DELETE ON feedback
            WHEN NOT EXISTS(SELECT 1 FROM retention WHERE kind = 'feedback' AND before > OLD.received)
            BEGIN SELECT RAISE(ABORT, 'feedback goes by retention only'); END;

        """

    /// What was taken away, when and by whom, for what has no chain.
    private static let retention = """
        CREATE TABLE retention(
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, before TEXT NOT NULL, removed INTEGER NOT NULL,
            signed_by TEXT NOT NULL, signed TEXT NOT NULL) STRICT;
        CREATE TRIGGER retention_stays BEFORE UPDATE ON retention
            BEGIN SELECT RAISE(ABORT, 'retention is never changed'); END;
        CREATE TRIGGER retention_remains BEFORE DELETE ON retention
            BEGIN SELECT RAISE(ABORT, 'retention is never removed'); END;
        """
}
