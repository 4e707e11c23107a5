import Clinical
import Documents
import Engine
import Knowledge
import RuleLanguage
import Testing

/// Rules over a table: its rows become ladders, and a row that cannot be read is said.
@Suite struct DrugTableTests {
    private static func diagnostics(_ cells: [String: String], table: String = "renal") throws -> [String] {
        var tables = KnowledgeTables(version: KnowledgeVersion(name: "test.1"))
        tables.ingredients = [IngredientRow(rxcui: 6809, name: "metformin")]
        tables.labs = [
            LabRow(name: "serum-potassium", title: "Potassium", codes: ["LOINC:2823-3"], unit: "mmol/L"),
            LabRow(name: "serum-creatinine", title: "Creatinine", codes: ["LOINC:2160-0"], unit: "mg/dL"),
            LabRow(name: "egfr", title: "eGFR", codes: ["LOINC:98979-8"], unit: "mL/min/{1.73_m2}"),
            LabRow(name: "weight", title: "Body weight", codes: ["LOINC:29463-7"], unit: "kg"),
            LabRow(name: "height", title: "Body height", codes: ["LOINC:8302-2"], unit: "cm"),
        ]
        tables.overrideReasons = [OverrideReasonRow(name: "benefit-outweighs-risk", code: "b", system: "s", display: "d")]
        tables.facts = [
            DrugFactRow(kind: .renal, subject: .ingredient(6809), level: "", statement: "", source: "label", row: 0, cells: cells)
        ]
        let rule = Samples.rule(
            kind: "drug-table",
            """
            table: \(table)
            grades:
              - name: avoid
                rows: avoid
                severity: major
                summary: $drug at $measured $value, limit $limit
            consequence: $effect
            management: $advice
            override_reasons: [benefit-outweighs-risk]
            """)
        let compiler = RuleCompiler(knowledge: try KnowledgeBase(tables), today: Samples.today)
        return compiler.compile([Source(name: "sample.yaml", text: rule)]).diagnostics.map { "\($0.code) \($0.message)" }
    }

    private static let row = ["parameter": "eGFR", "operator": "<", "threshold": "30", "unit": "mL/min/1.73m2", "action": "avoid"]

    @Test(arguments: [
        [:], ["parameter": "CrCl", "unit": "mL/min"], ["operator": "between", "upper": "45"], ["parameter": "serum-potassium", "unit": "mmol/L"],
        ["parameter": "daily dose", "unit": "mg/day", "operator": ">"], ["parameter": "single dose", "unit": "mg/kg", "operator": ">"],
        ["dose_above": "daily dose 1000 mg/day"], ["conditions": "new&weight<50 kg&daily dose<=60 mg/day"], ["age_from": "65 y", "routes": "oral|parenteral"],
        ["parameter": "route", "operator": "is", "threshold": "intrathecal"],
    ] as [[String: String]])
    func aRowThatIsWellMadeIsRead(change: [String: String]) throws {
        #expect(try Self.diagnostics(Self.row.merging(change) { $1 }) == [])
    }

    @Test(arguments: [
        (["parameter": "kidney"], "nothing is called `kidney`"), (["threshold": "low"], "`low` is no number"),
        (["operator": "near"], "`near` is no comparison"), (["conditions": "sorcery:yes"], "`sorcery:yes` cannot be read"),
        (["age_from": "old"], "`old` is no age"), (["routes": "tube"], "no route is called `tube`"), (["dose_above": "much"], "`much` is no dose"),
    ] as [([String: String], String)])
    func aCellThatCannotBeReadIsNamed(change: [String: String], words: String) throws {
        let found = try Self.diagnostics(Self.row.merging(change) { $1 })
        #expect(found.contains { $0.contains("row 2 of renal.csv") && $0.contains(words) }, "\(found)")
    }

    @Test func aTableThatIsNotThereIsNamed() throws {
        #expect(try Self.diagnostics(Self.row, table: "renall").contains { $0.hasPrefix("V203") })
    }
}
