import Clinical
import Knowledge

/// Joins the best series of the antigens of a group into one forecast.
///
/// - Source: CDSi Logic Specification 4.6, chapter 9.
enum GroupForecasting {
    /// - Parameter best: for each antigen of the group, its best series.
    static func forecast(_ group: VaccineGroup, best: [[PatientSeries]]) -> SeriesForecast {
        let contained = best.compactMap { single($0) }
        guard let first = contained.first else { return SeriesForecast(status: .notRecommended) }
        if group.antigens.count == 1 { return first }
        let given = best.flatMap { $0 }.flatMap { one in one.history.doses.indices.map { one.history[$0].day } }
        return multiple(contained, group, lastGiven: given.max())
    }

    /// Section 9.2: of several best series the one that is due first; a complete one where none is open.
    ///
    /// The doses that counted in another series come before the next: the fifth of polio, after four of childhood.
    private static func single(_ series: [PatientSeries]) -> SeriesForecast? {
        let open = series.filter { $0.forecast.status == .notComplete }
        guard let first = open.min(by: { ($0.forecast.earliest ?? .last) < ($1.forecast.earliest ?? .last) }) else {
            return (series.first(where: \.isComplete) ?? series.first)?.forecast
        }
        var forecast = first.forecast
        if series.count > 1, let dose = forecast.dose {
            let valid = series.flatMap { one in
                zip(one.history.doses, one.evaluations).filter { $0.1.status == .valid }.map(\.0)
            }
            forecast.dose = max(dose, Set(valid).count + 1)
        }
        return forecast
    }

    /// Section 9.3, table 9-4 and MULTIANTVG-1.
    private static func multiple(_ forecasts: [SeriesForecast], _ group: VaccineGroup, lastGiven: CivilDate?) -> SeriesForecast {
        let ends: [SeriesForecast.Status] = [.contraindicated, .agedOut, .notRecommended]
        if let end = ends.first(where: { status in forecasts.contains { $0.status == status } }) {
            return SeriesForecast(status: end)
        }
        let open = forecasts.filter { $0.status == .notComplete }
        if open.isEmpty {
            return SeriesForecast(status: forecasts.allSatisfy { $0.status == .immune } ? .immune : .complete)
        }
        let days = open.compactMap(\.earliest)
        let earliest = open.contains(where: \.hasPriority) ? [days.min(), lastGiven].compactMap { $0 }.max() : days.max()
        let recommended = open.compactMap(\.unadjustedRecommended).min()
        let pastDue = open.compactMap(\.unadjustedPastDue).min()
        let doses = open.compactMap(\.dose)
        return SeriesForecast(
            status: .notComplete, dose: group.isGivenWhole ? doses.min() : doses.max(), earliest: earliest,
            recommended: [earliest, recommended].compactMap { $0 }.max(),
            pastDue: pastDue.map { max($0, earliest ?? $0) }, latest: open.compactMap(\.latest).min())
    }
}
