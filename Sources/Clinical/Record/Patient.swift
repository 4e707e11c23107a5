/// Whom the snapshot is about. Names, addresses and contacts are never read.
public struct Patient: Sendable, Hashable {
    /// Administrative gender, or sex for clinical use where the record has it.
    public enum Sex: String, Sendable, Hashable {
        case female
        case male
    }

    public var reference: ResourceReference?
    public var birthDate: PartialDate?
    /// The instant of birth where the record has the `patient-birthTime` extension.
    public var birthTime: Instant?
    /// `nil` for unknown, other, or not stated.
    public var sex: Sex?
    /// `true` without a date where only that is recorded.
    public var isDeceased: Bool
    public var deathDate: PartialDate?

    public init(
        reference: ResourceReference? = nil, birthDate: PartialDate? = nil, birthTime: Instant? = nil, sex: Sex? = nil,
        isDeceased: Bool = false, deathDate: PartialDate? = nil
    ) {
        self.reference = reference
        self.birthDate = birthDate
        self.birthTime = birthTime
        self.sex = sex
        self.isDeceased = isDeceased
        self.deathDate = deathDate
    }
}
