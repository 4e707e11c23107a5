import Clinical

/// How long a medicine is to be taken, in days; worked out only where the entry says it.
enum Course {
    /// From the stated duration of its dosage, the stated first and last day, or the number of doses.
    ///
    /// Steps that follow one another add up.
    static func days(of medication: Medication, zone: ZoneOffset) -> ClosedRange<Int>? {
        let steps = Dictionary(grouping: medication.dosages) { $0.sequence ?? 0 }
        var total: ClosedRange<Int>?
        for sequence in steps.keys.sorted() {
            let lengths = (steps[sequence] ?? []).map { days(of: $0.timing, zone: zone) }
            guard let known = together(lengths) else { return period(of: medication, zone: zone) }
            let sum = total.map { ($0.lowerBound &+ known.lowerBound)...($0.upperBound &+ known.upperBound) } ?? known
            total = sum
        }
        return total ?? period(of: medication, zone: zone)
    }

    /// Dosages that run side by side last as long as the longest; nothing where one of them does not say.
    private static func together(_ lengths: [ClosedRange<Int>?]) -> ClosedRange<Int>? {
        var longest: ClosedRange<Int>?
        for length in lengths {
            guard let length else { return nil }
            longest = longest.map { max($0.lowerBound, length.lowerBound)...max($0.upperBound, length.upperBound) } ?? length
        }
        return longest
    }

    private static func days(of timing: Timing?, zone: ZoneOffset) -> ClosedRange<Int>? {
        guard let timing else { return nil }
        if let days = timing.boundsDays, days.lowerBound >= 0, days.upperBound < 1_000_000 { return days }
        if let bounds = timing.bounds, let days = days(from: bounds.start, to: bounds.end, zone: zone) { return days }
        if !timing.events.isEmpty, timing.period == nil { return timing.events.count...timing.events.count }
        guard let count = timing.count, count > 0, count < 100_000 else { return nil }
        if count == 1 { return 1...1 }
        guard let often = DailyDose.timesPerDay(timing), often.low > 0 else { return nil }
        let most = wholeDays(count, often.low)
        let least = wholeDays(count, often.high)
        guard let least, let most, least <= most else { return nil }
        return least...most
    }

    private static func wholeDays(_ count: Int, _ perDay: Decimal) -> Int? {
        guard let days = Decimal(count).divided(by: perDay)?.doubleValue, days.isFinite, days < 1_000_000 else { return nil }
        let whole = Int(days)
        return days > Double(whole) ? whole + 1 : max(whole, 1)
    }

    private static func period(of medication: Medication, zone: ZoneOffset) -> ClosedRange<Int>? {
        days(from: medication.started, to: medication.ended, zone: zone)
    }

    /// Both ends belong to it: from the 1st to the 7th are seven days.
    private static func days(from start: PartialDate?, to end: PartialDate?, zone: ZoneOffset) -> ClosedRange<Int>? {
        guard let first = start?.days(in: zone), let last = end?.days(in: zone) else { return nil }
        let least = last.lowerBound.daysSinceEpoch - first.upperBound.daysSinceEpoch + 1
        let most = last.upperBound.daysSinceEpoch - first.lowerBound.daysSinceEpoch + 1
        guard most >= 1 else { return nil }
        return max(least, 1)...most
    }
}
