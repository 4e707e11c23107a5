/// A day of the Gregorian calendar, without time and without zone; years 0001 to 9999.
///
/// Arithmetic that would leave those years stops at their first or last day.
@frozen
public struct CivilDate: Sendable, Hashable, Comparable {
    @usableFromInline let days: Int32

    /// Days since 1970-01-01, which is 0.
    @inlinable public var daysSinceEpoch: Int { Int(days) }

    /// The day that is `daysSinceEpoch` days after 1970-01-01, held within the years 0001 to 9999.
    @inlinable
    public init(daysSinceEpoch: Int) {
        days = Int32(min(max(daysSinceEpoch, -719_162), 2_932_896))
    }

    /// The day with this number, or `nil` where the calendar has none: 2026-02-29, month 13, year 0.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        guard day >= 1, day <= Self.daysInMonth(month, year: year) else { return nil }
        self.init(daysSinceEpoch: Self.dayNumber(year: year, month: month, day: day))
    }

    /// The day written as `YYYY-MM-DD`.
    public init?(_ text: some StringProtocol) {
        let date = text.withBytes { bytes -> CivilDate? in
            guard bytes.count == 10 else { return nil }
            var reader = ByteReader(bytes)
            guard let year = reader.number(of: 4), reader.take(UInt8(ascii: "-")), let month = reader.number(of: 2),
                reader.take(UInt8(ascii: "-")), let day = reader.number(of: 2)
            else { return nil }
            return CivilDate(year: year, month: month, day: day)
        }
        guard let date else { return nil }
        self = date
    }

    public static let first = CivilDate(daysSinceEpoch: .min)
    public static let last = CivilDate(daysSinceEpoch: .max)

    @inlinable
    public static func < (left: CivilDate, right: CivilDate) -> Bool { left.days < right.days }

    public var year: Int { components.year }
    public var month: Int { components.month }
    public var day: Int { components.day }

    /// Year, month and day at once.
    ///
    /// - Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
    public var components: (year: Int, month: Int, day: Int) {
        // Shifted so that a 400-year era begins on a 1 March; never negative for the years held here.
        let shifted = Int(days) + 719_468 + 146_097
        let (era, dayOfEra) = shifted.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + (era - 1) * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}

// MARK: Arithmetic

extension CivilDate {
    /// The day `span` later by the calendar: months and years keep the day of the month, or take the month's last.
    ///
    /// Hours and minutes are elapsed time, not days, and leave the date as it is.
    ///
    /// - Source: FHIRPath N1, date/time arithmetic: where the month has no such day, its last is taken.
    public func adding(_ span: TimeSpan) -> CivilDate {
        switch span.unit {
        case .minutes, .hours: self
        case .days: adding(days: span.amount)
        case .weeks: adding(days: span.amount.multipliedSaturating(by: 7))
        case .months: adding(months: span.amount)
        case .years: adding(months: span.amount.multipliedSaturating(by: 12))
        }
    }

    @inlinable
    public func adding(days count: Int) -> CivilDate {
        let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(count)
        return CivilDate(daysSinceEpoch: overflow ? (count < 0 ? .min : .max) : sum)
    }

    /// The same day `months` later, or the last day of that month: one month before 31 March is the end of February.
    public func adding(months: Int) -> CivilDate {
        let (year, month, day) = components
        let (total, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
        if overflow || total < 12 || total >= 120_000 { return months < 0 ? .first : .last }
        let (newYear, newMonth) = (total / 12, total % 12 + 1)
        let newDay = min(day, Self.daysInMonth(newMonth, year: newYear))
        return CivilDate(daysSinceEpoch: Self.dayNumber(year: newYear, month: newMonth, day: newDay))
    }

    /// Whole calendar years from one day to another: the age of a person born on `from`.
    ///
    /// Born on 29 February, a year is complete on 1 March of a common year. Negative where `to` lies before `from`.
    ///
    /// - Source: CQL 1.5, AgeInYearsAt. Adding 18 years to 29 February gives 28 February instead, so ages are never reckoned that way.
    public static func completedYears(from: CivilDate, to: CivilDate) -> Int {
        let (start, end) = (from.components, to.components)
        return end.year - start.year - ((end.month, end.day) < (start.month, start.day) ? 1 : 0)
    }

    /// Whole calendar months from one day to another; from 31 January one month is complete on 1 March.
    public static func completedMonths(from: CivilDate, to: CivilDate) -> Int {
        let (start, end) = (from.components, to.components)
        return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day ? 1 : 0)
    }

    /// The least and the most whole years from some day of `from` to `to`: an age where the day of birth is not known.
    public static func completedYears(from: ClosedRange<CivilDate>, to: CivilDate) -> ClosedRange<Int> {
        completedYears(from: from.upperBound, to: to)...completedYears(from: from.lowerBound, to: to)
    }

    /// The least and the most whole months from some day of `from` to `to`.
    public static func completedMonths(from: ClosedRange<CivilDate>, to: CivilDate) -> ClosedRange<Int> {
        completedMonths(from: from.upperBound, to: to)...completedMonths(from: from.lowerBound, to: to)
    }

    /// How many days a month has.
    static func daysInMonth(_ month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// - Source: H. Hinnant, days_from_civil. The year is 1 or more.
    private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let marchYear = year - (month <= 2 ? 1 : 0)
        let (era, yearOfEra) = marchYear.quotientAndRemainder(dividingBy: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension CivilDate: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = components
        return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
    }
}

/// A number of at least `width` digits.
func padded(_ value: Int, to width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

extension Int {
    /// The product, or the largest or smallest number where it does not fit.
    func multipliedSaturating(by other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
    }
}
