import Clinical
import Documents
import Intake
import Testing

/// OBR and OBX.
@Suite struct HL7v2ResultTests {
    private func result(_ rest: String) throws -> (JSONValue, ConvertedRecord) {
        let record = try Message.record("ORU^R01", "OBR|1|A|B|24323-8^Panel^LN|||20260628080000||||||||||||||||||F", "OBX|1|\(rest)")
        return (try record.first("Observation"), record)
    }

    @Test func resultOfAReport() throws {
        let (found, record) = try result("NM|2160-0^Creatinine^LN||1.10|mg/dL^mg/dL^UCUM|0.6-1.2|H|||F")
        #expect(found.at("valueQuantity.value") == .number("1.10") && found.at("valueQuantity.code")?.string == "mg/dL")
        #expect(found["effectiveDateTime"]?.string == "2026-06-28T08:00:00-05:00" && found["status"]?.string == "final")
        #expect(found.at("interpretation.0.coding.0.code")?.string == "H")
        let report = try record.first("DiagnosticReport")
        #expect(report.at("result.0.reference")?.string == "Observation/observation-1" && report["id"]?.string == "B")
        guard case .partial = record.supplied[.observations] else { Issue.record("expected a part"); return }
        let snapshot = try record.snapshot(asOf: instant()).snapshot
        #expect(try snapshot.observations.first?.value == .quantity(Quantity(#require(Decimal("1.10")), Unit(ucum: "mg/dL"))))
    }

    @Test("table 0085", arguments: [
        ("F", "final"), ("P", "preliminary"), ("C", "corrected"), ("X", "cancelled"), ("D", "entered-in-error"), ("W", "entered-in-error"),
        ("I", "registered"), ("R", "preliminary"), ("", "unknown"), ("Q", "unknown"),
    ])
    func statuses(word: String, status: String) throws {
        let (found, record) = try result("NM|2160-0^Creatinine^LN||1|mg/dL|||||\(word)")
        #expect(found["status"]?.string == status)
        #expect(record.notes.map(\.what) == (word == "Q" ? ["OBX-11"] : []))
    }

    @Test(arguments: ["O", "N"])
    func nothingObserved(word: String) throws {
        let record = try Message.record("ORU^R01", "OBX|1|NM|2160-0^Creatinine^LN||1|mg/dL|||||\(word)")
        #expect(record.resources("Observation").isEmpty && record.notes.map(\.what) == ["OBX-11"])
        #expect(record.supplied[.observations] == nil)
    }

    @Test(arguments: [
        ("NM|1^x^LN||<0.5|ng/mL", "valueQuantity.comparator", "<"), ("SN|1^x^LN||>=^100|mg", "valueQuantity.comparator", ">="),
        ("SN|1^x^LN||^10^-^20|mg", "valueRange.high.unit", "mg"), ("CWE|1^x^LN||260385009^Negative^SCT", "valueCodeableConcept.coding.0.code", "260385009"),
        ("ST|1^x^LN||about 5", "valueString", "about 5"), ("DT|1^x^LN||20260102", "valueDateTime", "2026-01-02"),
        ("NM|1^x^LN||5|K/uL^thousand per microliter^L", "valueQuantity.unit", "K/uL"),
    ])
    func values(rest: String, path: String, value: String) throws {
        let (found, _) = try result("\(rest)\(String(repeating: "|", count: max(0, 10 - rest.split(separator: "|", omittingEmptySubsequences: false).count)))F")
        #expect(found.at(path)?.string == value)
    }

    @Test func ratios() throws {
        let (found, _) = try result("SN|1^x^LN||^1^:^128||||||F")
        #expect(found.at("valueRatio.denominator.value") == .number("128"))
    }

    @Test(arguments: [
        ("NM|1^x^LN||high|mg", "OBX-5"), ("NM|1^x^LN||60~120|mg", "OBX-5"), ("SN|1^x^LN||^2^+|mg", "OBX-5"), ("RP|1^x^LN||http://x", "OBX-2"),
        ("ED|1^x^LN||^A^B^Base64^AAAA", "OBX-2"),
    ])
    func whatIsNoValue_isNoted_andTheResultStaysWithoutOne(rest: String, field: String) throws {
        let (found, record) = try result(rest)
        #expect(record.notes.map(\.what) == [field])
        #expect(found["valueQuantity"] == nil && found["valueString"] == nil)
    }

    @Test func aUnitThatContradictsItself_isNotKnown() throws {
        let (found, record) = try result("NM|1^x^LN||5|g^mg^L||||||F")
        #expect(found.at("valueQuantity.unit") == nil && record.notes.map(\.what) == ["OBX-5"])
    }

    @Test func whatAnOrderRestsOn_hasNoTimeOfItsSpecimen() throws {
        let record = try Message.record("OML^O21", "ORC|NW|1", "OBR|1|1||24323-8^Panel^LN|||20260628080000", "OBX|1|NM|29463-7^Weight^LN||70|kg|||||F")
        #expect(try record.first("Observation")["effectiveDateTime"] == nil)
    }

    @Test func localCodes_stayWords_andAreNoted() throws {
        let (found, record) = try result("NM|CREA^Creatinine^L||1|mg/dL|||||F")
        #expect(found.at("code.coding.0.system") == nil && found.at("code.text")?.string == "Creatinine")
        #expect(record.notes(on: "OBX-3").first?.why.contains("sender's own") == true)
        let (second, other) = try result("NM|CREA^Creatinine^99LAB^2160-0^Creatinine^LN||1|mg/dL|||||F")
        #expect(second.at("code.coding.1.code")?.string == "2160-0" && other.notes.isEmpty)
    }
}
