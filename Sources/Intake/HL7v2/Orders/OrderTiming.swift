import Documents

/// When something is to be given: one repetition of TQ1, or of the quantity/timing of older messages.
struct OrderTiming {
    /// As FHIR's Timing.repeat has it, but for its bounds.
    var often: [(String, JSONValue?)] = []
    /// The code of how often, as written.
    var words: String?
    var isAsNeeded = false
    var start: String?
    var end: String?
    var duration: JSONValue?
    /// True where the next step follows this one; else they run together.
    var isFollowed = false
    /// The words that go with it.
    var instruction: String?

    /// The Timing; nothing where nothing is known of it.
    ///
    /// - Source: FHIR R4, datatypes: Timing: bounds are a duration or a period.
    func timing(endedOn stop: String?) -> JSONValue? {
        var members = often
        let end = stop ?? self.end
        if let duration, end == nil {
            members.append(("boundsDuration", duration))
        } else {
            members.append(("boundsPeriod", .compact([("start", .text(start)), ("end", .text(end))])))
        }
        let timing = JSONValue.compact([("repeat", .compact(members)), ("code", words.map { .object([("text", .string($0))]) })])
        return timing == .object([]) ? nil : timing
    }
}

extension MessageConverter {
    /// The steps of an order's timing: of the part itself, else of the order as it was placed.
    ///
    /// - Source: HL7 v2.9, chapters 4.5.4 (TQ1) and 4.3 (TQ); map of TQ1 to Dosage.
    mutating func timings(_ part: OrderGroup.Part, in group: OrderGroup, quantityTiming field: Int?) -> [OrderTiming] {
        let segments = [part.times, part.segment.id == "RXE" ? group.part("RXO")?.times ?? [] : [], group.times].first { !$0.isEmpty } ?? []
        if !segments.isEmpty { return segments.flatMap { timings($0) } }
        if let field, part.segment.field(field).saysSomething { return olderTimings(part.segment, field) }
        if let control = group.control, control.field(7).saysSomething { return olderTimings(control, 7) }
        return []
    }

    /// TQ1: one for each of its patterns.
    private mutating func timings(_ segment: HL7Segment) -> [OrderTiming] {
        var base = OrderTiming()
        base.start = time(segment, 7)?.text
        base.end = time(segment, 8)?.text
        base.duration = duration(segment[6], segment, 6)
        base.instruction = segment.text(11)
        base.isFollowed = segment.text(12)?.uppercased() == "S"
        let priorities = segment.field(9).repetitions.compactMap { $0.component(1).text?.uppercased() }
        base.isAsNeeded = priorities.contains { $0.hasPrefix("PRN") }
        noteQuantity(segment[2], segment, 2)
        var patterns = segment.field(3).repetitions.compactMap { pattern in
            pattern.component(1).subcomponent(1).text.map { timing(base, $0, segment, 3) }
        }
        if patterns.isEmpty { patterns = [base] }
        if let count = segment.text(14).flatMap({ Int($0) }), count > 0 {
            for place in patterns.indices { patterns[place].often.append(("count", .int(count))) }
        }
        let times = segment.field(4).repetitions.compactMap { $0.component(1).text.flatMap(Self.timeOfDay) }
        if !times.isEmpty, patterns.count == 1, patterns[0].often.isEmpty {
            patterns[0].often.append(("timeOfDay", .array(times.map(JSONValue.string))))
        }
        return patterns
    }

    /// ORC-7 and RXE-1, of messages before HL7 v2.5.
    private mutating func olderTimings(_ segment: HL7Segment, _ field: Int) -> [OrderTiming] {
        segment.field(field).repetitions.map { value in
            var timing = OrderTiming()
            timing.start = time(value.component(4), segment, field)?.text
            timing.end = time(value.component(5), segment, field)?.text
            timing.duration = value.component(3).text.flatMap { olderDuration($0, segment, field) }
            timing.isAsNeeded = value.component(6).text?.uppercased().hasPrefix("PRN") == true
            timing.instruction = value.component(8).text
            timing.isFollowed = value.component(9).text?.uppercased() == "S"
            noteQuantity(value.component(1), segment, field)
            if let pattern = value.component(2).subcomponent(1).text { timing = self.timing(timing, pattern, segment, field) }
            if let count = value.component(12).text.flatMap({ Int($0) }), count > 0 { timing.often.append(("count", .int(count))) }
            return timing
        }
    }

