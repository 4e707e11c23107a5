import Documents

/// Finds why a card was overridden, wherever the client put it; what cannot be read is passed over, for a reason is optional.
struct OverrideReasonReader {
    private(set) var reasons: [CardFeedback.Reason] = []
    private(set) var comment: SensitiveText?

    /// Looks into `overrideReason`, `overrideReasons` and the entry's own extension.
    init(_ entry: JSONNode) {
        for member in [entry["overrideReason"], entry["overrideReasons"]] {
            guard let member else { continue }
            if member.kind == .array { for item in member.elements { read(item) } } else { read(member) }
        }
        if reasons.isEmpty, let extensions = entry["extension"] { read(extensions: extensions) }
    }

    private mutating func read(_ item: JSONNode) {
        guard item.kind == .object else {
            note(item.string)
            return
        }
        note(item["userComment"]?.string)
        let found = reasons.count
        if let reason = item["reason"] {
            if reason.kind == .string { note(reason.string) } else { read(coded: reason) }
        } else {
            read(coded: item)
        }
        if reasons.count == found, let extensions = (item["reason"]?["extension"] ?? item["extension"]) { read(extensions: extensions) }
    }

    /// A Coding, or a CodeableConcept of several.
    private mutating func read(coded value: JSONNode) {
        guard value.kind == .object else { return }
        if let codings = value["coding"], codings.kind == .array {
            for coding in codings.elements { read(coded: coding) }
            return
        }
        let reason = CardFeedback.Reason(
            code: text(value["code"]), system: text(value["system"]), display: text(value["display"]))
        guard reason.code != nil || reason.display != nil, !reasons.contains(reason) else { return }
        reasons.append(reason)
    }

    /// Members named by the vendor, each a coding or a list of them; FHIR's list of `url` and value is read too.
    private mutating func read(extensions: JSONNode) {
        let values = extensions.kind == .array ? Array(extensions.elements) : extensions.members.map(\.value)
        for value in values {
            let inner = value["valueCoding"] ?? value["valueCodeableConcept"] ?? value["reason"] ?? value
            if inner.kind == .array { for item in inner.elements { read(coded: item) } } else { read(coded: inner) }
        }
    }

    /// What was typed; several remarks stand on lines of their own.
    private mutating func note(_ text: String?) {
        guard let text, !text.isEmpty else { return }
        comment = SensitiveText(comment.map { "\($0.revealed)\n\(text)" } ?? text)
    }

    private func text(_ value: JSONNode?) -> String? {
        value?.string.flatMap { $0.isEmpty ? nil : $0 }
    }
}
