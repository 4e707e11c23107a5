import Clinical
import Knowledge
import Testing

/// - Source: CDSi Logic Specification 4.6, table 3-6, with its examples.
struct SchedulePeriodTests {
    @Test(
        "Years and months first, then weeks and days; a day that the month has not is the first of the next",
        arguments: [
            ("2000-01-31", "6 months - 4 days", "2000-07-27"), ("2000-01-01", "3 years", "2003-01-01"),
            ("2000-03-31", "6 months", "2000-10-01"), ("2000-02-29", "1 year", "2001-03-01"),
            ("2000-11-15", "15 months + 4 weeks", "2002-03-15"), ("2020-01-10", "4 weeks - 4 days", "2020-02-03"),
        ])
    func added(_ day: String, _ period: String, _ expected: String) throws {
        let start = try #require(CivilDate(day))
        #expect(try #require(SchedulePeriod(period)).added(to: start).description == expected)
    }

    @Test("What is no period is refused", arguments: ["", "4", "weeks", "4 fortnights", "4 weeks - ", "-4 days days", "99999 years"])
    func refused(_ text: String) {
        #expect(SchedulePeriod(text) == nil)
    }
}
