public import Clinical
public import Documents
public import Immunization

/// A patient's vaccinations and forecasts as people and programs read them.
public struct ImmunizationRecord: Sendable {
    public let history: ImmunizationHistory
    public let forecasts: [VaccineGroupForecast]
    public let day: CivilDate

    public init(history: ImmunizationHistory, forecasts: [VaccineGroupForecast], day: CivilDate) {
        self.history = history
        self.forecasts = forecasts
        self.day = day
    }

    /// Groups for which nothing was given and nothing is recommended are left out.
    private var told: [VaccineGroupForecast] {
        forecasts.filter { !$0.doses.isEmpty || $0.forecast.status != .notRecommended }
    }

    public var text: String {
        var lines: [String] = []
        for one in told {
            lines.append("\(one.group): \(Self.words(one.forecast, on: day))")
            for given in one.doses {
                guard let evaluation = given.evaluation else { continue }
                let reasons = evaluation.reasons.map(\.rawValue).joined(separator: ", ")
                let reason = reasons.isEmpty ? "" : " (\(reasons))"
                let target = evaluation.target.map { "dose \($0)" } ?? "no dose"
                lines.append("  \(given.dose.day)  CVX \(given.dose.cvx)  \(evaluation.status.rawValue)\(reason), held against \(target)")
            }
        }
        for unused in history.unused { lines.append("not used: \(unused.reference): \(unused.why)") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func words(_ forecast: SeriesForecast, on day: CivilDate) -> String {
        guard forecast.status == .notComplete else { return forecast.status.rawValue.lowercased() }
        var words = "dose \(forecast.dose ?? 1)"
        if let recommended = forecast.recommended { words += recommended <= day ? " due since \(recommended)" : " due on \(recommended)" }
        if let earliest = forecast.earliest, earliest != forecast.recommended { words += ", earliest \(earliest)" }
        if let pastDue = forecast.pastDue { words += pastDue < day ? ", overdue since \(pastDue)" : ", overdue after \(pastDue)" }
        if let latest = forecast.latest { words += ", latest \(latest)" }
        return words
    }

    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("asOf", string: day.description)
            writer.member("groups") { writer in
                writer.array { writer in
                    for one in told { writer.element { writer in Self.write(one, to: &writer) } }
                }
            }
            writer.member("notUsed") { writer in
                writer.array { writer in
                    for unused in history.unused {
                        writer.element { writer in
                            writer.object { writer in
                                writer.member("reference", string: unused.reference.description)
                                writer.member("reason", string: unused.why)
                            }
                        }
                    }
                }
            }
        }
    }

    private static func write(_ one: VaccineGroupForecast, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("group", string: one.group)
            writer.member("status", string: one.forecast.status.rawValue)
            writer.member("dose", int: one.forecast.dose)
            writer.member("earliest", string: one.forecast.earliest?.description)
            writer.member("recommended", string: one.forecast.recommended?.description)
            writer.member("pastDue", string: one.forecast.pastDue?.description)
            writer.member("latest", string: one.forecast.latest?.description)
            writer.member("series") { writer in
                writer.array { writer in
                    for name in one.series { writer.element(string: name) }
                }
            }
            writer.member("doses") { writer in
                writer.array { writer in
                    for given in one.doses { writer.element { writer in write(given, to: &writer) } }
                }
            }
        }
    }

    private static func write(_ given: VaccineGroupForecast.GivenDose, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("reference", string: given.dose.reference.description)
            writer.member("day", string: given.dose.day.description)
            writer.member("cvx", string: given.dose.cvx)
            writer.member("status", string: given.evaluation?.status.rawValue)
            writer.member("reasons") { writer in
                writer.array { writer in
                    for reason in given.evaluation?.reasons ?? [] { writer.element(string: reason.rawValue) }
                }
            }
            writer.member("heldAgainstDose", int: given.evaluation?.target)
        }
    }
}
