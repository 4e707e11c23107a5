import Clinical
import Testing

struct PartialDateTests {
    /// Ages a person may have whose birth date is written so.
    private func ages(_ birth: String, asOf: String) throws -> ClosedRange<Int> {
        try CivilDate.completedYears(from: partial(birth).days(in: .utc), to: day(asOf))
    }

    @Test func A1_birthYearOnly_surelyOldEnough() throws {
        #expect(try ages("1956", asOf: "2026-06-30") == 69...70)
    }

    @Test func A2_birthYearOnly_ageOnTheEdge() throws {
        #expect(try ages("1956", asOf: "2026-06-30").contains(69))
        #expect(try ages("1956", asOf: "2026-12-31") == 70...70)
    }

    @Test func A3_birthMonthOnly_surelyYoungEnough() throws {
        #expect(try ages("1956-07", asOf: "2026-06-30") == 69...69)
        #expect(try ages("1956-06", asOf: "2026-06-30") == 70...70)
        #expect(try ages("1956-06", asOf: "2026-06-29") == 69...70)
    }

    @Test func A8_dayLevel_countsInTheZoneOfTheRun() throws {
        let moment = try partial("2025-12-31T23:30:00-05:00")
        #expect(try moment.date(in: zone("-05:00")) == day("2025-12-31"))
        #expect(try moment.date(in: .utc) == day("2026-01-01"))
        #expect(try moment.lies(in: days("2025-01-01", "2025-12-31"), zone: zone("-05:00")) == .yes)
        #expect(try moment.lies(in: days("2025-01-01", "2025-12-31"), zone: .utc) == .no)
    }

    @Test func A9_monthOnly_onTheEdgeOfAWindow() throws {
        let asOf = try day("2026-06-15")
        let window = try asOf.adding(span("3 months").negated)...asOf
        #expect(try partial("2026-03").lies(in: window, zone: .utc).kind == .imprecise)
        #expect(try partial("2026-04").lies(in: window, zone: .utc) == .yes)
        #expect(try partial("2026-02").lies(in: window, zone: .utc) == .no)
        #expect(try partial("2026-03").lies(in: window, zone: .utc).reason?.why == "only the month is recorded, which is not precise enough")
    }

    @Test func A10_wholeMonth_isAfter() throws {
        #expect(try partial("2026-02-28").isBefore(partial("2026-03"), in: .utc) == .yes)
        #expect(try partial("2026-03-01").isBefore(partial("2026-03"), in: .utc) == .unknown(UnknownReason(.imprecise, "only the month is recorded, which is not precise enough")))
        #expect(try partial("2026-03-31").isBefore(partial("2026-03"), in: .utc) == .no)
        #expect(try partial("2026").isBefore(partial("2026"), in: .utc).isUnknown)
    }

    @Test func A17_onsetAge_isAYearLongWindow() throws {
        let birth = try day("1968-05-10")
        let start = try birth.adding(span("45 y"))
        let onset = try PartialDate(days: start...start.adding(span("1 y")).adding(days: -1))
        #expect(onset.description == "2013-05-10 to 2014-05-09")
        #expect(try onset.isBefore(partial("2015"), in: .utc) == .yes)
        #expect(try onset.isBefore(partial("2014"), in: .utc).isUnknown)
        #expect(onset.precision == .year)
    }

    @Test func A18_range_isUnknownOnOverlap() throws {
        let range = try PartialDate(days: days("2020-03-10", "2020-03-20"))
        #expect(range.precision == .month)
        #expect(try range.lies(in: days("2020-03-01", "2020-03-31"), zone: .utc) == .yes)
        #expect(try range.lies(in: days("2020-03-15", "2020-03-31"), zone: .utc).kind == .imprecise)
        #expect(range.date(in: .utc) == nil)
        #expect(try PartialDate(days: days("2020-03-10", "2020-03-10")).date(in: .utc) == day("2020-03-10"))
    }

    @Test(arguments: [
        "2026-01-05T10:30", "2026-01-05T10:30Z", "2026-01-05T24:00:00Z", "2026-01-05T10:30:00", "2026-01-05T10:30:61Z",
        "2026-01-05T10:60:00Z", "2026-01-05T10:30:00.Z", "2026-01-05T10:30:00+14:30", "2026-01-05T", "2026-02-30", "2026-13",
        "0000", "0000-01", "226", "20260105", "2026-1", "2026-01-05 10:30:00Z", "about 2019", "", "2026-01-05T10:30:00z",
        "2026-", "2026-01-", "2026-01-05T10:30:00Z ", "2026-W01",
    ])
    func A22_wrongTimes_areRefused(_ text: String) {
        #expect(PartialDate(text) == nil)
        #expect(PartialDate(utf8: Array(text.utf8)[...]) == nil)
    }

    @Test func A23_dayAndInstant_areNeitherSameNorDifferent() throws {
        let date = try partial("2026-01-05")
        #expect(try date.isSame(as: partial("2026-01-05T09:00:00Z"), in: .utc).kind == .imprecise)
        #expect(try date.isSame(as: partial("2026-01-06T09:00:00Z"), in: .utc) == .no)
        #expect(try date.isSame(as: partial("2026-01-05"), in: .utc) == .yes)
        #expect(try partial("2026-01-05T09:00:00Z").isSame(as: partial("2026-01-05T10:00:00+01:00"), in: .utc) == .yes)
        #expect(try partial("2026-01").isSame(as: date, in: .utc).isUnknown)
    }

