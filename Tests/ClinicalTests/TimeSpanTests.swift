import Clinical
import Testing

struct TimeSpanTests {
    @Test(arguments: [
        ("90 d", TimeSpan(amount: 90, unit: .days), "90 days"), ("12 months", TimeSpan(amount: 12, unit: .months), "12 months"),
        ("65 y", TimeSpan(amount: 65, unit: .years), "65 years"), ("2 wk", TimeSpan(amount: 2, unit: .weeks), "2 weeks"),
        ("36 h", TimeSpan(amount: 36, unit: .hours), "36 hours"), ("1 year", TimeSpan(amount: 1, unit: .years), "1 year"),
        ("30 min", TimeSpan(amount: 30, unit: .minutes), "30 minutes"), ("6 mo", TimeSpan(amount: 6, unit: .months), "6 months"),
        ("1 month", TimeSpan(amount: 1, unit: .months), "1 month"), ("0 days", TimeSpan(amount: 0, unit: .days), "0 days"),
    ])
    func texts(_ text: String, _ expected: TimeSpan, _ words: String) throws {
        let read = try span(text)
        #expect(read == expected)
        #expect(read.description == text)
        #expect(read.words == words)
    }

    @Test func blank_mayBeMissing() throws {
        #expect(try span("90d") == span("90 days"))
        #expect(try span("90d").description == "90 d")
    }

    @Test(arguments: ["", "d", "90", "90 m", "1 a", "-5 d", "1.5 y", "90 Days", "90 d ", "1e3 d", "9999999999999999999 d", "٣ d", "+1 d"])
    func otherTexts_areRefused(_ text: String) {
        #expect(TimeSpan(text) == nil)
    }

    @Test func yearAndTwelveMonths_areSaidDifferently() throws {
        #expect(try span("1 year") != span("12 months"))
        #expect(try Set([span("1 year"), span("1 y"), span("1 yr")]).count == 1)
        #expect(try span("3 months").negated.words == "-3 months")
        #expect(TimeSpan(amount: .min, unit: .days).negated.amount == .max)
        #expect(TimeSpan(amount: .min, unit: .years).words.hasSuffix("years"))
        #expect(TimeSpan(amount: .max, unit: .hours).elapsedMilliseconds == .max)
    }
}
