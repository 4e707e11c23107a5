import Clinical
public import Documents

/// One member of a call's `prefetch`.
struct SuppliedPrefetch {
    let key: String
    let value: JSONNode
}

/// What came for one of our templates.
///
/// Absent, null and a value are three different answers: not asked, nothing found, and this was found.
///
/// - Source: CDS Hooks 2.0.1, "Prefetch Template"; `null` counts as answered, as Da Vinci CRD states.
public struct PrefetchAnswer: Sendable {
    public enum State: Sendable {
        /// The key did not come: not attempted, or failed.
        case absent
        /// Asked for, and nothing found; the value is JSON's null.
        case null(JSONNode)
        /// A resource, or a Bundle of them.
        case value(JSONNode)
        /// It came under keys of the site's own, whose queries we cannot know.
        case elsewhere([JSONNode])
        /// An OperationOutcome came in its place.
        case failed(JSONNode)
        /// Something of another kind came in its place.
        case mistaken
        /// It did not come, and could not be fetched; why, in words made here.
        case unreachable(why: String)
    }

    public let template: PrefetchTemplate
    public internal(set) var state: State

    /// True where something can be said about the record: also that nothing was found.
    public var isAnswered: Bool {
        switch state {
        case .null, .value, .elsewhere: true
        case .absent, .failed, .mistaken, .unreachable: false
        }
    }

    // MARK: - Matching

    /// What came for each template: by its key, else by the kind of resource under a key that is none of ours.
    static func answers(to templates: [PrefetchTemplate], in supplied: [SuppliedPrefetch]) -> [PrefetchAnswer] {
        let published = Set(templates.map(\.key))
        let byKey = Dictionary(supplied.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        let strays = Dictionary(grouping: supplied.filter { !published.contains($0.key) }) { resourceType(of: $0.value) ?? "" }
        return templates.map { template in
            if let value = byKey[template.key] {
                return PrefetchAnswer(template: template, state: state(of: value, for: template))
            }
            let values = strays[template.resourceType, default: []].map(\.value)
            return PrefetchAnswer(template: template, state: values.isEmpty ? .absent : .elsewhere(values))
        }
    }

    static func state(of value: JSONNode, for template: PrefetchTemplate) -> State {
        if value.isNull { return .null(value) }
        return switch value["resourceType"]?.string {
        case "Bundle", template.resourceType: .value(value)
        case "OperationOutcome": .failed(value)
        default: .mistaken
        }
    }

    /// The kind of resource that a value holds: its own, that of a Bundle's first match, or that of the search it answers.
    private static func resourceType(of value: JSONNode) -> String? {
        guard let own = value["resourceType"]?.string, own == "Bundle" else { return value["resourceType"]?.string }
        for entry in value.bundleEntries {
            if let type = entry["resource"]?["resourceType"]?.string, type != "OperationOutcome" { return type }
        }
        for link in value["link"].map({ Array($0.elements) }) ?? [] where link["relation"]?.string == "self" {
            if let url = link["url"]?.string { return searchedType(in: url) }
        }
        return nil
    }

    /// `Condition` of `https://ehr.example.org/r4/Condition?patient=1`.
    private static func searchedType(in url: String) -> String? {
        url.prefix { $0 != "?" }.split(separator: "/").last.map(String.init)
    }

    // MARK: - Nothing at all

    /// Refuses a call for which nothing of the record came, or nothing of a section without which there is nothing to check.
    ///
    /// Data that came but are thin are no reason: what they lack is stated in the answer.
    ///
    /// - Throws: ``HookProblem`` 412, naming the keys.
    static func require(_ answers: [PrefetchAnswer], for subject: HookSubject) throws(HookProblem) {
        let wanted = switch subject {
        case .recorded, .dispatched: answers.filter { $0.template.section == .medications }
        case .drafts, .medicines, .patient: answers
        }
        guard !wanted.isEmpty, !wanted.contains(where: \.isAnswered) else { return }
        throw HookProblem(status: 412, wanted.map(\.issue))
    }

    private var issue: HookProblem.Issue {
        let member = "prefetch.\(template.key)"
        return switch state {
        case .failed: HookProblem.Issue(.incomplete, "`\(member)` holds an OperationOutcome and no data", at: member)
        case .mistaken: HookProblem.Issue(.value, "`\(member)` holds no \(template.resourceType)", at: member)
        case .unreachable(let why): HookProblem.Issue(.incomplete, "`\(member)` is missing, and \(why)", at: member)
        default: HookProblem.Issue(.required, "`\(member)` is missing, and the FHIR server is not used", at: member)
        }
    }
}
