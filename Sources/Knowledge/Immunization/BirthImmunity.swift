public import Clinical

/// Presumed immunity of those born before a day.
public struct BirthImmunity: Sendable, Hashable {
    public let day: CivilDate
    /// The observations under which the presumption does not hold.
    public let exceptions: [String]
}
