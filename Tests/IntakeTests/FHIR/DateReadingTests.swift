import Clinical
import Intake
import Testing

@Suite struct DateReadingTests {
    let born = #"{"resourceType": "Patient", "id": "p", "birthDate": "1968-05-10"}"#

    func effective(_ member: String) throws -> (Period?, [IntakeNote]) {
        let reading = try read(observation(member))
        return (try #require(reading.snapshot.observations.first).effective, reading.notes)
    }

    @Test func A14_openPeriod_staysOpen() throws {
        let (period, _) = try effective(#""effectivePeriod": {"start": "2025-11-02"}"#)
        #expect(period == Period(start: try date("2025-11-02"), end: nil))
    }

    @Test(arguments: ["performedString", "occurrenceString"])
    func A16_wordsForADate_procedureCountsWithoutDate(name: String) throws {
        let reading = try read(resource("Procedure", #""status": "completed", "\#(name)": "about 2019""#))
        let procedure = try #require(reading.snapshot.procedures.first)
        #expect(procedure.isDone && procedure.performed == nil)
        #expect(reading.notes(on: "Procedure.\(name)").count == 1)
        #expect(!reading.notes.contains { "\($0)".contains("2019") })
    }

    @Test func A16_onsetString_existsWithoutDate() throws {
        let reading = try read(condition(#"\#(clinical("active")), "onsetString": "childhood""#))
        #expect(reading.snapshot.conditions.map(\.onset) == [nil])
    }

    @Test func A17_onsetAge_isTheYearFromTheBirthday() throws {
        let age = condition(#"\#(clinical("active")), "onsetAge": {"value": 45, "unit": "a", "code": "a", "system": "http://unitsofmeasure.org"}"#)
        // The condition comes before the patient: the age waits for the birth date.
        let reading = try read(age, born)
        #expect(try reading.snapshot.conditions.first?.onset?.days(in: .utc) == days("2013-05-10", "2014-05-09"))
    }

    @Test func A17_onsetAge_withoutBirthDate_isNoted() throws {
        let reading = try read(condition(#"\#(clinical("active")), "onsetAge": {"value": 45, "unit": "a"}"#))
        #expect(reading.snapshot.conditions.first?.onset == nil)
        #expect(reading.notes(on: "Condition.onsetAge").count == 1)
    }

    @Test func A18_onsetRangeAndPeriod_areWindows() throws {
        let range = condition(#"\#(clinical("active")), "onsetRange": {"low": {"value": 40, "code": "a"}, "high": {"value": 44, "code": "a"}}"#)
        #expect(try read(born, range).snapshot.conditions.first?.onset?.days(in: .utc) == days("2008-05-10", "2013-05-09"))
        let period = condition(#"\#(clinical("active")), "onsetPeriod": {"start": "2014", "end": "2015-03"}"#)
        #expect(try read(period).snapshot.conditions.first?.onset?.days(in: .utc) == days("2014-01-01", "2015-03-31"))
    }

    @Test func A21_instantAndTiming() throws {
        #expect(try effective(#""effectiveInstant": "2026-01-05T10:30:00Z""#).0 == Period(date("2026-01-05T10:30:00Z")))
        let (events, _) = try effective(#""effectiveTiming": {"event": ["2026-02-01", "2026-01-05"]}"#)
        #expect(events == Period(start: try date("2026-01-05"), end: try date("2026-02-01")))
        #expect(try effective(#""effectiveTiming": {"repeat": {"frequency": 1}}"#).0 == nil)
    }

    @Test(arguments: ["2026-01-05T10:30", "2026-01-05T24:00:00Z", "5 January 2026", "2026-02-30", ""])
    func A22_invalidDateIsReported_theRestIsUsed(text: String) throws {
        let reading = try read(observation(#""effectiveDateTime": "\#(text)", "valueQuantity": {"value": 7.1, "unit": "%"}"#))
        let found = try #require(reading.snapshot.observations.first)
        #expect(found.effective == nil && found.value != nil)
        #expect(reading.notes(on: "Observation.effectiveDateTime").count == 1)
        #expect(reading.notes.allSatisfy { $0.range != nil && !$0.why.contains("January") })
    }
}
