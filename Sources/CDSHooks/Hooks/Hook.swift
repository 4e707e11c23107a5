public import Engine

/// A moment in an EHR's day at which it asks for advice: what it sends along, and what we publish for it.
///
/// One conforming type a file, and one line in ``HookCatalog``; nothing else knows which hooks there are.
///
/// - Source: CDS Hooks 2.0.1, "Hook Definition"; the hooks of the CDS Hooks library.
public protocol Hook: Sendable {
    /// The name as the hook's definition spells it.
    var name: String { get }
    /// What `context` holds, in the order of the definition.
    var context: [ContextField] { get }
    /// What is checked.
    var subject: HookSubject { get }
    /// The member of `context` that names the drafts the user has just chosen; `nil` where the hook has none.
    var selectionsField: String? { get }
    /// The occasions whose rules apply, as rules name them.
    var occasions: [Occasion] { get }
    /// What a card says of a drug that was sent to be checked.
    var wordForOrdered: String { get }
    /// The last segment of our endpoint for it.
    var serviceID: String { get }
    var title: String { get }
    /// What the service does, for the one who sets it up.
    var description: String { get }
    /// When an administrator would enable it, and what it must not be mistaken for.
    var usage: String { get }
}

extension Hook {
    public var selectionsField: String? { nil }
    public var wordForOrdered: String { "ordered" }
    public var serviceID: String { "vigil-\(name)" }

    /// True where a card may say what of the medicines could not be checked.
    public var isAboutMedicines: Bool { subject != .patient }
    /// The member of `context` that holds the orders to be checked; `nil` where the hook brings none.
    public var draftsField: String? {
        if case .drafts(let field) = subject { field } else { nil }
    }
}

/// What a hook is about: how the drugs to be checked are found.
public enum HookSubject: Sendable, Hashable {
    /// The drafts in this member of `context`.
    case drafts(String)
    /// Orders on record that this member of `context` refers to.
    case dispatched(String)
    /// Every medicine that is taken now, against what this member of `context` newly records; what follows without
    /// the new entry is not said again.
    case recorded(String)
    /// Every medicine that is taken now, against the rest of the record.
    case medicines
    /// Nothing is being ordered: what is due for the patient.
    case patient
}

/// One member of a hook's `context`.
public struct ContextField: Sendable, Hashable {
    /// What its value must be.
    public enum Kind: Sendable, Hashable {
        /// A bare id, without a type in front of it.
        case id
        /// `Type/id` of a user.
        case user
        /// `Type/id`.
        case reference
        /// An array of `Type/id`.
        case references
        /// A Bundle.
        case bundle
        /// A resource, `{"resource": …}` around one, or a Bundle of them: definitions and their examples differ.
        case entries
        /// Whatever it is, we do not read it.
        case unread
    }

    public let name: String
    public let kind: Kind
    public let isRequired: Bool
    /// True where the definition allows it inside a prefetch template.
    public let isPrefetchToken: Bool
    /// Other names under which it was defined or is sent.
    public let aliases: [String]

    public init(_ name: String, _ kind: Kind, isRequired: Bool, isPrefetchToken: Bool, aliases: [String] = []) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
        self.isPrefetchToken = isPrefetchToken
        self.aliases = aliases
    }

    /// The same field where a hook demands it less or more.
    public func required(_ isRequired: Bool) -> ContextField {
        ContextField(name, kind, isRequired: isRequired, isPrefetchToken: isPrefetchToken, aliases: aliases)
    }

    public static let userId = ContextField("userId", .user, isRequired: true, isPrefetchToken: true)
    public static let patientId = ContextField("patientId", .id, isRequired: true, isPrefetchToken: true)
    public static let encounterId = ContextField("encounterId", .id, isRequired: false, isPrefetchToken: true)
    public static let draftOrders = ContextField("draftOrders", .bundle, isRequired: true, isPrefetchToken: false)
    public static let selections = ContextField("selections", .references, isRequired: true, isPrefetchToken: false)
}