    @Test(arguments: [
        "2026", "2026-03", "2026-03-31", "2026-01-05T09:00:00Z", "2026-01-05T09:00:00+02:00", "2026-01-05T09:00:00.5-05:30",
        "2026-01-05T09:00:00.123456789Z", "2026-01-05T09:00:00+00:00", "2026-01-05T09:00:00-00:00", "2016-12-31T23:59:60Z",
        "0001-01-02T00:00:00Z", "9999-12-31T23:59:59.999Z", "2026-01-05T00:00:00.000+14:00", "1969-12-31T23:59:59.25Z",
    ])
    func text_comesBackAsItWas(_ text: String) throws {
        #expect(try partial(text).description == text)
        #expect(PartialDate(utf8: Array(text.utf8)[...]) == PartialDate(text))
    }

    @Test func windows_ofEachPrecision() throws {
        #expect(try partial("2024").days(in: .utc) == days("2024-01-01", "2024-12-31"))
        #expect(try partial("2024-02").days(in: .utc) == days("2024-02-01", "2024-02-29"))
        #expect(try partial("2024").precision == .year && partial("2024-02-01T00:00:00Z").precision == .instant)
        let instants = try partial("2024-02").instants(in: zone("+01:00"))
        #expect(instants.lowerBound.description == "2024-01-31T23:00:00Z")
        #expect(instants.upperBound.description == "2024-02-29T22:59:59.999Z")
        #expect(try partial("2016-12-31T23:59:60Z").days(in: .utc) == days("2016-12-31", "2016-12-31"))
        #expect(try partial("2026-01-05T09:00:00.9999Z").instants(in: .utc).lowerBound.milliseconds % 1000 == 999)
    }

    @Test func ends_doNotTrap() throws {
        for text in ["0001", "9999", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999-14:00"] {
            let date = try partial(text)
            for zone in [ZoneOffset(seconds: .min), .utc, ZoneOffset(seconds: .max)] {
                _ = (date.days(in: zone), date.instants(in: zone), date.description)
            }
        }
    }

    @Test func property_anyText_neverTraps_andRoundTrips() {
        var random = Seeded(7)
        let alphabet = Array("0123456789-:TZ+. ".utf8)
        let seed = Array("2026-01-05T09:00:00.5+02:00".utf8)
        for _ in 0..<20_000 {
            var bytes = Array(seed.prefix(.random(in: 0...seed.count, using: &random)))
            for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
                bytes[.random(in: bytes.indices, using: &random)] = alphabet.randomElement(using: &random) ?? 0
            }
            let text = String(decoding: bytes, as: UTF8.self)
            if let date = PartialDate(text) { #expect(date.description == text) }
        }
    }
}

struct PeriodTests {
    private func period(_ start: String?, _ end: String?) throws -> Period {
        Period(start: try start.map(partial), end: try end.map(partial))
    }

    @Test func A14_openEnd_isOngoing() throws {
        let open = try period("2025-11-02", nil)
        #expect(try open.overlaps(days("2026-01-01", "2026-06-30"), in: .utc) == .yes)
        #expect(try open.overlaps(days("2025-01-01", "2025-11-01"), in: .utc) == .no)
        #expect(try open.starts(in: days("2026-01-01", "2026-06-30"), zone: .utc) == .no)
        #expect(try open.starts(in: days("2025-11-01", "2025-11-30"), zone: .utc) == .yes)
    }

    @Test func A15_endIsInclusive() throws {
        let closed = try period("2025-10-01", "2025-11-02")
        #expect(try closed.overlaps(days("2025-11-02", "2025-12-01"), in: .utc) == .yes)
        #expect(try closed.overlaps(days("2025-11-03", "2025-12-01"), in: .utc) == .no)
        let month = try period("2025-10-01", "2025-11")
        #expect(try month.overlaps(days("2025-11-30", "2025-12-01"), in: .utc).kind == .imprecise)
        #expect(try month.overlaps(days("2025-11-01", "2025-12-01"), in: .utc) == .yes)
    }

    @Test func coarseStart_isUnknownOnTheEdge() throws {
        #expect(try Period(partial("2026-03")).overlaps(days("2026-03-15", "2026-06-15"), in: .utc).kind == .imprecise)
        #expect(try Period(partial("2026-03")).starts(in: days("2026-03-15", "2026-06-15"), zone: .utc).kind == .imprecise)
        #expect(try Period(partial("2026-04-01")).overlaps(days("2026-03-15", "2026-06-15"), in: .utc) == .yes)
    }

    @Test func missingStart_isNotKnown() throws {
        let endOnly = try period(nil, "2025-11-02")
        #expect(try endOnly.overlaps(days("2025-11-01", "2025-11-30"), in: .utc) == .yes)
        #expect(try endOnly.overlaps(days("2025-12-01", "2025-12-30"), in: .utc) == .no)
        #expect(try endOnly.overlaps(days("2025-01-01", "2025-06-30"), in: .utc).isUnknown)
        #expect(try period(nil, nil).overlaps(days("2025-01-01", "2025-06-30"), in: .utc).isUnknown)
        #expect(try endOnly.starts(in: days("2025-11-01", "2025-11-30"), zone: .utc).isUnknown)
    }

    @Test func endBeforeStart_isAContradiction() throws {
        #expect(try period("2025-11-02", "2025-10-01").overlaps(days("2025-01-01", "2025-12-31"), in: .utc).kind == .conflicting)
        #expect(try period("2025-11-02", "2025").overlaps(days("2025-01-01", "2025-12-31"), in: .utc) == .yes)
    }
}
