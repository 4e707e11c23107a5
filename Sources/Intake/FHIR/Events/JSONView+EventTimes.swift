import Clinical
import Documents

extension JSONView {
    /// True for a result, a report, a visit or a procedure that was wholly before a day; false where that cannot be told at once.
    func ended(before day: CivilDate) -> Bool {
        var time: JSONView?
        for (key, value) in members {
            switch ElementName(key) {
            case .effectiveDateTime, .effectivePeriod, .effectiveInstant, .effectiveTiming, .period, .performedDateTime,
                .performedPeriod, .performedAge, .performedRange, .occurrenceDateTime, .occurrencePeriod:
                // Two times are none.
                guard time == nil else { return false }
                time = value
            default: break
            }
        }
        guard let time else { return false }
        if time.kind == .string { return time.moment.map { $0.last < day } ?? false }
        guard let start = time["start"]?.moment, let end = time["end"]?.moment else { return false }
        return start.first <= end.last && start.last < day && end.last < day
    }

    /// The date that a string is.
    private var moment: EventTime? {
        plainText.flatMap { PartialDate(utf8: Array($0)[...]) }.map { EventTime($0) }
    }
}
