public import Clinical
public import Documents
public import Engine

/// A result as a line of JSON.
public struct MeasureResultJSON: Sendable {
    private let result: MeasureResult
    private let patient: ResourceReference?
    private let period: MeasurementPeriod

    public init(_ result: MeasureResult, patient: ResourceReference?, period: MeasurementPeriod) {
        self.result = result
        self.patient = patient
        self.period = period
    }

    public func write(to writer: inout JSONWriter) {
        writer.object { object in
            if let patient { object.member("patient", string: "\(patient)") }
            object.member("measure", string: result.measure)
            object.member("period") { $0.object { days in
                days.member("start", string: "\(period.start)")
                days.member("end", string: "\(period.end)")
            } }
            object.member("rates") { $0.array { rates in
                for rate in result.rates { Self.write(rate, to: &rates) }
            } }
        }
    }

    private static func write(_ rate: RateResult, to writer: inout JSONWriter) {
        writer.object { object in
            if !rate.name.isEmpty { object.member("name", string: rate.name) }
            object.member("gap", string: rate.gap.rawValue)
            if let due = rate.due { object.member("due", string: "\(due)") }
            object.member("populations") { $0.object { populations in
                for name in MeasureDeckReport.populations {
                    if let membership = rate[name] { populations.member(name, int: membership.count) }
                }
            } }
            object.member("evidence") { $0.object { evidence in
                for name in MeasureDeckReport.populations {
                    guard let found = rate[name]?.evidence, !found.isEmpty else { continue }
                    evidence.member(name) { $0.array { list in for one in found { list.string("\(one)") } } }
                }
            } }
            if !rate.notChecked.isEmpty {
                object.member("notChecked") { $0.array { list in for reason in rate.notChecked { list.string(reason.why) } } }
            }
        }
    }
}
