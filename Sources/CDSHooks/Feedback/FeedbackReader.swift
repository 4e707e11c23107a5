import Clinical
import Digests
import Documents

/// Reads the body of a feedback call, in the standard's form and in those that vendors send.
///
/// All of it is read, or none: a batch with one fault is refused as a whole, with every fault of it.
///
/// - Source: CDS Hooks 2.0.1, "Feedback"; Epic's tutorial: `overrideReasons`, and reasons in an extension; the reference
///   sandbox: reasons without a system.
public enum FeedbackReader {
    /// How many entries a batch may have.
    private static let limit = 10_000

    /// The entries of a body.
    ///
    /// - Throws: ``HookProblem`` 400, naming each member that is wrong.
    static func entries(_ body: JSONNode) throws(HookProblem) -> [CardFeedback] {
        guard body.kind == .object else { throw problem(.structure, "the body must be a JSON object", nil) }
        guard let feedback = body["feedback"], !feedback.isNull else {
            throw problem(.required, "`feedback` is missing", "feedback")
        }
        guard feedback.kind == .array else { throw problem(.structure, "`feedback` must be an array", "feedback") }
        guard feedback.count <= limit else { throw problem(.tooLong, "`feedback` has more than \(limit) entries", "feedback") }
        var entries: [CardFeedback] = [], issues: [HookProblem.Issue] = []
        for (number, node) in feedback.elements.enumerated() {
            var reader = CardFeedbackReader(node, number: number)
            if let entry = reader.entry() { entries.append(entry) }
            issues += reader.issues
            guard issues.count < 100 else { break }
        }
        guard issues.isEmpty else { throw HookProblem(status: 400, issues) }
        return entries
    }

    private static func problem(_ code: HookProblem.Issue.Code, _ words: String, _ member: String?) -> HookProblem {
        HookProblem(status: 400, [HookProblem.Issue(code, words, at: member)])
    }
}

/// Reads one entry, and keeps every fault it meets.
private struct CardFeedbackReader {
    private let node: JSONNode
    private let path: String
    private(set) var issues: [HookProblem.Issue] = []

    init(_ node: JSONNode, number: Int) {
        self.node = node
        path = "feedback[\(number)]"
    }

    /// The entry; `nil` where something is wrong with it.
    mutating func entry() -> CardFeedback? {
        guard node.kind == .object else {
            issues.append(HookProblem.Issue(.structure, "each entry of `feedback` must be an object", at: path))
            return nil
        }
        let card = identifier("card", of: node, at: "\(path).card")
        let outcome = outcome(), timestamp = timestamp(), suggestions = suggestions(outcome)
        let reasons = OverrideReasonReader(node)
        guard issues.isEmpty, let card, let outcome, let timestamp else { return nil }
        return CardFeedback(
            card: card, outcome: outcome, acceptedSuggestions: suggestions, reasons: reasons.reasons,
            userComment: reasons.comment, timestamp: timestamp, digest: Digest(of: JSONValue(node).bytes))
    }

    private mutating func outcome() -> CardFeedback.Outcome? {
        guard let value = present("outcome") else {
            report(.required, "is missing", "outcome")
            return nil
        }
        let outcome = value.string.flatMap(CardFeedback.Outcome.init)
        if outcome == nil { report(.value, "must be `accepted` or `overridden`", "outcome") }
        return outcome
    }

    private mutating func timestamp() -> Instant? {
        guard let value = present("outcomeTimestamp") else {
            report(.required, "is missing", "outcomeTimestamp")
            return nil
        }
        let instant = value.string.flatMap { Instant($0) }
        if instant == nil { report(.value, "must be a date and time with seconds and zone, as RFC 3339 has it", "outcomeTimestamp") }
        return instant
    }

    private mutating func suggestions(_ outcome: CardFeedback.Outcome?) -> [String] {
        let value = present("acceptedSuggestions")
        if let value, value.kind != .array {
            report(.structure, "must be an array of objects with `id`", "acceptedSuggestions")
            return []
        }
        if outcome == .accepted, value?.isEmpty ?? true {
            report(.required, "must name a suggestion where a card was accepted", "acceptedSuggestions")
        }
        var ids: [String] = []
        let accepted = value.map { Array($0.elements) } ?? []
        for (number, suggestion) in accepted.enumerated() {
            if let id = identifier("id", of: suggestion, at: "\(path).acceptedSuggestions[\(number)].id") { ids.append(id) }
        }
        return ids
    }

    // MARK: - Smaller steps

    /// Any text that is not empty: not every client sends UUIDs.
    private mutating func identifier(_ name: String, of object: JSONNode, at member: String) -> String? {
        guard let value = object.member(name), !value.isNull else {
            issues.append(HookProblem.Issue(.required, "`\(member)` is missing", at: member))
            return nil
        }
        guard let text = value.string, !text.isEmpty, text.utf8.count <= 1024 else {
            issues.append(HookProblem.Issue(.value, "`\(member)` must be a string of at most 1024 bytes, and not empty", at: member))
            return nil
        }
        return text
    }

    private func present(_ name: String) -> JSONNode? {
        node.member(name).flatMap { $0.isNull ? nil : $0 }
    }

    private mutating func report(_ code: HookProblem.Issue.Code, _ words: String, _ name: String) {
        issues.append(HookProblem.Issue(code, "`\(path).\(name)` \(words)", at: "\(path).\(name)"))
    }
}
