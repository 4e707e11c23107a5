import Clinical
import Engine
public import RuleLanguage

extension RuleSet {
    /// Why a service does not ask a rule: `retired by my-hospital (my-site/overrides.yaml) until 2027-06-30`; nothing where it does.
    public func whyNotAsked(_ rule: CheckedRule) -> String? {
        switch rule.status {
        case .active, .shadow: return nil
        case .draft: return "a draft"
        case .retired:
            let retiring = overrides.last {
                $0.subject == rule.rule.heading.id && $0.state != .expired && ($0.changes.contains("retire") || $0.changes.contains("set status"))
            }
            guard let retiring else { return "retired" }
            return "retired by \(retiring.name) (\(retiring.file))" + (retiring.until.map { " until \($0)" } ?? "")
        }
    }
}
