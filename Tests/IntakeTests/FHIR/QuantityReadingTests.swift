import Clinical
import Intake
import Testing

@Suite struct QuantityReadingTests {
    func reading(_ member: String) throws -> Reading { try read(observation(member)) }

    func value(_ member: String) throws -> Observation.Value? {
        try #require(reading(member).snapshot.observations.first).value
    }

    func quantity(_ text: String) throws -> Quantity? {
        guard case .quantity(let quantity) = try value(#""valueQuantity": \#(text)"#) else { return nil }
        return quantity
    }

    let ucum = #""system": "http://unitsofmeasure.org""#

    @Test func B6_textUnitByAlias() throws {
        #expect(try quantity(#"{"value": 154, "unit": "lbs"}"#)?.unit?.code == "[lb_av]")
        let unknown = try #require(try quantity(#"{"value": 154, "unit": "stones or so"}"#))
        #expect(unknown.unit == nil && unknown.unitText == "stones or so")
    }

    @Test func B9_noUnit() throws {
        let bare = try #require(try quantity(#"{"value": 7.2}"#))
        #expect(bare.unit == nil && bare.unitText == nil)
    }

    @Test(arguments: ["<", "<=", ">=", ">"])
    func B10_B12_comparatorIsKept(sign: String) throws {
        #expect(try quantity(#"{"value": 5, "comparator": "\#(sign)", "unit": "ng/mL"}"#)?.comparator?.rawValue == sign)
    }

    @Test func B10_unknownComparator_changesTheMeaning_notUsed() throws {
        let reading = try reading(#""valueQuantity": {"value": 5, "comparator": "ad", "unit": "ng/mL"}"#)
        #expect(reading.snapshot.observations.first?.value == nil)
        #expect(reading.notes(on: "Observation.valueQuantity").count == 1)
    }

    @Test(arguments: ["<5", "NEG", "see comment", "7,2"])
    func B14_wordsAreNeverParsed(text: String) throws {
        #expect(try value(#""valueString": "\#(text)""#) == .text)
    }

    @Test func B15_integerRangeRatio() throws {
        #expect(try value(#""valueInteger": 14"#) == .quantity(Quantity(14, nil)))
        let percent = try Unit(ucum: "%")
        #expect(
            try value(#""valueRange": {"low": {"value": 1, "unit": "%"}, "high": {"value": 2, "unit": "%"}}"#)
                == .range(low: Quantity(1, percent), high: Quantity(2, percent)))
        #expect(
            try value(#""valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 128}}"#)
                == .ratio(Ratio(numerator: Quantity(1, nil), denominator: Quantity(128, nil))))
    }

    @Test(arguments: [#""valueSampledData": {"data": "1 2"}"#, #""valueTime": "10:30:00""#, #""valueDateTime": "2026-09-01""#])
    func B15_otherKinds_areKeptAsWords(member: String) throws {
        let reading = try reading(member)
        #expect(reading.snapshot.observations.first?.value == .text)
        #expect(reading.notes.count == 1)
    }

    @Test func B16_codedAndBooleanValues() throws {
        let coding = #"{"coding": [{"system": "http://snomed.info/sct", "code": "260373001"}]}"#
        #expect(
            try value(#""valueCodeableConcept": \#(coding)"#)
                == .code(CodeableConcept(codings: [Coding(system: .snomedCT, code: "260373001")])))
        #expect(try value(#""valueBoolean": false"#) == .boolean(false))
    }

    @Test func B17_decimalsAreExact() throws {
        #expect(try quantity(#"{"value": 7.10, "unit": "%"}"#)?.value.description == "7.10")
        #expect(try quantity(#"{"value": 0.30000000000000004, "unit": "%"}"#)?.value != Decimal("0.3"))
        #expect(try quantity(#"{"value": 1.0, "unit": "%"}"#)?.value == 1)
    }

    @Test func B18_numberInQuotes_isRejectedAndReported() throws {
        let reading = try reading(#""valueQuantity": {"value": "7.2", "unit": "%"}"#)
        #expect(reading.snapshot.observations.first?.value == nil)
        #expect(reading.notes(on: "Observation.valueQuantity").count == 1)
        #expect(!reading.notes.contains { $0.why.contains("7.2") })
    }

    @Test func B19_codesThatAreNotUCUM_areReported() throws {
        let reading = try reading(#""valueQuantity": {"value": 5, "unit": "mcg", "code": "mcg", \#(ucum)}"#)
        guard case .quantity(let quantity) = reading.snapshot.observations.first?.value else {
            Issue.record("no quantity")
            return
        }
        #expect(try quantity.unit?.isCommensurable(with: Unit(ucum: "ug")) == true)
        #expect(reading.notes(on: "Observation.valueQuantity").count == 1)
        // Megagauss is UCUM, and no mass.
        let mega = try #require(try self.quantity(#"{"value": 5, "unit": "mg", "code": "MG", \#(ucum)}"#))
        #expect(try mega.unit?.isCommensurable(with: Unit(ucum: "mg")) == false)
    }

    @Test func B21_annotations() throws {
        #expect(try quantity(#"{"value": 1, "unit": "{tbl}", "code": "{tbl}", \#(ucum)}"#)?.unit?.isPlainCount == true)
    }

    @Test func unitsOfOtherSystems_areTextOnly() throws {
        let tablets = try #require(try quantity(#"{"value": 2, "unit": "tablet form", "code": "385055001", "system": "http://snomed.info/sct"}"#))
        #expect(tablets.unit == nil && tablets.unitText == "tablet form")
    }

    @Test func B22_components_standByThemselves() throws {
        let component = { (code: String, value: Int) in
            """
            {"code": {"coding": [{"system": "http://loinc.org", "code": "\(code)"}]},
            "valueQuantity": {"value": \(value), "unit": "mm[Hg]", "code": "mm[Hg]", "system": "http://unitsofmeasure.org"}}
            """
        }
        let reading = try reading(#""effectiveDateTime": "2026-01-05", "component": [\#(component("8480-6", 142)), \#(component("8462-4", 91))]"#)
        let found = reading.snapshot.observations
        #expect(found.map { $0.code.codings.first?.code } == ["4548-4", "8480-6", "8462-4"])
        #expect(Set(found.map(\.reference)).count == 1 && Set(found.map(\.effective)).count == 1)
        #expect(found.first?.value == nil)
    }

    @Test func B23_panelWithMembers_membersStandByThemselves() throws {
        let panel = observation(id: "panel", #""hasMember": [{"reference": "Observation/1"}]"#)
        let reading = try read(panel, observation(#""valueInteger": 3"#))
        #expect(reading.snapshot.observations.map(\.value) == [nil, .quantity(Quantity(3, nil))])
    }

    @Test func B24_interpretationWithoutValue() throws {
        let member = #""interpretation": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "code": "HH"}]}]"#
        let found = try #require(try reading(member).snapshot.observations.first)
        #expect(found.value == nil && found.interpretations.first?.codings.first?.code == "HH")
    }

    @Test func B25_dataAbsentReason() throws {
        let coded = #""dataAbsentReason": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "not-performed"}]}"#
        #expect(try reading(coded).snapshot.observations.first?.absence == "not-performed")
        #expect(try reading(#""dataAbsentReason": {"text": "hemolyzed"}"#).snapshot.observations.first?.absence == "unknown")
    }
}
