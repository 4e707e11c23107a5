import Knowledge
import KnowledgeStore
import Testing

/// Tables in the shapes in which sources of interactions are exported: names, drug numbers, codes of groups, by bars, tabs and
/// commas. The rows are invented; DDInter's header is its own, the others are as their mapping declares them.
@Suite struct VendorShapeTests {
    struct Shape: Sendable, CustomStringConvertible {
        let name: String
        let table: String
        let mapping: String
        let crosswalk: String

        var description: String { name }
    }

    static let shapes = [
        // DDInter: CSV by name, with its own ids, and words for severity.
        Shape(
            name: "ddinter",
            table: """
                DDInterID_A,Drug_A,DDInterID_B,Drug_B,Level
                DDInter1951,Warfarin,DDInter899,Ibuprofen,Major
                DDInter1951,Warfarin,DDInter14,Acetaminophen,Moderate
                DDInter1951,Warfarin,DDInter99999,Ibuprofane,Unknown
                """,
            mapping: """
                match: name
                columns: { a: Drug_A, b: Drug_B, severity: Level }
                severity: { Major: major, Moderate: moderate, Minor: minor, Unknown: skip }
                """,
            crosswalk: ""),
        // First Databank: bars and no header, numbers of clinical formulations, severity levels 1 to 3, a monograph number.
        Shape(
            name: "fdb",
            table: "006561|008347|1|0345|INCREASED RISK OF BLEEDING\n006561|004489|2|0346|INCREASED EFFECT\n006561|999999|2|0347|X\n",
            mapping: """
                format: bar
                header: false
                columns: { a: "1", b: "2", severity: "3", id: "4", effect: "5" }
                severity: { "1": major, "2": moderate, "3": minor }
                crosswalk: { file: fdb-codes.csv, code: gcn_seqno, rxcui: rxcui }
                """,
            crosswalk: "gcn_seqno,rxcui\n006561,11289\n008347,5640\n004489,161\n"),
        // Medi-Span: tabs, fourteen digits of a generic product identifier, words for severity.
        Shape(
            name: "medispan",
            table: "GPI1\tGPI2\tSEVERITY\tMONOGRAPH\n83200030200310\t66100020000320\tMajor\tB-12\n83200030200310\t64200010000310\tModerate\tB-13\n",
            mapping: """
                format: tsv
                columns: { a: GPI1, b: GPI2, severity: SEVERITY, id: MONOGRAPH }
                severity: { Major: major, Moderate: moderate }
                crosswalk: { file: medispan-codes.csv, code: gpi, rxcui: rxcui }
                """,
            crosswalk: "gpi,rxcui\n83200030200310,11289\n66100020000320,5640\n64200010000310,161\n"),
        // Multum: semicolons, drug ids with a letter, latin-1, numbers for severity.
        Shape(
            name: "multum",
            table: "drug_1;drug_2;severity_id;interaction\nd00022;d00015;3;\"bleeding; see monograph\"\nd00022;d00049;2;monitor\n",
            mapping: """
                format: semicolon
                encoding: latin-1
                columns: { a: drug_1, b: drug_2, severity: severity_id, effect: interaction }
                severity: { "3": major, "2": moderate, "1": minor }
                crosswalk: { file: multum-codes.csv, code: drug_id, rxcui: rxcui }
                """,
            crosswalk: "drug_id,rxcui\nd00022,11289\nd00015,5640\nd00049,161\n"),
    ]

    @Test(arguments: shapes)
    func isReadByItsMapping(shape: Shape) throws {
        let table = SourceTables.temporary("\(shape.name).txt")
        let mapping = SourceTables.temporary("\(shape.name).yaml")
        SourceTables.write(Array(shape.table.utf8), to: table)
        SourceTables.write(Array("name: \(shape.name)\ntitle: Invented rows\nversion: \"1\"\n\(shape.mapping)\n".utf8), to: mapping)
        SourceTables.write(Array(shape.crosswalk.utf8), to: SourceTables.temporary("\(shape.name)-codes.csv"))
        let (report, base, _) = try ImportWorld.run(.interactions(file: table, mapping: mapping), "shape-\(shape.name)")
        #expect(report.keptCount == 2)
        #expect(base.pair("warfarin", "ibuprofen")?.severity == .major)
        #expect(base.pair("warfarin", "ibuprofen")?.layer == .vendor)
        #expect(base.pair("acetaminophen", "warfarin")?.severity == .moderate)
        #expect(base.version.name == "2026.0+\(shape.name)-1")
        #expect(report.lostCount == (shape.name == "fdb" ? 1 : 0))
    }
}
