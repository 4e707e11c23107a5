import Engine
public import RuleLanguage

/// The drafts and the rules in shadow among some rules: what no count of their alerts holds, unless it was asked as if active.
public struct UnaskedRules: Sendable {
    private let drafts: [String]
    private let shadows: [String]
    private let areAskedAsIfActive: Bool

    /// - Parameter areAskedAsIfActive: true where they were asked like the rest.
    public init(in ruleSet: RuleSet, areAskedAsIfActive: Bool) {
        func ids(_ status: RuleStatus) -> [String] { ruleSet.rules.filter { $0.status == status }.map(\.rule.heading.id).sorted() }
        drafts = ids(.draft)
        shadows = ids(.shadow)
        self.areAskedAsIfActive = areAskedAsIfActive
    }

    /// `not asked: 1 draft (metformin-low-egfr); with --drafts it is asked as if it were active`; nothing where there are none.
    public var text: String? {
        let parts = [words(drafts, "draft", "drafts"), words(shadows, "rule in shadow", "rules in shadow")].compactMap(\.self)
        guard !parts.isEmpty else { return nil }
        let list = parts.joined(separator: ", ")
        if areAskedAsIfActive { return "asked as if active: \(list)\n" }
        let isOne = drafts.count + shadows.count == 1
        return "not asked: \(list); with --drafts \(isOne ? "it is asked as if it were active" : "they are asked as if they were active")\n"
    }

    private func words(_ ids: [String], _ one: String, _ many: String) -> String? {
        guard !ids.isEmpty else { return nil }
        let named = ids.prefix(10).joined(separator: ", ") + (ids.count > 10 ? " and \(ids.count - 10) more" : "")
        return "\(ids.count) \(ids.count == 1 ? one : many) (\(named))"
    }
}
