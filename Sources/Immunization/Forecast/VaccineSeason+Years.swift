import Clinical
import Knowledge

extension VaccineSeason {
    /// The first day of the season that `day` lies in, or else of the next one.
    ///
    /// The CDC publishes the season of one year; the same days are taken for every other, so that a table of last year does not
    /// fall silent. A season without an end is the one that was published.
    func start(around day: CivilDate) -> CivilDate { start.adding(months: 12 * years(to: day)) }

    /// Its last day.
    func end(around day: CivilDate) -> CivilDate? { end?.adding(months: 12 * years(to: day)) }

    /// How many years later than the published season that one ends which `day` does not lie behind.
    private func years(to day: CivilDate) -> Int {
        guard let end else { return 0 }
        var years = day.year - end.year
        while end.adding(months: 12 * years) < day { years += 1 }
        while years > -10_000, end.adding(months: 12 * (years - 1)) >= day { years -= 1 }
        return years
    }
}
