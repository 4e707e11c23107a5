import Documents

/// What a client wants of alerts that were shown before, between choosing an order and signing it.
///
/// - Source: PDDI-CDS, `pddi-configuration-items`; both are off where nothing is said, because the one who chooses is often
///   not the one who signs.
public struct RepeatControl: Sendable, Hashable {
    /// What is shown now is to be remembered.
    public let remembers: Bool
    /// What was shown before is to be left out.
    public let filters: Bool

    public static let none = RepeatControl(remembers: false, filters: false)

    public init(remembers: Bool, filters: Bool) {
        self.remembers = remembers
        self.filters = filters
    }

    /// Reads a call's `extension`.
    init(_ extensions: JSONNode?) {
        let items = extensions?["pddi-configuration-items"]
        remembers = items?["cache-for-order-sign-filtering"]?.isTrue ?? false
        filters = items?["filter-out-repeated-alerts"]?.isTrue ?? false
    }
}

extension JSONNode {
    /// `true`, also as text: one vendor sends every value of an extension so.
    fileprivate var isTrue: Bool { bool ?? (string == "true") }
}
