import Clinical
import Documents

extension ElementReader {
    /// Elements that say when; true where it was one.
    mutating func read(time name: ElementName, _ value: JSONNode, into parts: inout EventParts) -> Bool {
        switch name {
        case .period, .effectivePeriod, .performedPeriod, .occurrencePeriod:
            parts.period = period(value, name)
            parts.hasEnd = value["end"] != nil
        case .effectiveDateTime, .effectiveInstant, .performedDateTime, .occurrenceDateTime:
            parts.period = date(value, name).map { Period($0) }
        case .effectiveTiming: parts.period = moments(value, name)
        case .performedAge: parts.period = age(value, name).map { Period($0) }
        case .performedRange: parts.period = ageRange(value, name).map { Period($0) }
        case .authoredOn: parts.authored = date(value, name)
        case .issued, .recordedDate: parts.recorded = date(value, name)
        case .onsetDateTime: parts.onset = date(value, name)
        case .onsetAge: parts.onset = age(value, name)
        case .onsetRange: parts.onset = ageRange(value, name)
        case .onsetPeriod:
            let onset = period(value, name)
            parts.onset = onset?.start
            parts.onsetBy = onset?.end
        case .lastOccurrence: parts.lastOccurrence = date(value, name)
        default: return read(abatement: name, value, into: &parts)
        }
        return true
    }

    private mutating func read(abatement name: ElementName, _ value: JSONNode, into parts: inout EventParts) -> Bool {
        switch name {
        case .abatementDateTime: parts.abated = date(value, name)
        case .abatementAge: parts.abated = age(value, name)
        case .abatementRange: parts.abated = ageRange(value, name)
        case .abatementPeriod: parts.abated = period(value, name).flatMap { $0.end ?? $0.start }
        case .abatementString: break
        default: return false
        }
        // It has ended, also where the date cannot be read.
        parts.hasAbated = true
        return true
    }

    /// Works out when it was, and for how long what was ordered lasts.
    mutating func settle(_ event: inout RecordEvent, _ parts: EventParts) {
        event.recorded = parts.recorded.map { EventTime($0) }
        switch event.kind {
        case .condition: event.time = EventPeriod(start: start(parts), end: endOfCondition(parts))
        case .allergyIntolerance:
            event.time = EventPeriod(start: start(parts), end: parts.lastOccurrence.map { .at(EventTime($0)) } ?? .open)
        case .medicationRequest, .serviceRequest, .deviceRequest:
            if let authored = parts.authored { event.time = EventPeriod(EventTime(authored)) }
            if event.kind == .medicationRequest, let supply = supply(parts) {
                var details = event.details ?? RecordEvent.Details()
                details.supply = supply
                event.details = details
            }
        default:
            if let period = parts.period { event.time = EventPeriod(period) }
            // An end that cannot be read is one.
            if parts.hasEnd, event.time.end == .open { event.time.end = .unknown }
        }
        if event.kind == .procedure, event.status == StatusCode.notDone.rawValue { event.isNegated = true }
        if event.kind == .observation, event.status == StatusCode.cancelled.rawValue { event.isNegated = true }
    }

    /// What was recorded on a day without an onset, or of which only the end of the onset is told, began by then; what bears no
    /// date was always there.
    private func start(_ parts: EventParts) -> EventPeriod.Bound {
        if let onset = parts.onset { return .at(EventTime(onset)) }
        guard let by = parts.onsetBy ?? parts.recorded else { return .open }
        return .at(EventTime(first: .first, last: EventTime(by).last))
    }

    /// An active problem goes on; one that is said to be over, without a date, ended at some time.
    private func endOfCondition(_ parts: EventParts) -> EventPeriod.Bound {
        if let abated = parts.abated { return .at(EventTime(abated)) }
        switch parts.clinicalStatus {
        case .resolved, .inactive, .remission: return .unknown
        default: return parts.hasAbated ? .unknown : .open
        }
    }

    // MARK: Supply

    /// How long an order lasts: its supply by the first dosage, and the first unbroken stretch of all dosages.
    ///
    /// - Source: CQL library CumulativeMedicationDuration (HL7 US): days of supply, else quantity by daily dose, times one and
    ///   the refills.
    private mutating func supply(_ parts: EventParts) -> MedicationSupply? {
        let dosage = parts.dosages.first
        guard parts.dispense != nil || dosage?.timing != nil else { return nil }
        let timing = dosage?.timing
        var supply = MedicationSupply(bounds: Self.firstStretch(parts.dosages.compactMap(\.timing?.bounds)))
        if let dispense = parts.dispense {
            supply.refills = max(0, dispense["numberOfRepeatsAllowed"]?.int ?? 0)
            supply.quantity = dispense["quantity"].flatMap { quantity($0, .quantity) }
            let stated = dispense["expectedSupplyDuration"].flatMap { days($0) }
            let counted = supply.quantity.flatMap { quantity in
                dosage.flatMap { Self.mostDosed($0) }.flatMap { dose in
                    dose.multiplied(by: Self.dosesPerDay(timing)).flatMap { $0.isZero ? nil : quantity.value.divided(by: $0) }
                }
            }
            supply.days = (stated ?? counted)?.multiplied(by: Decimal(1 + min(supply.refills, 1000)))
        }
        return supply
    }

    /// The periods of all dosages in one, up to the first day without any.
    private static func firstStretch(_ periods: [Period]) -> EventPeriod? {
        let sorted = periods.map { EventPeriod($0) }.sorted { $0.startDays.lowerBound < $1.startDays.lowerBound }
        guard var stretch = sorted.first else { return nil }
        for next in sorted.dropFirst() where next.startDays.lowerBound <= stretch.endDays.upperBound {
            if next.endDays.upperBound > stretch.endDays.upperBound { stretch.end = next.end }
        }
        return stretch
    }

    private mutating func days(_ node: JSONNode) -> Decimal? {
        guard let span = span(node, .expectedSupplyDuration)?.high else { return nil }
        return switch span.unit {
        case .minutes, .hours: nil
        case .days: Decimal(span.amount)
        case .weeks: Decimal(span.amount * 7)
        case .months: Decimal(span.amount * 30)
        case .years: Decimal(span.amount * 365)
        }
    }

    private static func mostDosed(_ dosage: Dosage) -> Decimal? {
        switch dosage.dose {
        case .quantity(let quantity): quantity.value
        case .range(_, let high): high?.value
        case nil: nil
        }
    }

    private static func dosesPerDay(_ timing: Timing?) -> Decimal {
        guard let timing else { return .one }
        guard let frequency = timing.frequencyMaximum ?? timing.frequency, let period = timing.period, let unit = timing.periodUnit else {
            return timing.timesPerDay > 0 ? Decimal(timing.timesPerDay) : .one
        }
        let perDay: (Int, Int) =
            switch unit {
            case .second: (86_400, 1)
            case .minute: (1440, 1)
            case .hour: (24, 1)
            case .day: (1, 1)
            case .week: (1, 7)
            case .month: (1, 30)
            case .year: (1, 365)
            }
        let doses = Decimal(frequency).multiplied(by: Decimal(perDay.0))
        let days = period.multiplied(by: Decimal(perDay.1))
        guard let doses, let days, !days.isZero else { return .one }
        return doses.divided(by: days) ?? .one
    }
}
