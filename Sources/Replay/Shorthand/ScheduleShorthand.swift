import Clinical

/// Reads how often: `daily`, `2x/day`, `twice daily`, `every 6 hours`, `at night`, `weekly` …
enum ScheduleShorthand {
    /// Takes a schedule if one comes next.
    static func take(from reader: inout WordReader) throws(ShorthandError) -> StatedSchedule? {
        guard let word = reader.next else { return nil }
        let text = word.text.lowercased()
        if let schedule = moment(&reader) { return schedule }
        if text == "every" { return try interval(&reader, after: word) }
        if let schedule = abbreviations[text] ?? hours(text) ?? rate(text) {
            reader.skip()
            return schedule
        }
        return times(&reader)
    }

    private static let abbreviations: [String: StatedSchedule] = [
        "daily": .times(1, each: .day), "hourly": .times(1, each: .hour), "weekly": .times(1, each: .week),
        "monthly": .times(1, each: .month), "yearly": .times(1, each: .year),
        "bid": .times(2, each: .day), "tid": .times(3, each: .day), "qid": .times(4, each: .day),
        "nightly": bedtime, "qhs": bedtime,
    ]

    private static let bedtime = at("HS")

    private static func at(_ event: String) -> StatedSchedule {
        StatedSchedule(frequency: 1, period: 1, periodUnit: .day, when: [event])
    }

    /// `at night`, `at bedtime`, `in the morning`, `in the evening`.
    private static func moment(_ reader: inout WordReader) -> StatedSchedule? {
        if reader.take("at", "night") || reader.take("at", "bedtime") { return bedtime }
        if reader.take("in", "the", "morning") || reader.take("every", "morning") { return at("MORN") }
        if reader.take("in", "the", "evening") || reader.take("every", "evening") { return at("EVE") }
        if reader.take("every", "night") { return bedtime }
        return nil
    }

    /// `2x/day`, `3x/week`, `1x/month`.
    private static func rate(_ text: String) -> StatedSchedule? {
        let parts = text.split(separator: "x/", maxSplits: 1)
        guard parts.count == 2, let frequency = count(parts[0]), let unit = units[String(parts[1])] else { return nil }
        return .times(frequency, each: unit)
    }

    /// `q6h`, `q4-6h`.
    private static func hours(_ text: String) -> StatedSchedule? {
        guard text.first == "q", text.last == "h", let (low, high) = counts(text.dropFirst().dropLast()) else { return nil }
        return StatedSchedule(frequency: 1, period: low, periodMaximum: high, periodUnit: .hour)
    }

    /// `every 6 hours`, `every 4-6 hours`, `every day`, `every other week`.
    private static func interval(
        _ reader: inout WordReader, after every: PlacedText.Word
    ) throws(ShorthandError) -> StatedSchedule {
        var number: (low: Int, high: Int?) = (1, nil)
        var offset = 1
        if reader.peek(1)?.text.lowercased() == "other" {
            number.low = 2
            offset = 2
        } else if let stated = reader.peek(1).flatMap({ counts(Substring($0.text)) }) {
            number = stated
            offset = 2
        }
        guard let word = reader.peek(offset), let unit = units[word.text.lowercased()] else {
            throw .notUnderstood(
                "`every` needs a span of time after it", at: (reader.peek(offset) ?? every).bytes,
                help: ["write `every 6 hours`, `every day`, `every 2 weeks`"])
        }
        reader.skip(offset + 1)
        return StatedSchedule(frequency: 1, period: number.low, periodMaximum: number.high, periodUnit: unit)
    }

    /// `once daily`, `twice a week`, `three times per day`, `4 times daily`, and `once` alone.
    private static func times(_ reader: inout WordReader) -> StatedSchedule? {
        guard let word = reader.next?.text.lowercased() else { return nil }
        var offset = 1
        let frequency: Int
        if word == "once" {
            frequency = 1
        } else if word == "twice" {
            frequency = 2
        } else if let number = numbers[word] ?? count(Substring(word)), reader.peek(1)?.text.lowercased() == "times" {
            frequency = number
            offset = 2
        } else {
            return nil
        }
        var unit = reader.peek(offset)?.text.lowercased() ?? ""
        if ["a", "per", "each"].contains(unit) {
            offset += 1
            unit = reader.peek(offset)?.text.lowercased() ?? ""
        }
        if let unit = units[unit] ?? adverbs[unit] {
            reader.skip(offset + 1)
            return .times(frequency, each: unit)
        }
        guard word == "once" else { return nil }
        reader.skip()
        return StatedSchedule(count: 1)
    }

    private static let numbers = ["two": 2, "three": 3, "four": 4, "five": 5, "six": 6]

    private static let adverbs: [String: Timing.PeriodUnit] = [
        "daily": .day, "weekly": .week, "monthly": .month, "yearly": .year,
    ]

    private static let units: [String: Timing.PeriodUnit] = [
        "min": .minute, "minute": .minute, "minutes": .minute, "h": .hour, "hour": .hour, "hours": .hour,
        "d": .day, "day": .day, "days": .day, "wk": .week, "week": .week, "weeks": .week,
        "mo": .month, "month": .month, "months": .month, "y": .year, "year": .year, "years": .year,
    ]

    /// A whole number from 1 to 999.
    static func count(_ text: Substring) -> Int? {
        guard text.utf8.count <= 3, let number = Int(text), number > 0 else { return nil }
        return number
    }

    /// `6`, or `4-6`.
    private static func counts(_ text: Substring) -> (low: Int, high: Int?)? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        if parts.count == 1 { return count(text).map { ($0, nil) } }
        guard parts.count == 2, let low = count(parts[0]), let high = count(parts[1]), low <= high else { return nil }
        return (low, high)
    }
}
