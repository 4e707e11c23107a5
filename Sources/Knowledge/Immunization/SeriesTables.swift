import Clinical

/// The rows of one antigen, from which its series are made.
struct SeriesTables {
    let doses: [ScheduleRow]
    let intervals: [ScheduleRow]
    let vaccines: [ScheduleRow]
    let skips: [ScheduleRow]
    let indications: [ScheduleRow]

    func series(_ row: ScheduleRow, _ reading: inout ScheduleReading) -> AntigenSeries {
        let name = row.text("series")
        var rows: [[ScheduleRow]] = []
        for row in doses where row.text("series") == name {
            if rows.last?.first?.text("dose") == row.text("dose") { rows[rows.count - 1].append(row) } else { rows.append([row]) }
        }
        let found = rows.map { dose($0, &reading) }
        if found.isEmpty { reading.report(row, "series", "the series \(name) has no doses") }
        return AntigenSeries(
            name: name, kind: reading.word(row, "type", otherwise: .standard), sex: sex(row, &reading),
            isDefault: row.text("default") == "Yes", isProduct: row.text("product") == "Yes", group: row.text("group"),
            equivalentGroups: row.list("equivalent_groups"), priority: row.text("priority"),
            preference: row.text("preference").isEmpty ? .max : reading.integer(row, "preference"),
            minimumAgeToStart: reading.period(row, "min_age_to_start"), maximumAgeToStart: reading.period(row, "max_age_to_start"),
            indications: indications(of: name, &reading), doses: found)
    }

    private func sex(_ row: ScheduleRow, _ reading: inout ScheduleReading) -> Patient.Sex? {
        switch row.text("sex") {
        case "": return nil
        case "female": return .female
        case "male": return .male
        case let other:
            reading.report(row, "sex", "`\(other)` is neither female nor male")
            return nil
        }
    }

    private func indications(of series: String, _ reading: inout ScheduleReading) -> [SeriesIndication] {
        indications.filter { $0.applies(to: series) }.flatMap { row in
            let ages = reading.ages(row)
            return row.list("observations").map {
                SeriesIndication(observation: $0, beginAge: ages.begin, endAge: ages.end)
            }
        }
    }

    // MARK: Doses

    /// Rows of one dose differ in their ages and in when these hold.
    private func dose(_ rows: [ScheduleRow], _ reading: inout ScheduleReading) -> SeriesDose {
        let row = rows[0]
        let (series, number) = (row.text("series"), reading.integer(row, "dose"))
        let intervals = intervals.filter { $0.applies(to: series, dose: number) }
        let vaccines = vaccines.filter { $0.applies(to: series, dose: number) }
        return SeriesDose(
            number: number, ages: rows.map { ages($0, &reading) },
            preferableIntervals: intervals.filter { $0.text("kind") == "preferable" }.map { interval($0, &reading) },
            allowableIntervals: intervals.filter { $0.text("kind") == "allowable" }.map { interval($0, &reading) },
            preferableVaccines: vaccines.filter { $0.text("kind") == "preferable" }.flatMap { self.vaccines($0, &reading) },
            allowableVaccines: vaccines.filter { $0.text("kind") == "allowable" }.flatMap { self.vaccines($0, &reading) },
            inadvertentVaccines: Set(vaccines.filter { $0.text("kind") == "inadvertent" }.flatMap { $0.list("cvx") }),
            skips: skips(series, number, &reading), isRecurring: row.text("recurring") == "Yes", season: season(row, &reading))
    }

    private func ages(_ row: ScheduleRow, _ reading: inout ScheduleReading) -> DoseAges {
        var ages = DoseAges()
        ages.absoluteMinimum = reading.period(row, "abs_min_age")
        ages.minimum = reading.period(row, "min_age")
        ages.earliestRecommended = reading.period(row, "earliest_rec_age")
        ages.latestRecommended = reading.period(row, "latest_rec_age")
        ages.maximum = reading.period(row, "max_age")
        ages.effective = effective(row, &reading)
        return ages
    }

    private func effective(_ row: ScheduleRow, _ reading: inout ScheduleReading) -> EffectiveDays {
        EffectiveDays(first: reading.day(row, "effective"), last: reading.day(row, "cessation"))
    }

