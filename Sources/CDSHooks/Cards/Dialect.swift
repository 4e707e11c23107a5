/// What a client makes of cards, where it differs from the standard; chosen for each client by whoever runs the service.
///
/// The standard is CDS Hooks 2.0.1 as every client seen can read it.
public struct Dialect: Sendable, Hashable {
    /// The member in which an action names what it deletes.
    public enum DeleteForm: String, Sendable, Hashable, CaseIterable {
        case resourceID = "resourceId"
        /// As CDS Hooks 1.0 has it; deprecated since.
        case resource
    }

    /// How many suggestions of a card may be accepted.
    public enum SelectionBehavior: String, Sendable, Hashable, CaseIterable {
        case any
        case atMostOne = "at-most-one"
    }

    public var deleteForm: DeleteForm
    public var selectionBehavior: SelectionBehavior
    /// Each suggestion has one action. What takes several together is taken apart where any may be accepted, and is
    /// left to the person where only one may.
    public var hasOneActionPerSuggestion: Bool
    /// `source.topic` is sent.
    public var hasTopics: Bool
    /// Suggestions may change what is on record; without, such changes are told in words.
    public var hasUpdates: Bool

    public init(
        deleteForm: DeleteForm = .resourceID, selectionBehavior: SelectionBehavior = .any, hasOneActionPerSuggestion: Bool = false,
        hasTopics: Bool = true, hasUpdates: Bool = true
    ) {
        self.deleteForm = deleteForm
        self.selectionBehavior = selectionBehavior
        self.hasOneActionPerSuggestion = hasOneActionPerSuggestion
        self.hasTopics = hasTopics
        self.hasUpdates = hasUpdates
    }

    /// CDS Hooks 2.0.1; `any`, because some clients know no other behaviour.
    public static let standard = Dialect()

    /// CDS Hooks 1.0: deletes by `resource`, one suggestion to be accepted, no topics.
    ///
    /// - Source: CDS Hooks 1.0, "Suggestion", "Action", "Source".
    public static let version1 = Dialect(deleteForm: .resource, selectionBehavior: .atMostOne, hasTopics: false)

    /// Epic: one action a suggestion, `any`, and no updates of prescriptions.
    ///
    /// - Source: Epic's CDS Hooks tutorial (fhir.epic.com), suggestions and actions.
    public static let epic = Dialect(hasOneActionPerSuggestion: true, hasUpdates: false)

    /// The dialects that have a name, for configurations.
    public static let named: [String: Dialect] = ["standard": .standard, "1.0": .version1, "epic": .epic]
}

extension Dialect: CustomStringConvertible {
    /// All of it in one word, such as `resourceId,any,actions,topics,updates`; ``init(_:)`` reads it back.
    public var description: String {
        [
            deleteForm.rawValue, selectionBehavior.rawValue, hasOneActionPerSuggestion ? "one-action" : "actions",
            hasTopics ? "topics" : "no-topics", hasUpdates ? "updates" : "no-updates",
        ].joined(separator: ",")
    }

    /// The dialect of a description; `nil` where it is none.
    public init?(_ description: String) {
        let words = description.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 5, let deleteForm = DeleteForm(rawValue: words[0]),
            let selectionBehavior = SelectionBehavior(rawValue: words[1])
        else { return nil }
        self.init(
            deleteForm: deleteForm, selectionBehavior: selectionBehavior, hasOneActionPerSuggestion: words[2] == "one-action",
            hasTopics: words[3] == "topics", hasUpdates: words[4] == "updates")
        guard self.description == description else { return nil }
    }
}
