public import Clinical

/// An age or an interval as the schedule writes it: `18 years`, `4 weeks - 4 days`, `15 months + 4 weeks`.
///
/// - Source: CDC, CDSi Logic Specification 4.6, section 3.4, rules CALCDT-1 to CALCDT-6.
public struct SchedulePeriod: Sendable, Hashable {
    public let months: Int
    public let days: Int

    public init(months: Int = 0, days: Int = 0) {
        self.months = months
        self.days = days
    }

    /// The period written in `text`; `nil` where it is none.
    public init?(_ text: some StringProtocol) {
        var (months, days, sign) = (0, 0, 1)
        var number: Int?
        var terms = 0
        for word in text.split(separator: " ") {
            if word == "+" || word == "-" {
                guard number == nil else { return nil }
                sign = word == "-" ? -1 : 1
            } else if let known = number {
                guard let (factor, inMonths) = Self.unit(word) else { return nil }
                if inMonths { months += sign * known * factor } else { days += sign * known * factor }
                (number, sign, terms) = (nil, 1, terms + 1)
            } else {
                guard let read = Int(word), (0...10_000).contains(read) else { return nil }
                number = read
            }
        }
        guard number == nil, terms > 0, terms < 5 else { return nil }
        self.init(months: months, days: days)
    }

    /// The day that lies this period after `day`.
    ///
    /// Years and months first; where the month has no such day, the first of the next one; then weeks and days.
    public func added(to day: CivilDate) -> CivilDate {
        guard months != 0 else { return day.adding(days: days) }
        let (year, month, number) = day.components
        let total = year * 12 + month - 1 + months
        let next = total + 1
        let moved =
            CivilDate(year: total / 12, month: total % 12 + 1, day: number)
            ?? CivilDate(year: next / 12, month: next % 12 + 1, day: 1) ?? .last
        return moved.adding(days: days)
    }

    private static func unit(_ word: some StringProtocol) -> (factor: Int, inMonths: Bool)? {
        switch word {
        case "day", "days": (1, false)
        case "week", "weeks": (7, false)
        case "month", "months": (1, true)
        case "year", "years": (12, true)
        default: nil
        }
    }
}
