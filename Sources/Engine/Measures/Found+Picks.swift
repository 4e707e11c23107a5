import Clinical

extension Found {
    /// Leaves those that a pick names. An entry that only may be meant, and would be picked, makes the pick uncertain.
    mutating func pick(_ pick: EventPick, _ events: [RecordEvent]) {
        let numbers = (certain + possible.map(\.number)).sorted()
        guard numbers.count > 1 else { return }
        let kept = Set(Self.picked(pick, numbers, events))
        let uncertain = possible.first { kept.contains($0.number) }
        certain = uncertain == nil ? certain.filter(kept.contains) : []
        possible = uncertain.map { uncertain in numbers.map { ($0, uncertain.why) } } ?? []
    }

    private static func picked(_ pick: EventPick, _ numbers: [Int32], _ events: [RecordEvent]) -> [Int32] {
        func last(_ key: (RecordEvent) -> Moment) -> [Int32] {
            var best: (number: Int32, moment: Moment)?
            for number in numbers {
                let moment = key(events[Int(number)])
                if best.map({ !(moment < $0.moment) }) ?? true { best = (number, moment) }
            }
            return best.map { [$0.number] } ?? []
        }
        switch pick {
        case .latestStart: return last { Moment($0.time.startDays.upperBound, $0.time.start) }
        case .latestEnd: return last { Moment($0.time.endDays.upperBound, $0.time.end) }
        case .earliest:
            return numbers.min { left, right in
                let (left, right) = (events[Int(left)].time, events[Int(right)].time)
                return Moment(left.startDays.lowerBound, left.start) < Moment(right.startDays.lowerBound, right.start)
            }.map { [$0] } ?? []
        case .latestDay:
            let day = numbers.map { events[Int($0)].time.latestDay }.max()
            return numbers.filter { events[Int($0)].time.latestDay == day }
        case .lowest: return extreme(numbers, events) { $0 < $1 }
        case .highest: return extreme(numbers, events) { $0 > $1 }
        }
    }

    private static func extreme(_ numbers: [Int32], _ events: [RecordEvent], _ isFirst: (Decimal, Decimal) -> Bool) -> [Int32] {
        func number(_ event: RecordEvent) -> Decimal? {
            if case .quantity(let quantity)? = event.value { quantity.value } else { nil }
        }
        if let without = numbers.first(where: { number(events[Int($0)]) == nil }) { return [without] }
        let best = numbers.min { left, right in
            guard let left = number(events[Int(left)]), let right = number(events[Int(right)]) else { return false }
            return isFirst(left, right)
        }
        return best.map { [$0] } ?? []
    }

    /// A day, and the time on it where one is known.
    private struct Moment: Comparable {
        let day: Int
        let instant: Int64

        init(_ day: Int, _ bound: EventPeriod.Bound) {
            self.day = day
            if case .at(let time) = bound, let instant = time.instant { self.instant = instant.milliseconds } else { instant = .min }
        }

        static func < (left: Moment, right: Moment) -> Bool { (left.day, left.instant) < (right.day, right.instant) }
    }
}

extension EventPeriod {
    /// The day of its end, or of its start where it goes on.
    ///
    /// - Source: CQL library FHIRCommon: latest.
    fileprivate var latestDay: Int { end == .open ? startDays.upperBound : endDays.upperBound }
}
