import Clinical

extension PatientRecord {
    /// The days of the last while, and those ahead: what a date too coarse reaches into the future counts as past.
    func window(of span: TimeSpan) -> ClosedRange<CivilDate> {
        asOf.today.adding(span.negated)...CivilDate.last
    }

    /// A day that lies in the last while leaves it once that has passed.
    private func leaves(_ date: PartialDate, _ span: TimeSpan) {
        let days = date.days(in: asOf.zone), first = asOf.today.adding(span.negated), tomorrow = asOf.today.adding(days: 1)
        for day in [days.lowerBound, days.upperBound] where day >= first { horizon.turns(on: max(day.adding(span), tomorrow)) }
    }

    /// Whether a date lies in the last while. Spans in hours are counted by the clock, all others by the calendar.
    func lies(_ date: PartialDate, within span: TimeSpan) -> Truth {
        guard let elapsed = span.elapsedMilliseconds else {
            leaves(date, span)
            return date.lies(in: window(of: span), zone: asOf.zone)
        }
        let (start, overflow) = asOf.instant.milliseconds.subtractingReportingOverflow(elapsed)
        let moments = date.instants(in: asOf.zone)
        for moment in [moments.lowerBound, moments.upperBound] { horizon.turns(at: moment.adding(milliseconds: elapsed).adding(milliseconds: 1)) }
        if overflow || moments.lowerBound.milliseconds >= start { return .yes }
        if moments.upperBound.milliseconds < start { return .no }
        return .unknown(UnknownReason(.imprecise, "its time is not recorded exactly enough"))
    }

    /// Whether any of a period lies in the last while.
    func overlaps(_ period: Period, within span: TimeSpan) -> Truth {
        guard span.elapsedMilliseconds != nil else {
            for date in [period.start, period.end].compactMap(\.self) { leaves(date, span) }
            return period.overlaps(window(of: span), in: asOf.zone)
        }
        guard let date = period.end ?? period.start else { return .unknown(UnknownReason(.imprecise, "it has no date")) }
        return lies(date, within: span)
    }

    /// What it means that a source has nothing, or nothing newer: no where all of it came, else unknown.
    func absence(of definition: FactDefinition) -> Truth {
        switch definition {
        case .lab: absence(in: .observations)
        case .firstKnown(let definitions): definitions.reduce(.no) { $0.or(absence(of: $1)) }
        case .done(let set, _): absenceOfDone(set)
        case .vaccine, .upToDate: absence(in: .immunizations)
        default: .no
        }
    }

    /// Where a result may stand for the procedure, results must have come as well.
    func absenceOfDone(_ set: CodeSetID) -> Truth {
        let procedures = absence(in: .procedures)
        guard plan.codeSets.holdsResults(set) else { return procedures }
        return procedures.or(absence(in: .observations))
    }
}
