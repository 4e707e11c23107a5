/// How a drug enters the body, as far as rules tell routes apart.
public enum RouteGroup: String, CaseIterable, Sendable, Hashable {
    case oral, intravenous, intramuscular, subcutaneous, transdermal, topical, ophthalmic, otic, inhaled, nasal, rectal, vaginal
    /// Under the tongue or in the cheek.
    case sublingual
    /// Into the cerebrospinal fluid.
    case intrathecal
    case other

    /// True where the drug is meant to reach the whole body, or may: all but those that act where they are put.
    ///
    /// Absorption from the eye, nose, lung or skin is not nothing; a rule that cares names the route itself.
    public var isSystemic: Bool {
        switch self {
        case .topical, .ophthalmic, .otic, .inhaled, .nasal, .vaginal: false
        case .oral, .intravenous, .intramuscular, .subcutaneous, .transdermal, .rectal, .sublingual, .intrathecal, .other: true
        }
    }
}
