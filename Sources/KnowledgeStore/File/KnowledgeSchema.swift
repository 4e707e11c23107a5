/// The tables of a knowledge file.
enum KnowledgeSchema {
    /// Raised whenever a table changes; a file of another version is refused, never guessed at.
    static let version = 4
    /// `Vgl1`: tells a knowledge file from any other SQLite file.
    static let applicationID = 0x5667_6C31

    /// What stands before the checksum inside the file.
    static let checksumMark = "vigil-knowledge-checksum:"
    static let emptyChecksum = String(repeating: "0", count: 64)

    /// Strict tables; every fact leads to its source. Ids count the rows of a source table from 0, in its order.
    static let statements = """
        CREATE TABLE about(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE manifest(
            table_name TEXT PRIMARY KEY, row_count INTEGER NOT NULL, sha256 TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE source(id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE) STRICT;

        CREATE TABLE ingredient(
            id INTEGER PRIMARY KEY, rxcui INTEGER NOT NULL UNIQUE, name TEXT NOT NULL, tty TEXT NOT NULL, base_rxcui INTEGER,
            components TEXT NOT NULL, unii TEXT NOT NULL, source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE ingredient_set(id INTEGER PRIMARY KEY, rxcuis TEXT NOT NULL) STRICT;
        CREATE TABLE dose_form(id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
        CREATE TABLE product(
            id INTEGER PRIMARY KEY, rxcui INTEGER NOT NULL, tty TEXT NOT NULL, name TEXT NOT NULL,
            set_id INTEGER NOT NULL REFERENCES ingredient_set, strength TEXT NOT NULL,
            form_id INTEGER REFERENCES dose_form, brand TEXT NOT NULL, source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE brand(
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, rxcui INTEGER, set_id INTEGER NOT NULL REFERENCES ingredient_set,
            source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE ndc(
            id INTEGER PRIMARY KEY, code INTEGER NOT NULL, set_id INTEGER NOT NULL REFERENCES ingredient_set,
            form_id INTEGER REFERENCES dose_form, is_complete INTEGER NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE atc(
            id INTEGER PRIMARY KEY, rxcui INTEGER NOT NULL REFERENCES ingredient(rxcui), code TEXT NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source) STRICT;

        CREATE TABLE class(
            id INTEGER PRIMARY KEY, identifier TEXT NOT NULL UNIQUE, name TEXT NOT NULL, duplicate_therapy INTEGER NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE class_member(
            id INTEGER PRIMARY KEY, class_id INTEGER NOT NULL REFERENCES class,
            rxcui INTEGER NOT NULL REFERENCES ingredient(rxcui), source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE class_parent(
            id INTEGER PRIMARY KEY, class TEXT NOT NULL, parent TEXT NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source) STRICT;

        CREATE TABLE interaction(
            id INTEGER PRIMARY KEY, rule TEXT NOT NULL UNIQUE, a_kind TEXT NOT NULL, a_ref TEXT NOT NULL, a_name TEXT NOT NULL,
            b_kind TEXT NOT NULL, b_ref TEXT NOT NULL, b_name TEXT NOT NULL, severity TEXT NOT NULL, onc_list TEXT,
            effect TEXT NOT NULL, mechanism TEXT NOT NULL, management TEXT NOT NULL, evidence TEXT NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE public_pair(
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, a_rxcui INTEGER NOT NULL, b_rxcui INTEGER NOT NULL, a_name TEXT NOT NULL,
            b_name TEXT NOT NULL, severity TEXT, source_id INTEGER NOT NULL REFERENCES source) STRICT;
        -- The winner of each pair: entry counts the rows of interaction, then those of public_pair.
        CREATE TABLE pair(
            a_rxcui INTEGER NOT NULL, b_rxcui INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (a_rxcui, b_rxcui),
            CHECK (a_rxcui <> b_rxcui)) STRICT, WITHOUT ROWID;

        CREATE TABLE cross_reactivity(
            id INTEGER PRIMARY KEY, rule TEXT NOT NULL UNIQUE, grouping TEXT NOT NULL, a_kind TEXT NOT NULL, a_ref TEXT NOT NULL,
            a_name TEXT NOT NULL, b_kind TEXT NOT NULL, b_ref TEXT NOT NULL, b_name TEXT NOT NULL, relation TEXT NOT NULL,
            risk TEXT NOT NULL, advice TEXT NOT NULL, source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE allergen_code(
            id INTEGER PRIMARY KEY, system TEXT NOT NULL, code TEXT NOT NULL, display TEXT NOT NULL, kind TEXT NOT NULL,
            ref TEXT NOT NULL, source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE allergen_term(
            id INTEGER PRIMARY KEY, term TEXT NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source) STRICT;

        CREATE TABLE valueset(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL) STRICT;
        CREATE TABLE code_system(id INTEGER PRIMARY KEY, uri TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE valueset_code(
            id INTEGER PRIMARY KEY, valueset_id INTEGER NOT NULL REFERENCES valueset,
            system_id INTEGER NOT NULL REFERENCES code_system, code TEXT NOT NULL, display TEXT NOT NULL,
            is_prefix INTEGER NOT NULL, source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE vaccine(
            id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, groups TEXT NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE drug_fact(
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject_kind TEXT NOT NULL, subject_ref TEXT NOT NULL,
            level TEXT NOT NULL, statement TEXT NOT NULL, row_number INTEGER NOT NULL, cells TEXT NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE drug_patient(
            id INTEGER PRIMARY KEY, rule TEXT NOT NULL UNIQUE, topic TEXT NOT NULL, drugs TEXT NOT NULL, routes TEXT NOT NULL,
            condition TEXT NOT NULL, criterion TEXT NOT NULL, severity TEXT NOT NULL, effect TEXT NOT NULL,
            management TEXT NOT NULL, source_id INTEGER NOT NULL REFERENCES source) STRICT;

        CREATE TABLE name(
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, targets TEXT NOT NULL, title TEXT NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source, UNIQUE (kind, name)) STRICT;
        CREATE TABLE lab(
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL, codes TEXT NOT NULL, unit TEXT NOT NULL,
            molar_mass TEXT NOT NULL, valence TEXT NOT NULL, lines TEXT NOT NULL, plausible_low TEXT NOT NULL,
            plausible_high TEXT NOT NULL, source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE reaction(
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, system TEXT NOT NULL, code TEXT NOT NULL, display TEXT NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE route(
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, route_group TEXT NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE override_reason(
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, code TEXT NOT NULL, system TEXT NOT NULL, display TEXT NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE orderable(
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, system TEXT NOT NULL, code TEXT NOT NULL, display TEXT NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source) STRICT;
        CREATE TABLE relation_member(
            id INTEGER PRIMARY KEY, relation TEXT NOT NULL, title TEXT NOT NULL, grouping TEXT NOT NULL,
            rxcui INTEGER NOT NULL REFERENCES ingredient(rxcui), source_id INTEGER NOT NULL REFERENCES source) STRICT;
        -- The immunization schedule: the cells of each row, in the order of its table's columns.
        CREATE TABLE schedule(
            id INTEGER PRIMARY KEY, part TEXT NOT NULL, row_number INTEGER NOT NULL, cells TEXT NOT NULL,
            source_id INTEGER NOT NULL REFERENCES source) STRICT;
        """
}
