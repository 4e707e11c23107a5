import Clinical
import Documents

/// What the `context` of a call holds, as far as it was well formed.
struct HookRequestContext {
    var user: ResourceReference?
    var patientID: String?
    var encounterID: String?
    var drafts: JSONNode?
    var selections: [ResourceReference] = []
    var dispatched: [ResourceReference] = []
    var recorded: JSONNode?

    /// Takes a well-formed `value` as the value of `field`; gives the fault where it is not well formed.
    mutating func take(_ value: JSONNode, as field: ContextField, of hook: any Hook) -> HookProblem.Issue? {
        let member = "context.\(field.name)"
        switch field.kind {
        case .id:
            return takeID(value, field, member)
        case .user:
            guard let reference = userReference(value) else {
                return HookProblem.Issue(
                    .value, "`\(member)` must be `Type/id` of a Practitioner, PractitionerRole, Patient or RelatedPerson",
                    at: member)
            }
            user = reference
        case .reference:
            guard value.string.flatMap({ ResourceReference(relative: $0) }) != nil else {
                return HookProblem.Issue(.value, "`\(member)` must be a string `Type/id`", at: member)
            }
        case .references:
            guard value.kind == .array, let references = references(value) else {
                return HookProblem.Issue(.value, "`\(member)` must be an array of strings `Type/id`", at: member)
            }
            if field.name == hook.selectionsField { selections = references }
            if hook.subject == .dispatched(field.name) { dispatched = references }
        case .bundle:
            guard value.kind == .object, value["resourceType"]?.string == "Bundle" else {
                return HookProblem.Issue(.structure, "`\(member)` must be a FHIR Bundle", at: member)
            }
            if field.name == hook.draftsField { drafts = value }
        case .entries:
            guard let entries = entries(value) else {
                return HookProblem.Issue(.structure, "`\(member)` must be a FHIR resource, or a Bundle of them", at: member)
            }
            if hook.subject == .recorded(field.name) { recorded = entries }
        case .unread:
            break
        }
        return nil
    }

    private mutating func takeID(_ value: JSONNode, _ field: ContextField, _ member: String) -> HookProblem.Issue? {
        guard let id = value.string, isBareID(id) else {
            return HookProblem.Issue(.value, "`\(member)` must be a bare id: a string without `/` or blanks", at: member)
        }
        if field.name == ContextField.patientId.name { patientID = id }
        if field.name == ContextField.encounterId.name { encounterID = id }
        return nil
    }
}

/// Any length: the ids of one vendor have 194 characters where FHIR allows 64.
private func isBareID(_ id: String) -> Bool {
    !id.isEmpty && !id.utf8.contains { $0 <= 0x20 || $0 == UInt8(ascii: "/") || $0 == 0x7F }
}

private let userTypes: Set<String> = ["Practitioner", "PractitionerRole", "Patient", "RelatedPerson"]

private func userReference(_ value: JSONNode) -> ResourceReference? {
    guard let reference = value.string.flatMap({ ResourceReference(relative: $0) }) else { return nil }
    return userTypes.contains(reference.type) ? reference : nil
}

private func references(_ value: JSONNode) -> [ResourceReference]? {
    var found: [ResourceReference] = []
    for element in value.elements {
        guard let reference = element.string.flatMap({ ResourceReference(relative: $0) }) else { return nil }
        found.append(reference)
    }
    return found
}

/// A resource or a Bundle, out of the `{"resource": …}` that one example of the library puts around it.
private func entries(_ value: JSONNode) -> JSONNode? {
    guard value.kind == .object else { return nil }
    if value["resourceType"]?.string != nil { return value }
    guard let inner = value["resource"], inner["resourceType"]?.string != nil else { return nil }
    return inner
}

extension ResourceReference {
    /// `Type/id`, also at the end of an absolute address.
    init?(relative text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count > 3 && text.contains("://") else { return nil }
        let type = String(parts[parts.count - 2]), id = String(parts[parts.count - 1])
        guard isBareID(id), let first = type.utf8.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else { return nil }
        self.init(type: type, id: id)
    }
}
