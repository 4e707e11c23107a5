import Clinical
import Documents

extension ElementReader {
    /// When doses are taken.
    ///
    /// - Source: FHIR R4, datatypes: Timing.
    mutating func timing(_ node: JSONNode, _ name: ElementName) -> Timing? {
        guard node.kind == .object else {
            noteMismatch(name, at: node, expected: "a Timing")
            return nil
        }
        var timing = Timing()
        for (element, value) in node.knownMembers {
            switch element {
            case .event: timing.events = dates(value, .event)
            case .repeat: read(repeat: value, into: &timing)
            case .code: timing.code = concept(value, .code).codings.first?.code
            case .modifierExtension where !value.isEmpty:
                note(name, "an unknown modifier extension changes what it means; passed over", at: value)
                return nil
            default: break
            }
        }
        return timing
    }

    private mutating func read(repeat node: JSONNode, into timing: inout Timing) {
        guard node.kind == .object else {
            noteMismatch(.repeat, at: node, expected: "an object")
            return
        }
        for (element, value) in node.knownMembers {
            switch element {
            case .boundsPeriod: timing.bounds = period(value, .boundsPeriod)
            case .boundsDuration: timing.boundsDays = days(value, value, .boundsDuration)
            case .boundsRange: timing.boundsDays = value["low"].flatMap { low in
                days(low, value["high"] ?? low, .boundsRange)
            }
            case .count: timing.count = positive(value, .count)
            case .frequency: timing.frequency = positive(value, .frequency)
            case .frequencyMax: timing.frequencyMaximum = positive(value, .frequencyMax)
            case .period: timing.period = length(value, .period)
            case .periodMax: timing.periodMaximum = length(value, .periodMax)
            case .periodUnit: timing.periodUnit = periodUnit(value)
            case .dayOfWeek: timing.daysOfWeek = daysOfWeek(value)
            case .timeOfDay, .when: timing.timesPerDay += value.repetitions.reduce(0) { count, item in
                item.kind == .string ? count + 1 : count
            }
            default: break
            }
        }
    }

    /// A length of a period: a number above 0.
    private mutating func length(_ node: JSONNode, _ name: ElementName) -> Decimal? {
        guard let value = decimal(node, name) else { return nil }
        if value > 0 { return value }
        note(name, "expected a number above 0; passed over", at: node)
        return nil
    }

    private mutating func periodUnit(_ node: JSONNode) -> Timing.PeriodUnit? {
        guard let word = words(node, .periodUnit) else { return nil }
        if let unit = Timing.PeriodUnit(rawValue: word) { return unit }
        note(.periodUnit, "no unit of time; passed over", at: node)
        return nil
    }

    private mutating func daysOfWeek(_ node: JSONNode) -> [String] {
        var days: [String] = []
        for item in node.repetitions {
            guard let day = words(item, .dayOfWeek) else { continue }
            if Self.week.contains(day) {
                if !days.contains(day) { days.append(day) }
            } else {
                note(.dayOfWeek, "no day of the week; passed over", at: item)
            }
        }
        return days
    }

    private static let week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// How many days two spans last, the least and the most; months have 28 to 31 days, years 365 or 366.
    private mutating func days(_ low: JSONNode, _ high: JSONNode, _ name: ElementName) -> ClosedRange<Int>? {
        guard let least = span(low, name)?.low, let most = span(high, name)?.high else { return nil }
        let first = Self.days(in: least, month: 28, year: 365)
        return first...max(first, Self.days(in: most, month: 31, year: 366))
    }

    private static func days(in span: TimeSpan, month: Int, year: Int) -> Int {
        switch span.unit {
        case .minutes: (span.amount + 1439) / 1440
        case .hours: (span.amount + 23) / 24
        case .days: span.amount
        case .weeks: span.amount * 7
        case .months: span.amount * month
        case .years: span.amount * year
        }
    }
}
