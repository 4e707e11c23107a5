import Clinical
import Testing

@testable import Intake

/// Times, numbers and patterns of HL7 v2.
@Suite struct HL7ValueTests {
    @Test("HL7 v2.9 2A.3.22: precision and zone stay", arguments: [
        ("2026", "2026"), ("202606", "2026-06"), ("20260629", "2026-06-29"), ("202606291405", "2026-06-29T14:05:00-05:00"),
        ("20260629140507", "2026-06-29T14:05:07-05:00"), ("20260629140507.1234+0215", "2026-06-29T14:05:07.1234+02:15"),
        ("2026062914", "2026-06-29"), ("20260629+0100", "2026-06-29"),
    ])
    func times(written: String, read: String) {
        #expect(HL7Time(written, senderZone: "-05:00")?.text == read)
    }

    @Test(arguments: ["", "26", "20261301", "20260230", "202606292405", "2004062916460000", "2026-06-29", "20260629140507+99", "x", "20260629T14"])
    func noTimes(written: String) {
        #expect(HL7Time(written, senderZone: "-05:00") == nil)
    }

    @Test func aTimeWithoutAnyZone_countsByItsDay() {
        let time = HL7Time("20260629235900", senderZone: nil)
        #expect(time?.text == "2026-06-29" && time?.hasLostTime == true)
        #expect(HL7Time("20260629", senderZone: nil)?.hasLostTime == false)
    }

    @Test(arguments: [
        ("5", nil, "5"), ("+05.50", nil, "5.50"), ("-.5", nil, "-0.5"), ("5.", nil, "5"), ("<0.5", "<", "0.5"), (">= 12", ">=", "12"), ("000", nil, "0"),
    ] as [(String, String?, String)])
    func numbers(written: String, comparator: String?, digits: String) {
        #expect(HL7Number(written)?.digits == digits && HL7Number(written)?.comparator == comparator)
    }

    @Test(arguments: ["", ".", "1e5", "1,000", "12 mg", "--1", "1.2.3", "<", "NaN", "٣"])
    func noNumbers(written: String) {
        #expect(HL7Number(written) == nil)
    }

    @Test("HL7 v2.9 table 0335", arguments: [
        ("BID", 2, 1, "d"), ("tid", 3, 1, "d"), ("QID", 4, 1, "d"), ("5ID", 5, 1, "d"), ("QD", 1, 1, "d"), ("QHS", 1, 1, "d"), ("QOD", 1, 2, "d"),
        ("Q6H", 1, 6, "h"), ("QW", 1, 1, "wk"), ("Q2L", 1, 2, "mo"), ("Q30M", 1, 30, "min"), ("Q2J2", 1, 2, "wk"), ("Q6H PRN", 1, 6, "h"), ("PRNQ4H", 1, 4, "h"),
    ])
    func patterns(code: String, frequency: Int, period: Int, unit: String) {
        let pattern = RepeatPattern(code)
        #expect(pattern?.frequency == frequency && pattern?.period == period && pattern?.unit == unit)
        #expect(pattern?.isAsNeeded == code.contains("PRN"))
    }

    @Test func ranges_days_onceAndPRN() {
        #expect(RepeatPattern("Q4-6H")?.periodMaximum == 6)
        #expect(RepeatPattern("QJ7")?.day == "sun")
        #expect(RepeatPattern("Once")?.isOnce == true)
        #expect(RepeatPattern("PRN")?.isAsNeeded == true)
    }

    @Test(arguments: ["", "QSHIFT", "Q0H", "Q6-4H", "QJ8", "Q", "XID", "C", "Q99999H", "P", "QQ"])
    func otherPatterns_areNotGuessed(code: String) {
        #expect(RepeatPattern(code) == nil)
    }

    @Test(arguments: [
        ("RXNORM", "http://www.nlm.nih.gov/research/umls/rxnorm"), ("NDC", "http://hl7.org/fhir/sid/ndc"), ("SCT", "http://snomed.info/sct"),
        ("LN", "http://loinc.org"), ("I9C", "http://hl7.org/fhir/sid/icd-9-cm"), ("I10C", "http://hl7.org/fhir/sid/icd-10-cm"),
        ("CVX", "http://hl7.org/fhir/sid/cvx"), ("HL70162", "http://terminology.hl7.org/CodeSystem/v2-0162"),
    ])
    func systems(word: String, uri: String) {
        #expect(CodingSystems.uri(named: word) == uri)
    }

    @Test(arguments: ["L", "99XYZ", "HL7nnnn", "FDDX", ""])
    func otherSystems_areNone(word: String) {
        #expect(CodingSystems.uri(named: word) == nil)
    }
}
