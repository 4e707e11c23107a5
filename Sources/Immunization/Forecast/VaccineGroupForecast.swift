public import Clinical
import Knowledge

/// What a group of vaccines has done so far, and what is due of it.
public struct VaccineGroupForecast: Sendable, Hashable {
    /// A dose of the patient's history, with what it counts for in each antigen of the group.
    public struct GivenDose: Sendable, Hashable {
        public let dose: ImmunizationHistory.Dose
        public let antigens: [AntigenEvaluation]

        /// What it counts for in the group: not valid where it is not valid for one of its antigens, else valid where one needed it.
        ///
        /// In an antigen with more than one best series it counts for what it counts for in the one that has most of it.
        public var evaluation: DoseEvaluation? {
            let order: [DoseEvaluation.Status] = [.notValid, .valid, .extraneous]
            return order.lazy.compactMap { status in antigens.first { $0.evaluation.status == status }?.evaluation }.first
        }
    }

    public struct AntigenEvaluation: Sendable, Hashable {
        public let antigen: String
        public let series: String
        public let evaluation: DoseEvaluation
    }

    public let group: String
    public let forecast: SeriesForecast
    /// The series that the forecast rests on.
    public let series: [String]
    public let doses: [GivenDose]
}
