import Clinical
import Documents

/// What the `context` of a call holds, as far as it was well formed.
struct HookRequestContext {
    var user: ResourceReference?
    var patientID: String?
    var encounterID: String?
    var drafts: JSONNode?
    var selections: [ResourceReference] = []

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
        case .references:
            guard value.kind == .array, let references = references(value) else {
                return HookProblem.Issue(.value, "`\(member)` must be an array of strings `Type/id`", at: member)
            }
            selections = references
        case .bundle:
            guard value.kind == .object, value["resourceType"]?.string == "Bundle" else {
                return HookProblem.Issue(.structure, "`\(member)` must be a FHIR Bundle", at: member)
            }
            if field.name == hook.draftsField { drafts = value }
        }
        return nil
    }

    private mutating func takeID(_ value: JSONNode, _ field: ContextField, _ member: String) -> HookProblem.Issue? {
        guard let id = value.string, isBareID(id) else {
            return HookProblem.Issue(.value, "`\(member)` must be a bare id: a string without `/` or blanks", at: member)
        }
        if field == .patientId { patientID = id }
        if field == .encounterId { encounterID = id }
        return nil
    }
}

/// Any length: the ids of one vendor have 194 characters where FHIR allows 64.
private func isBareID(_ id: String) -> Bool {
    !id.isEmpty && !id.utf8.contains { $0 <= 0x20 || $0 == UInt8(ascii: "/") || $0 == 0x7F }
}

private let userTypes: Set<String> = ["Practitioner", "PractitionerRole", "Patient", "RelatedPerson"]

private func userReference(_ value: JSONNode) -> ResourceReference? {
    guard let reference = value.string.flatMap(relativeReference), userTypes.contains(reference.type) else { return nil }
    return reference
}

private func references(_ value: JSONNode) -> [ResourceReference]? {
    var found: [ResourceReference] = []
    for element in value.elements {
        guard let reference = element.string.flatMap(relativeReference) else { return nil }
        found.append(reference)
    }
    return found
}

/// `Type/id`, also at the end of an absolute address.
private func relativeReference(_ text: String) -> ResourceReference? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count > 3 && text.contains("://") else { return nil }
    let type = String(parts[parts.count - 2]), id = String(parts[parts.count - 1])
    guard isBareID(id), let first = type.utf8.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else { return nil }
    return ResourceReference(type: type, id: id)
}
