import Clinical

extension ImmunizationSchedule {
    /// Joins the rows of all tables of the schedule.
    init(_ rows: [ScheduleRow], problems: inout ProblemList) {
        var joining = ScheduleJoining(rows, ScheduleReading(problems: problems))
        self = joining.schedule()
        problems = joining.reading.problems
    }
}

/// The joining of the rows of a schedule.
private struct ScheduleJoining {
    private let rows: [ScheduleTable: [ScheduleRow]]
    private var antigenNames: [String] = []
    private var indexByAntigen: [String: Int] = [:]
    var reading: ScheduleReading

    init(_ rows: [ScheduleRow], _ reading: ScheduleReading) {
        self.rows = Dictionary(grouping: rows, by: \.table)
        self.reading = reading
    }

    mutating func schedule() -> ImmunizationSchedule {
        let groupRows = table(.groups)
        for row in groupRows {
            for name in row.list("antigens") where indexByAntigen[name] == nil {
                indexByAntigen[name] = antigenNames.count
                antigenNames.append(name)
            }
        }
        checkAntigens()
        let groups = groupRows.map { row in
            VaccineGroup(
                name: row.text("group"), otherNames: row.list("other_names"),
                antigens: row.list("antigens").compactMap { indexByAntigen[$0] }, isGivenWhole: row.text("whole_group") == "Yes")
        }
        return ImmunizationSchedule(
            groups: groups, antigens: antigenNames.map { antigen(named: $0) },
            observationTitles: Dictionary(
                table(.observations).map { ($0.text("observation"), $0.text("title")) }, uniquingKeysWith: { first, _ in first }),
            targetsByVaccine: targets(), conflictsByVaccine: conflicts())
    }

    private func table(_ table: ScheduleTable) -> [ScheduleRow] { rows[table] ?? [] }

    /// A row for an antigen of no group would never be read: that is a mistake of the table.
    private mutating func checkAntigens() {
        for table in ScheduleTable.allCases where table != .groups && table.columns.contains("antigen") {
            for row in self.table(table) {
                for name in row.list("antigen") where indexByAntigen[name] == nil {
                    reading.report(row, "antigen", "no vaccine group has the antigen \(name)")
                }
            }
        }
    }

    private func of(_ antigen: String, _ table: ScheduleTable) -> [ScheduleRow] {
        self.table(table).filter { $0.list("antigen").contains(antigen) }
    }

    // MARK: Antigens

    private mutating func antigen(named name: String) -> AntigenSchedule {
        let tables = SeriesTables(
            doses: of(name, .doses), intervals: of(name, .intervals), vaccines: of(name, .vaccines), skips: of(name, .skips),
            indications: of(name, .indications))
        let series = of(name, .series).map { row in tables.series(row, &reading) }
        return AntigenSchedule(
            name: name, series: series, contraindications: contraindications(name), immunity: immunity(name))
    }

    private mutating func contraindications(_ antigen: String) -> [VaccineContraindication] {
        of(antigen, .contraindications).flatMap { row in
            let ages = reading.ages(row)
            return row.list("observations").map {
                VaccineContraindication(observation: $0, vaccines: row.list("cvx"), beginAge: ages.begin, endAge: ages.end)
            }
        }
    }

    private mutating func immunity(_ antigen: String) -> [ImmunityEvidence] {
        of(antigen, .immunity).compactMap { row in
            if let day = reading.day(row, "born_before") {
                return .bornBefore(BirthImmunity(day: day, exceptions: row.list("exceptions")))
            }
            return .observation(row.text("observation"))
        }
    }

    // MARK: Vaccines

    private mutating func targets() -> [String: [VaccineTarget]] {
        var targets: [String: [VaccineTarget]] = [:]
        for row in table(.vaccineAntigens) {
            guard let antigen = indexByAntigen[row.text("antigen")] else { continue }
            let ages = reading.ages(row)
            targets[row.text("cvx"), default: []].append(
                VaccineTarget(antigen: antigen, beginAge: ages.begin, endAge: ages.end))
        }
        return targets
    }

    private mutating func conflicts() -> [String: [VaccineConflict]] {
        var conflicts: [String: [VaccineConflict]] = [:]
        for row in table(.conflicts) {
            let conflict = VaccineConflict(
                previousVaccine: row.text("previous_cvx"), begin: reading.neededPeriod(row, "begin"),
                minimumEnd: reading.neededPeriod(row, "min_end"), end: reading.neededPeriod(row, "end"))
            conflicts[row.text("current_cvx"), default: []].append(conflict)
        }
        return conflicts
    }
}
