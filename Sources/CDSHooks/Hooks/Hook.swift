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
    /// The member of `context` that holds the orders to be checked; `nil` where the hook is not about orders.
    var draftsField: String? { get }
    /// The member of `context` that names the drafts the user has just chosen; `nil` where the hook has none.
    var selectionsField: String? { get }
    /// The occasion by which rules name this hook.
    var occasion: Occasion { get }
    /// The last segment of our endpoint for it.
    var serviceID: String { get }
    var title: String { get }
    /// What the service does, for the one who sets it up.
    var description: String { get }
}

extension Hook {
    public var draftsField: String? { nil }
    public var selectionsField: String? { nil }
    /// True where a prescriber is about to commit to something.
    public var isAboutOrders: Bool { draftsField != nil }
    public var occasion: Occasion { Occasion(rawValue: name) }
    public var serviceID: String { "vigil-\(name)" }
}

/// One member of a hook's `context`.
public struct ContextField: Sendable, Hashable {
    /// What its value must be.
    public enum Kind: Sendable, Hashable {
        /// A bare id, without a type in front of it.
        case id
        /// `Type/id` of a user.
        case user
        /// An array of `Type/id`.
        case references
        /// A Bundle.
        case bundle
    }

    public let name: String
    public let kind: Kind
    public let isRequired: Bool
    /// True where the definition allows it inside a prefetch template.
    public let isPrefetchToken: Bool

    public init(_ name: String, _ kind: Kind, isRequired: Bool, isPrefetchToken: Bool) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
        self.isPrefetchToken = isPrefetchToken
    }

    public static let userId = ContextField("userId", .user, isRequired: true, isPrefetchToken: true)
    public static let patientId = ContextField("patientId", .id, isRequired: true, isPrefetchToken: true)
    public static let encounterId = ContextField("encounterId", .id, isRequired: false, isPrefetchToken: true)
    public static let draftOrders = ContextField("draftOrders", .bundle, isRequired: true, isPrefetchToken: false)
    public static let selections = ContextField("selections", .references, isRequired: true, isPrefetchToken: false)
}
