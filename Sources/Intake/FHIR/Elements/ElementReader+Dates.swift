import Clinical
import Documents

extension ElementReader {
    /// A date, dateTime or instant with its precision; what is none is noted, and the rest of the resource is used.
    mutating func date(_ node: JSONNode, _ name: ElementName) -> PartialDate? {
        guard let bytes = node.stringBytes else {
            noteMismatch(name, at: node, expected: "a date")
            return nil
        }
        if let date = PartialDate(utf8: bytes) { return date }
        note(name, "not a date of FHIR R4 (a time needs its seconds and a zone); passed over", at: node)
        return nil
    }

    /// An instant; a date without a time is none.
    mutating func instant(_ node: JSONNode, _ name: ElementName) -> Instant? {
        guard let date = date(node, name) else { return nil }
        guard date.precision == .instant else {
            note(name, "not an instant; passed over", at: node)
            return nil
        }
        return date.instants(in: asOf.zone).lowerBound
    }

    /// A Period; `nil` where neither end can be read.
    mutating func period(_ node: JSONNode, _ name: ElementName) -> Period? {
        guard node.kind == .object else {
            noteMismatch(name, at: node, expected: "a Period")
            return nil
        }
        var period = Period(start: nil, end: nil)
        for (element, value) in node.knownMembers {
            switch element {
            case .start: period.start = date(value, name)
            case .end: period.end = date(value, name)
            default: break
            }
        }
        return period.start == nil && period.end == nil ? nil : period
    }

    /// When something was that FHIR times by a Timing: from the first to the last of its events; without events, not known.
    mutating func moments(_ node: JSONNode, _ name: ElementName) -> Period? {
        guard node.kind == .object else {
            noteMismatch(name, at: node, expected: "a Timing")
            return nil
        }
        let events = node["event"].map { dates($0, name) } ?? []
        let ordered = events.sorted { $0.instants(in: asOf.zone).lowerBound < $1.instants(in: asOf.zone).lowerBound }
        guard let first = ordered.first, let last = ordered.last else { return nil }
        return Period(start: first, end: last)
    }

    /// The dates of an element that repeats.
    mutating func dates(_ node: JSONNode, _ name: ElementName) -> [PartialDate] {
        var dates: [PartialDate] = []
        for item in node.repetitions {
            if let date = date(item, name) { dates.append(date) }
        }
        return dates
    }

    // MARK: Windows

    /// The days on which the patient was of an age: from the birthday that completes it to the day before the next.
    ///
    /// - Source: FHIR R4, datatypes: Age; condition: onset[x].
    mutating func age(_ node: JSONNode, _ name: ElementName) -> PartialDate? {
        guard let span = span(node, name) else { return nil }
        return window(from: span.low, to: span.low, name, at: node)
    }

    /// The days on which the patient was within a range of ages.
    mutating func ageRange(_ node: JSONNode, _ name: ElementName) -> PartialDate? {
        guard node.kind == .object else {
            noteMismatch(name, at: node, expected: "a Range")
            return nil
        }
        let low = node["low"].flatMap { span($0, name) }?.low
        let high = node["high"].flatMap { span($0, name) }?.low
        guard let low = low ?? high.map({ TimeSpan(amount: 0, unit: $0.unit) }) else { return nil }
        guard let high else { return nil }
        return window(from: low, to: high, name, at: node)
    }

    private mutating func window(from low: TimeSpan, to high: TimeSpan, _ name: ElementName, at node: JSONNode) -> PartialDate? {
        guard let birth = birthDate?.days(in: asOf.zone) else {
            note(name, "an age, without a birth date to count from; passed over", at: node)
            return nil
        }
        let next = TimeSpan(amount: high.amount + 1, unit: high.unit)
        let first = birth.lowerBound.adding(low)
        let last = birth.upperBound.adding(next).adding(days: -1)
        return PartialDate(days: first...max(first, last))
    }

    /// The window of days that a period spans; where one end is open, the other.
    func window(of period: Period) -> PartialDate? {
        guard let start = period.start, let end = period.end else { return period.start ?? period.end }
        let first = start.days(in: asOf.zone).lowerBound
        return PartialDate(days: first...max(first, end.days(in: asOf.zone).upperBound))
    }

    // MARK: Before and after the instant of the snapshot

    /// True where every day that it may be lies before today.
    func isPast(_ date: PartialDate) -> Bool {
        let day = date.days(in: asOf.zone).upperBound
        horizon?.turns(on: day.adding(days: 1))
        return day < asOf.today
    }

    /// True where it may have come: not every day that it may be lies after today.
    func mayHaveCome(_ date: PartialDate) -> Bool {
        let day = date.days(in: asOf.zone).lowerBound
        horizon?.turns(on: day)
        return day <= asOf.today
    }
}