    /// A timing with a repeat pattern.
    private mutating func timing(_ base: OrderTiming, _ pattern: String, _ segment: HL7Segment, _ field: Int) -> OrderTiming {
        var timing = base
        timing.words = pattern
        guard let read = RepeatPattern(pattern) else {
            note(segment, field, "no repeat pattern of table 0335; how often it is given is not known")
            return timing
        }
        timing.isAsNeeded = timing.isAsNeeded || read.isAsNeeded
        if read.isOnce { timing.often.append(("count", 1)) }
        timing.often += [
            ("frequency", read.frequency.map { .int($0) }), ("period", read.period.map { .int($0) }),
            ("periodMax", read.periodMaximum.map { .int($0) }), ("periodUnit", .text(read.unit)),
            ("dayOfWeek", read.day.map { .array([.string($0)]) }),
        ]
        return timing
    }

    /// An amount beside the dose is not multiplied by a guess.
    private mutating func noteQuantity(_ value: HL7Value, _ segment: HL7Segment, _ field: Int) {
        guard let number = value.component(1).subcomponent(1).text.flatMap({ HL7Number($0) }), number.digits != "1" else { return }
        note(segment, field, "a quantity beside the dose; the dose is not multiplied by it")
    }

    /// TQ1-6: a number and a unit of time.
    private mutating func duration(_ value: HL7Value, _ segment: HL7Segment, _ field: Int) -> JSONValue? {
        guard let number = value.component(1).text.flatMap({ HL7Number($0) }) else { return nil }
        let words = [1, 2].compactMap { value.component(2).subcomponent($0).text?.lowercased() }
        let unit = words.lazy.compactMap { Self.units[$0] }.first
        return duration(number.digits, unit, segment, field)
    }

    /// `D3`: three days.
    private mutating func olderDuration(_ written: String, _ segment: HL7Segment, _ field: Int) -> JSONValue? {
        let digits = written.dropFirst()
        guard let letter = written.first?.uppercased(), let number = HL7Number(String(digits)) else {
            note(segment, field, "no duration; passed over")
            return nil
        }
        let unit = ["S": "s", "M": "min", "H": "h", "D": "d", "W": "wk", "L": "mo"][letter]
        return duration(number.digits, unit, segment, field)
    }

    private mutating func duration(_ digits: String, _ unit: String?, _ segment: HL7Segment, _ field: Int) -> JSONValue? {
        // Seconds are no length of a course that anything is made of.
        guard let unit, unit != "s" else {
            note(segment, field, "a duration without a unit of time that is understood; passed over")
            return nil
        }
        return [
            "value": .number(digits), "unit": .string(unit), "system": "http://unitsofmeasure.org", "code": .string(unit),
        ]
    }

    /// `m` is left out: it is a minute to some and a month to others.
    private static let units: [String: String] = [
        "s": "s", "sec": "s", "min": "min", "minute": "min", "minutes": "min", "h": "h", "hr": "h", "hour": "h", "hours": "h",
        "d": "d", "day": "d", "days": "d", "w": "wk", "wk": "wk", "week": "wk", "weeks": "wk", "l": "mo", "mo": "mo", "month": "mo",
        "months": "mo", "a": "a", "yr": "a", "year": "a", "years": "a",
    ]

    /// `0830`, `08:30:05`.
    private static func timeOfDay(_ written: String) -> String? {
        let digits = written.filter { $0 != ":" }
        guard [4, 6].contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let hour = Int(digits.prefix(2)), hour < 24, let minute = Int(digits.dropFirst(2).prefix(2)), minute < 60
        else { return nil }
        return "\(digits.prefix(2)):\(digits.dropFirst(2).prefix(2)):\(digits.utf8.count == 6 ? digits.dropFirst(4) : "00")"
    }
}
