/// The tables of what a hospital imported, beside our own.
enum ImportSchema {
    /// A layer's pairs are four packed arrays of little-endian integers: `rxcuis`, `starts`, `partners`, `statements`.
    static let statements = """
        CREATE TABLE import(
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL UNIQUE, version TEXT NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source, files TEXT NOT NULL, read_count INTEGER NOT NULL,
            kept_count INTEGER NOT NULL, lost_count INTEGER NOT NULL) STRICT;
        CREATE TABLE layer(
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, rank TEXT NOT NULL, lowering TEXT NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE layer_statement(
            layer_id INTEGER NOT NULL REFERENCES layer, number INTEGER NOT NULL, rule TEXT NOT NULL, severity TEXT NOT NULL,
            effect TEXT NOT NULL, mechanism TEXT NOT NULL, management TEXT NOT NULL, evidence TEXT NOT NULL,
            PRIMARY KEY (layer_id, number)) STRICT, WITHOUT ROWID;
        CREATE TABLE layer_pack(
            id INTEGER PRIMARY KEY, layer_id INTEGER NOT NULL REFERENCES layer, part TEXT NOT NULL, content BLOB NOT NULL,
            UNIQUE (layer_id, part)) STRICT;
        CREATE TABLE code_status(
            id INTEGER PRIMARY KEY, system TEXT NOT NULL, code TEXT NOT NULL, status TEXT NOT NULL, replaced_by TEXT NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source, UNIQUE (system, code)) STRICT;
        """
}
