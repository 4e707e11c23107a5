import Clinical
import Testing

struct CivilDateTests {
    @Test func epochAndEnds() throws {
        #expect(try day("1970-01-01").daysSinceEpoch == 0)
        #expect(try day("2000-03-01").daysSinceEpoch == 11_017)
        #expect(CivilDate.first.description == "0001-01-01")
        #expect(CivilDate.last.description == "9999-12-31")
        #expect(CivilDate(daysSinceEpoch: .min) == .first && CivilDate(daysSinceEpoch: .max) == .last)
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-04-31", "0000-01-01", "1900-02-29", "2026-1-1", "2026-01-1",
        "26-01-01", "2026/01/01", "2026-01-01T", " 2026-01-01", "", "2026-01-011", "+026-01-01",
    ])
    func wrongDays_areRefused(_ text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func A5_bornOn29February_completesOn1March() throws {
        let birth = try day("2008-02-29")
        #expect(CivilDate.completedYears(from: birth, to: try day("2026-02-28")) == 17)
        #expect(CivilDate.completedYears(from: birth, to: try day("2026-03-01")) == 18)
        #expect(CivilDate.completedYears(from: birth, to: try day("2028-02-28")) == 19)
        #expect(CivilDate.completedYears(from: birth, to: try day("2028-02-29")) == 20)
        #expect(CivilDate.completedMonths(from: birth, to: try day("2026-02-28")) == 215)
        #expect(CivilDate.completedMonths(from: birth, to: try day("2026-03-01")) == 216)
    }

    @Test func birthday_completesTheYear() throws {
        let birth = try day("1960-06-15")
        #expect(CivilDate.completedYears(from: birth, to: try day("2026-06-14")) == 65)
        #expect(CivilDate.completedYears(from: birth, to: try day("2026-06-15")) == 66)
        #expect(CivilDate.completedYears(from: birth, to: birth) == 0)
        #expect(CivilDate.completedYears(from: birth, to: try day("1960-06-14")) == -1)
    }

    @Test func A11_monthBefore31March_isTheLastOfFebruary() throws {
        #expect(try day("2026-03-31").adding(months: -1) == day("2026-02-28"))
        #expect(try day("2024-03-31").adding(months: -1) == day("2024-02-29"))
        #expect(try day("2026-03-31").adding(span("1 month").negated) == day("2026-02-28"))
        #expect(try day("2024-02-29").adding(span("1 year")) == day("2025-02-28"))
        #expect(try day("2024-02-29").adding(span("4 years")) == day("2028-02-29"))
    }

    @Test func A12_ninetyDaysAndThreeMonths_differ() throws {
        let start = try day("2026-03-31")
        #expect(try start.adding(span("90 days").negated) == day("2025-12-31"))
        #expect(try start.adding(span("3 months").negated) == day("2025-12-31"))
        let other = try day("2026-06-15")
        #expect(try other.adding(span("90 days").negated) == day("2026-03-17"))
        #expect(try other.adding(span("3 months").negated) == day("2026-03-15"))
        // UCUM's mo is a definite duration of 30.4375 d, and no span of the calendar is made of `a`.
        #expect(try Unit(ucum: "mo").convert(1, to: Unit(ucum: "d")) == decimal("30.4375"))
        #expect(TimeSpan("1 a") == nil)
    }

    @Test func arithmetic_stopsAtTheEnds() throws {
        let any = try day("2026-06-30")
        for amount in [Int.min, Int.max, -1_000_000_000, 1_000_000_000] {
            for unit in [TimeSpan.Unit.minutes, .hours, .days, .weeks, .months, .years] {
                let moved = any.adding(TimeSpan(amount: amount, unit: unit))
                let isSubDay = unit == .minutes || unit == .hours
                #expect(moved == (isSubDay ? any : amount < 0 ? .first : .last))
            }
        }
        #expect(CivilDate.first.adding(days: -1) == .first && CivilDate.last.adding(months: 1) == .last)
    }

    @Test func property_dayNumbers_roundTripFrom1600To2400() throws {
        var date = try day("1600-01-01")
        let end = try day("2400-12-31")
        var before = (year: 1599, month: 12, day: 31)
        while date <= end {
            let parts = date.components
            let isNext =
                parts == (before.year, before.month, before.day + 1) || (parts.day == 1 && parts == (before.year, before.month + 1, 1))
                || parts == (before.year + 1, 1, 1)
            if !isNext || CivilDate(year: parts.year, month: parts.month, day: parts.day) != date {
                Issue.record("\(date) does not follow \(before)")
            }
            before = parts
            date = date.adding(days: 1)
        }
        #expect(CivilDate("2400-02-29") != nil && CivilDate("2300-02-29") == nil)
    }

    @Test func property_monthsClamp() {
        var random = Seeded(5)
        for _ in 0..<5000 {
            let date = CivilDate(daysSinceEpoch: .random(in: -100_000...100_000, using: &random))
            let months = Int.random(in: -600...600, using: &random)
            let moved = date.adding(months: months)
            #expect(moved.day <= date.day)
            #expect(moved.year * 12 + moved.month == date.year * 12 + date.month + months)
            if moved.day < date.day { #expect(moved.adding(days: 1).day == 1) }
            // An age is what the calendar says, whichever way it is reckoned.
            let years = CivilDate.completedYears(from: date, to: moved)
            #expect(years * 12 <= CivilDate.completedMonths(from: date, to: moved))
            #expect(date.adding(months: years * 12) <= moved)
        }
    }

    @Test func property_textRoundTrip() {
        var random = Seeded(6)
        for _ in 0..<2000 {
            let date = CivilDate(daysSinceEpoch: .random(in: -719_162...2_932_896, using: &random))
            #expect(CivilDate(date.description) == date)
        }
    }
}

struct InstantTests {
    @Test func A7_instantsCompareAcrossZones() throws {
        let east = try #require(Instant("2026-01-01T00:30:00+02:00"))
        #expect(east.description == "2025-12-31T22:30:00Z")
        #expect(try east.date(in: .utc) == day("2025-12-31"))
        #expect(try east.date(in: zone("+02:00")) == day("2026-01-01"))
        #expect(try #require(Instant("2025-12-31T22:30:00.001Z")) > east)
    }

    @Test func A13_hoursAreElapsed_daysAreCalendar() throws {
        // 2026-03-29, Europe: the day has 23 hours. As-of 09:00+02:00, a value of 09:30+01:00 the day before.
        let asOf = try #require(Instant("2026-03-29T09:00:00+02:00"))
        let value = try #require(Instant("2026-03-28T07:30:00+01:00"))
        let dayBefore = try #require(asOf.adding(try span("24 h").negated))
        #expect(value < dayBefore)
        #expect(try asOf.date(in: zone("+02:00")).adding(span("1 d").negated) == value.date(in: zone("+01:00")))
        #expect(try asOf.adding(span("1 d")) == nil)
    }

    @Test func instants_stayWithinTheirYears() {
        #expect(Instant(milliseconds: .max).description == "9999-12-31T23:59:59.999Z")
        #expect(Instant(milliseconds: .min).description == "0001-01-01T00:00:00Z")
        #expect(Instant(milliseconds: 0).adding(milliseconds: .min) == Instant(milliseconds: .min))
        #expect(Instant(milliseconds: .max).date(in: ZoneOffset(seconds: .max)) == .last)
        #expect(Instant(milliseconds: .min).date(in: ZoneOffset(seconds: .min)) == .first)
        #expect(Instant(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
        #expect(Instant("2026-01-05") == nil)
    }

    @Test func zones() throws {
        #expect(try zone("+05:30").seconds == 19_800)
        #expect(try zone("-14:00").description == "-14:00")
        #expect(try zone("Z") == .utc)
        for text in ["", "+14:01", "+2:00", "0200", "+02:60", "z", "+02:00 ", "+24:00"] { #expect(ZoneOffset(text) == nil) }
    }

    @Test func asOf_isReadOnce() throws {
        let noon = try #require(AsOf("2026-06-30"))
        #expect(noon.description == "2026-06-30T12:00:00Z")
        #expect(try noon.today == day("2026-06-30"))
        let late = try #require(AsOf("2026-06-30T23:30:00-05:00"))
        #expect(try late.today == day("2026-06-30"))
        #expect(late.instant.description == "2026-07-01T04:30:00Z")
        #expect(late.description == "2026-06-30T23:30:00-05:00")
        for text in ["", "2026", "2026-06", "2026-06-30T12:00", "tomorrow"] { #expect(AsOf(text) == nil) }
    }
}
