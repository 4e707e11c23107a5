public import CDSHooks
import Documents

/// What should be said of a story, what may be, and what must be owned up to.
public struct CaseExpectation: Sendable {
    /// What a story measures.
    public enum Kind: String, Sendable, CaseIterable {
        /// That something is said.
        case alert
        /// That nothing is said that nobody needs.
        case silence
        /// That what could not be checked is said.
        case notChecked = "not-checked"
    }

    public let kind: Kind
    /// Whether an alert does as well as owning up that something was not checked.
    let allowsAlert: Bool
    /// An alert must reach this.
    let least: Indicator?
    /// No card that concerns the story may be above this; `nil` as a ceiling of silence means that none may be there.
    let ceiling: Ceiling?
    let greatestCount: Int?
    /// Each must stand in one card; `a|b` is either.
    let mentions: [String]
    /// What the statement of what was not checked must say.
    let mustSay: [String]
    /// The items that must be named as not checked.
    let notChecked: [String]
    /// On patient-view: the measure or vaccine that the story is about.
    let topic: String?

    enum Ceiling: Sendable {
        case none
        case indicator(Indicator)
    }

    init(_ node: YAMLNode, in source: Source) throws(DeckError) {
        let entries = DeckEntries(node, in: source)
        try entries.allow(
            "alert", "indicator_at_least", "max_indicator", "max_cards", "mentions", "must_say", "not_checked", "about", "measure", "gap")
        allowsAlert = node["alert"]?.text == "either"
        let isAlert = try allowsAlert ? true : entries.flag("alert")
        notChecked = try entries.texts("not_checked")
        kind = !notChecked.isEmpty ? .notChecked : isAlert ? .alert : .silence
        mentions = try entries.texts("mentions")
        mustSay = try entries.texts("must_say")
        greatestCount = try entries.integer("max_cards")
        topic = entries.optional("measure") ?? entries.optional("about")
        least = try Self.indicator("indicator_at_least", entries)
        ceiling = entries.optional("max_indicator") == "none" ? Ceiling.none : try Self.indicator("max_indicator", entries).map(Ceiling.indicator)
        if kind == .alert || allowsAlert, mentions.isEmpty || least == nil { throw entries.error("an alert needs `mentions` and `indicator_at_least`") }
    }

    private static func indicator(_ key: String, _ entries: DeckEntries) throws(DeckError) -> Indicator? {
        guard let word = entries.optional(key) else { return nil }
        guard let indicator = Indicator(rawValue: word) else { throw entries.error("`\(word)` is no indicator: info, warning, critical") }
        return indicator
    }
}
