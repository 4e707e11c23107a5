public import Clinical
public import Knowledge

/// A condition over the facts of a rule, with three values.
public indirect enum Criterion: Sendable, Hashable {
    /// Any no gives no, else any unknown gives unknown. Of nothing: yes.
    case all([Criterion])
    /// Any yes gives yes, else any unknown gives unknown. Of nothing: no.
    case any([Criterion])
    /// The opposite of `any`.
    case none([Criterion])
    case test(FactID, FactTest)
}

/// What is asked of one fact.
public enum FactTest: Sendable, Hashable {
    case isYes
    case isNo
    case isUnknown
    case compare(Comparison, Threshold)
    /// Both ends belong to it.
    case between(Threshold, Threshold)
    case sex(Patient.Sex)
    case routes(Set<RouteGroup>)
    /// The dose form has these words, one after the other.
    case form([String])
    /// A recorded reaction is in the set; all of them, where only such may have been.
    case reaction(CodeSetID, only: Bool)
}

/// A number to compare with, of the fact's own kind.
public enum Threshold: Sendable, Hashable {
    case quantity(Quantity)
    case span(TimeSpan)
    case number(Decimal)
}