    private func season(_ row: ScheduleRow, _ reading: inout ScheduleReading) -> VaccineSeason? {
        reading.day(row, "season_start").map { VaccineSeason(start: $0, end: reading.day(row, "season_end")) }
    }

    private func vaccines(_ row: ScheduleRow, _ reading: inout ScheduleReading) -> [DoseVaccine] {
        let ages = reading.ages(row)
        return row.list("cvx").map { DoseVaccine(cvx: $0, beginAge: ages.begin, endAge: ages.end) }
    }

    private func interval(_ row: ScheduleRow, _ reading: inout ScheduleReading) -> DoseInterval {
        DoseInterval(
            start: start(row, &reading), absoluteMinimum: reading.period(row, "abs_min"), minimum: reading.period(row, "min"),
            earliestRecommended: reading.period(row, "earliest_rec"), latestRecommended: reading.period(row, "latest_rec"),
            hasPriority: row.text("priority") == "Yes", effective: effective(row, &reading))
    }

    /// `previous`, `dose 1`, `vaccine 10|20`, `observation 085`.
    private func start(_ row: ScheduleRow, _ reading: inout ScheduleReading) -> DoseInterval.Start {
        let words = row.text("from").split(separator: " ", maxSplits: 1).map(String.init)
        switch (words.first, words.last) {
        case ("previous", _): return .previousDose
        case ("dose", let number?) where Int(number) != nil: return .dose(Int(number) ?? 1)
        case ("vaccine", let codes?): return .vaccines(Set(codes.split(separator: "|").map(String.init)))
        case ("observation", let code?): return .observation(code)
        default:
            reading.report(
                row, "from", "`\(row.text("from"))` is no start of an interval",
                help: "write one of: previous, dose 1, vaccine 10|20, observation 085")
            return .previousDose
        }
    }

    // MARK: Skips

    /// Rows of one context are one skip, rows of one set of it are its conditions.
    private func skips(_ series: String, _ number: Int, _ reading: inout ScheduleReading) -> [DoseSkip] {
        let rows = skips.filter { $0.applies(to: series, dose: number) }
        return DoseSkip.Context.allCases.compactMap { context in
            let mine = rows.filter { $0.text("context") == context.rawValue }
            guard let first = mine.first else { return nil }
            var names: [String] = []
            for row in mine where !names.contains(row.text("set")) { names.append(row.text("set")) }
            return DoseSkip(
                context: context, needsAllSets: first.text("set_logic") == "AND",
                sets: names.map { name in
                    let rows = mine.filter { $0.text("set") == name }
                    return DoseSkip.ConditionSet(
                        needsAll: rows.first?.text("condition_logic") != "OR", conditions: rows.map { condition($0, &reading) })
                })
        }
    }

    private func countedDay(_ row: ScheduleRow, _ column: String, _ reading: inout ScheduleReading) -> SkipDoseCount.Day? {
        switch row.text(column) {
        case "season": .seasonStart
        case "season end": .seasonEnd
        default: reading.day(row, column).map { .date($0) }
        }
    }

    private func condition(_ row: ScheduleRow, _ reading: inout ScheduleReading) -> SkipCondition {
        switch row.text("type") {
        case "Interval": return .interval(reading.neededPeriod(row, "interval"))
        case "Completed Series": return .completedSeries(Set(row.list("series_groups")))
        case "Vaccine Count":
            return .doses(
                SkipDoseCount(
                    ages: reading.ages(row), from: countedDay(row, "start", &reading), until: countedDay(row, "end", &reading),
                    onlyValid: row.text("dose_type") == "Valid", comparison: reading.word(row, "comparison", otherwise: .greater),
                    bound: reading.integer(row, "count"), vaccines: Set(row.list("cvx"))))
        case "Age": return .age(reading.ages(row))
        case let other:
            reading.report(row, "type", "`\(other)` is no condition", help: "write one of: Age, Interval, Vaccine Count, Completed Series")
            return .age(reading.ages(row))
        }
    }
}

extension ScheduleRow {
    /// Whether the row speaks of a series: by name, or of all by `*`.
    fileprivate func applies(to series: String) -> Bool {
        text("series") == "*" || list("series").contains(series)
    }

    fileprivate func applies(to series: String, dose: Int) -> Bool {
        applies(to: series) && (text("doses") == "*" || list("doses").contains(String(dose)))
    }
}
