/// Which amount of a drug is asked for.
public struct DoseQuery: Sendable, Hashable {
    /// Over which time.
    public enum Measure: Sendable, Hashable {
        /// The largest amount taken at one time.
        case single
        /// All that is taken in a day.
        case daily
    }

    /// In proportion to what.
    public enum Basis: Sendable, Hashable {
        case whole
        case perKilogram(WeightQuery)
        /// Body surface after Mosteller, from weight and height.
        case perSquareMetre(weight: LabQuery, height: LabQuery)
    }

    public let role: RoleID
    public let measure: Measure
    public let basis: Basis

    public init(role: RoleID, measure: Measure, basis: Basis = .whole) {
        self.role = role
        self.measure = measure
        self.basis = basis
    }
}

/// Which weight of the patient is meant, and where it comes from.
public struct WeightQuery: Sendable, Hashable {
    public enum Choice: String, Sendable, Hashable, CaseIterable {
        /// As measured.
        case actual
        /// After Devine, from height and sex.
        case ideal
        /// Ideal weight and 0.4 of what lies above it; the actual weight where that is less than the ideal.
        case adjusted
        /// The ideal weight, or the actual one where that is less.
        case lesser
    }

    public let choice: Choice
    public let weight: LabQuery
    /// Needed for every choice but the actual weight.
    public let height: LabQuery?

    public init(choice: Choice, weight: LabQuery, height: LabQuery?) {
        self.choice = choice
        self.weight = weight
        self.height = height
    }
}
