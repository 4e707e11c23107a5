/// A length of time as people say it: 90 days, 12 months, 24 hours.
///
/// Days, weeks, months and years are counted on the calendar; hours and minutes are elapsed time. They are not the
/// definite durations of UCUM, where `mo` is always 30.4375 days (FHIRPath N1, time-valued quantities).
public struct TimeSpan: Sendable {
    @frozen
    public enum Unit: Sendable, Hashable {
        case minutes
        case hours
        case days
        case weeks
        case months
        case years
    }

    public let amount: Int
    public let unit: Unit
    /// Place of the spelling in `spellings`, so that it prints as it was written.
    private let spelling: UInt8

    public init(amount: Int, unit: Unit) {
        self.amount = amount
        self.unit = unit
        spelling = UInt8(truncatingIfNeeded: Self.spellings.firstIndex { $0.unit == unit } ?? 0)
    }

    private init(amount: Int, spelling: Int) {
        self.amount = amount
        unit = Self.spellings[spelling].unit
        self.spelling = UInt8(truncatingIfNeeded: spelling)
    }

    /// The span written as a whole number and a unit: `90 d`, `12 months`, `65 y`, `2 wk`, `36 h`.
    ///
    /// `nil` for anything else: signs, fractions, `m` (minutes or months?) and `a`, which in UCUM is no calendar year.
    public init?(_ text: some StringProtocol) {
        let digits = text.prefix { $0 >= "0" && $0 <= "9" }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard digits.utf8.count <= 9, let amount = Int(digits),
            let spelling = Self.spellings.firstIndex(where: { $0.text == unit })
        else { return nil }
        self.init(amount: amount, spelling: spelling)
    }

    /// The same span into the past.
    public var negated: TimeSpan { TimeSpan(amount: amount.multipliedSaturating(by: -1), spelling: Int(spelling)) }

    /// Its length where that is elapsed time; `nil` for days and longer.
    public var elapsedMilliseconds: Int64? {
        switch unit {
        case .minutes: Int64(amount.multipliedSaturating(by: 60_000))
        case .hours: Int64(amount.multipliedSaturating(by: 3_600_000))
        case .days, .weeks, .months, .years: nil
        }
    }

    /// `90 days`, `12 months`, `1 year`.
    public var words: String {
        let word = String(describing: unit)
        return "\(amount) \(abs(amount.clamped) == 1 ? String(word.dropLast()) : word)"
    }

    /// The first of each unit is the one that a span made in code prints with.
    private static let spellings: [(text: String, unit: Unit)] = [
        ("min", .minutes), ("minute", .minutes), ("minutes", .minutes),
        ("h", .hours), ("hr", .hours), ("hrs", .hours), ("hour", .hours), ("hours", .hours),
        ("d", .days), ("day", .days), ("days", .days),
        ("wk", .weeks), ("wks", .weeks), ("week", .weeks), ("weeks", .weeks),
        ("mo", .months), ("month", .months), ("months", .months),
        ("y", .years), ("yr", .years), ("yrs", .years), ("year", .years), ("years", .years),
    ]
}

extension TimeSpan: Hashable {
    public static func == (left: TimeSpan, right: TimeSpan) -> Bool {
        left.amount == right.amount && left.unit == right.unit
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(amount)
        hasher.combine(unit)
    }
}

extension TimeSpan: CustomStringConvertible {
    /// `90 d`, `12 months`: with the unit as it was written.
    public var description: String { "\(amount) \(Self.spellings[Int(spelling)].text)" }
}

extension Int {
    /// The number, or the next one to it where its sign cannot be turned.
    fileprivate var clamped: Int { Swift.max(self, -Int.max) }
}
