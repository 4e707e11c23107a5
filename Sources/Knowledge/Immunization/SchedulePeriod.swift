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
        let words = text.split(separator: " ")
        var (months, days, sign) = (0, 0, 1)
        // A number and a unit, then a sign before each further term.
        guard words.count % 3 == 2, words.count < 12 else { return nil }
        for start in stride(from: 0, to: words.count, by: 3) {
            guard let number = Int(words[start]), (0...10_000).contains(number), let unit = Self.unit(words[start + 1]) else { return nil }
            if unit.inMonths { months += sign * number * unit.factor } else { days += sign * number * unit.factor }
            guard start + 2 < words.count else { break }
            switch words[start + 2] {
            case "+": sign = 1
            case "-": sign = -1
            default: return nil
            }
        }
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
