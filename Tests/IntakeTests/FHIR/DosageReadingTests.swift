import Clinical
import Intake
import Testing

@Suite struct DosageReadingTests {
    func dosages(_ text: String) throws -> [Dosage] {
        try #require(try read(drafts: medicationRequest(#""dosageInstruction": \#(text)"#)).snapshot.orders.first).dosages
    }

    func timing(_ text: String) throws -> Timing? { try dosages(#"[{"timing": {"repeat": \#(text)}}]"#).first?.timing }

    @Test func G9_route() throws {
        let found = try dosages(#"[{"route": {"coding": [{"system": "http://snomed.info/sct", "code": "6064005"}]}}]"#)
        #expect(found.first?.route?.codings.first?.code == "6064005")
    }

    @Test func G10_wordsOnly() throws {
        #expect(try dosages(#"[{"text": "1-2 tabs q4-6h prn"}]"#) == [Dosage(hasText: true)])
    }

    @Test func G11_asNeeded_range_maximum() throws {
        let found = try #require(
            try dosages(
                #"""
                [{"asNeededBoolean": true, "doseAndRate": [{"doseRange": {"low": {"value": 1, "unit": "mg"}, "high": {"value": 2, "unit": "mg"}}}],
                "maxDosePerPeriod": {"numerator": {"value": 8, "unit": "mg"}, "denominator": {"value": 1, "unit": "d"}}}]
                """#
            ).first)
        let mg = try Unit(ucum: "mg")
        #expect(found.isAsNeeded && found.dose == .range(low: Quantity(1, mg), high: Quantity(2, mg)))
        #expect(try found.maximumPerPeriod == Ratio(numerator: Quantity(8, mg), denominator: Quantity(1, Unit(ucum: "d"))))
        #expect(try dosages(#"[{"asNeededCodeableConcept": {"text": "pain"}}]"#).first?.isAsNeeded == true)
    }

    @Test func G12_timing() throws {
        let found = try #require(
            try timing(#"{"frequency": 1, "frequencyMax": 2, "period": 8, "periodMax": 12.0, "periodUnit": "h", "count": 10}"#))
        #expect(found.frequency == 1 && found.frequencyMaximum == 2 && found.count == 10)
        #expect(found.period == 8 && found.periodMaximum == 12 && found.periodUnit == .hour)
        let week = try #require(try timing(#"{"dayOfWeek": ["mon", "thu", "mon", "xyz"], "timeOfDay": ["08:00:00", "20:00:00"]}"#))
        #expect(week.daysOfWeek == ["mon", "thu"] && week.timesPerDay == 2)
        #expect(try timing(#"{"when": ["HS"]}"#)?.timesPerDay == 1)
        let coded = #"[{"timing": {"code": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", "code": "BID"}]}}}]"#
        #expect(try dosages(coded).first?.timing?.code == "BID")
    }

    @Test func G12_bounds() throws {
        #expect(try timing(#"{"boundsDuration": {"value": 10, "unit": "days", "code": "d"}}"#)?.boundsDays == 10...10)
        #expect(try timing(#"{"boundsDuration": {"value": 36, "code": "h"}}"#)?.boundsDays == 2...2)
        #expect(try timing(#"{"boundsDuration": {"value": 1, "code": "mo"}}"#)?.boundsDays == 28...31)
        #expect(try timing(#"{"boundsRange": {"low": {"value": 5, "code": "d"}, "high": {"value": 7, "code": "d"}}}"#)?.boundsDays == 5...7)
        #expect(try timing(#"{"boundsPeriod": {"start": "2026-01-01"}}"#)?.bounds == Period(start: date("2026-01-01"), end: nil))
    }

    @Test(arguments: [#"{"frequency": 0}"#, #"{"frequency": "2"}"#, #"{"frequency": 1.5}"#, #"{"frequency": -1}"#, #"{"period": 0}"#, #"{"periodUnit": "fortnight"}"#])
    func G12_impossibleTimings_areNoted(text: String) throws {
        let reading = try read(drafts: medicationRequest(#""dosageInstruction": [{"timing": {"repeat": \#(text)}}]"#))
        #expect(reading.snapshot.orders.first?.dosages.first?.timing == Timing())
        #expect(reading.notes.count == 1)
    }

    @Test func G13_steps() throws {
        #expect(try dosages(#"[{"sequence": 1}, {"sequence": 2}, {"sequence": 2}]"#).map(\.sequence) == [1, 2, 2])
    }

    @Test func modifierExtensionOnAStep_leavesOnlyThatThereIsOne() throws {
        let found = try dosages(#"[{"doseAndRate": [{"doseQuantity": {"value": 1}}], "modifierExtension": [{"url": "urn:x"}]}]"#)
        #expect(found == [Dosage(hasText: true)])
    }

    @Test func F16_flatDoseOfSTU3() throws {
        let found = try #require(try dosages(#"[{"doseQuantity": {"value": 5, "unit": "mg"}, "rateRatio": {"numerator": {"value": 1, "unit": "mL"}, "denominator": {"value": 1, "unit": "h"}}}]"#).first)
        #expect(try found.dose == .quantity(Quantity(5, Unit(ucum: "mg"))))
        guard case .ratio = found.rate else {
            Issue.record("no rate")
            return
        }
    }
}
