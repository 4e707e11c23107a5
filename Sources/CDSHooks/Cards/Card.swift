public import Documents

/// One piece of advice in the form that an EHR shows.
///
/// - Source: CDS Hooks 2.0.1, "Card Attributes".
public struct Card: Sendable, Hashable {
    /// Known by this in feedback; the same advice in the same call has the same one.
    public var uuid: String
    /// One sentence of at most 139 UTF-16 units; plain text.
    public var summary: String
    /// GitHub-flavoured Markdown without HTML.
    public var detail: String?
    public var indicator: Indicator
    public var source: Source
    public var suggestions: [Suggestion] = []
    public var overrideReasons: [CardCoding] = []
    /// Members named in reverse DNS.
    public var `extension`: JSONValue?
    /// What it tells; `nil` for a card that tells of no finding.
    public var finding: FindingName?
    /// By what it is known when it comes again; not written.
    var alert: ShownAlert?

    public init(uuid: String, summary: String, detail: String? = nil, indicator: Indicator, source: Source) {
        self.uuid = uuid
        self.summary = summary
        self.detail = detail
        self.indicator = indicator
        self.source = source
    }

    /// A finding of the evaluation, told from the others of its answer.
    public struct FindingName: Sendable, Hashable {
        public let rule: String
        public let key: String
    }

    /// Who says it.
    public struct Source: Sendable, Hashable {
        public var label: String
        /// The kind of advice: the same for every patient, so that an EHR can tie an override to it.
        public var topic: CardCoding

        public init(label: String, topic: CardCoding) {
            self.label = label
            self.topic = topic
        }
    }
}

/// A code on a card; unlike FHIR's Coding it always has code and system.
public struct CardCoding: Sendable, Hashable {
    public var code: String
    public var system: String
    public var display: String

    public init(code: String, system: String, display: String) {
        self.code = code
        self.system = system
        self.display = display
    }
}

/// Something that the user can accept with a click.
public struct Suggestion: Sendable, Hashable {
    public var uuid: String
    public var label: String
    /// To be done together.
    public var actions: [Action]

    public init(uuid: String, label: String, actions: [Action]) {
        self.uuid = uuid
        self.label = label
        self.actions = actions
    }

    /// One change that the EHR makes for the user.
    public struct Action: Sendable, Hashable {
        public enum Change: Sendable, Hashable {
            /// The whole new resource.
            case create(JSONValue)
            /// The whole resource, with its id.
            case update(JSONValue)
            /// `Type/id`.
            case delete(resourceID: String)
        }

        public var change: Change
        public var description: String

        public init(_ change: Change, description: String) {
            self.change = change
            self.description = description
        }
    }
}
