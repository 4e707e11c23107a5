import Clinical
import Knowledge

/// Whether a dose of a series may be left out.
///
/// - Source: CDSi Logic Specification 4.6, section 6.2, tables 6-6 to 6-11; 7.1 and 7.6 ask the same of other days.
struct SkipEvaluation {
    let series: PatientSeries
    /// The date administered, the assessment date, or the earliest date of a forecast.
    let day: CivilDate
    /// How many doses of the antigen's history lie before.
    let place: Int
    let isForecast: Bool
    /// The assessment date: it says which season is the current one.
    let today: CivilDate
    /// Groups of series of the antigen that are complete.
    let completeGroups: Set<String>

    func canSkip(_ dose: SeriesDose) -> Bool {
        dose.skips.contains { skip in
            switch skip.context {
            case .both: isMet(skip, dose.season)
            case .evaluation: !isForecast && isMet(skip, dose.season)
            case .forecast: isForecast && isMet(skip, dose.season)
            }
        }
    }

    private func isMet(_ skip: DoseSkip, _ season: VaccineSeason?) -> Bool {
        skip.needsAllSets ? skip.sets.allSatisfy { isMet($0, season) } : skip.sets.contains { isMet($0, season) }
    }

    private func isMet(_ set: DoseSkip.ConditionSet, _ season: VaccineSeason?) -> Bool {
        set.needsAll ? set.conditions.allSatisfy { isMet($0, season) } : set.conditions.contains { isMet($0, season) }
    }

    private func isMet(_ condition: SkipCondition, _ season: VaccineSeason?) -> Bool {
        let birth = series.history.patient.birthDate
        switch condition {
        case .age(let ages): return ages.contains(day, bornOn: birth)
        case .interval(let period):
            guard let previous = series.previousDose(before: place) else { return false }
            return period.added(to: previous) <= day
        case .doses(let rule): return rule.comparison.holds(count(rule, season), rule.bound)
        case .completedSeries(let groups): return !completeGroups.isDisjoint(with: groups)
        }
    }

    /// The doses given before, by vaccine, age, day and validity.
    ///
    /// Named vaccines count though they hold another antigen: Td for pertussis.
    ///
    /// - Source: CDSi, CONDSKIP-1.
    private func count(_ rule: SkipDoseCount, _ season: VaccineSeason?) -> Int {
        let history = series.history
        let patient = history.patient
        let (from, until) = (resolve(rule.from, season), resolve(rule.until, season))
        let limit = place < history.doses.count ? history.doses[place] : patient.doses.count
        return patient.doses.indices.prefix(limit).count { index in
            let dose = patient.doses[index]
            // What costs least comes first; most doses are of other vaccines, or of other years.
            guard rule.vaccines.isEmpty || rule.vaccines.contains(dose.cvx), from.map({ $0 <= dose.day }) ?? true,
                until.map({ dose.day < $0 }) ?? true, rule.ages.contains(dose.day, bornOn: patient.birthDate)
            else { return false }
            guard rule.vaccines.isEmpty || rule.onlyValid else { return true }
            guard let earlier = history.doses.firstIndex(of: index) else { return false }
            return !rule.onlyValid || series.evaluations[earlier].status == .valid
        }
    }

    private func resolve(_ day: SkipDoseCount.Day?, _ season: VaccineSeason?) -> CivilDate? {
        switch day {
        case nil: nil
        case .date(let date): date
        case .seasonStart: season?.start(around: today)
        case .seasonEnd: season?.end(around: today)?.adding(days: 1)
        }
    }
}
