import Clinical
import Knowledge

extension PlannedRule {
    /// A test in the words of its author, as far as they are kept: `potassium above 5.5 mmol/L`.
    func words(for fact: FactID, _ test: FactTest) -> String {
        let name = facts[fact.index].name
        return switch test {
        case .isYes: name
        case .isNo: "\(name) no"
        case .isUnknown: "\(name) unknown"
        case .compare(let comparison, let threshold): "\(name) \(comparison.words) \(threshold.words)"
        case .between(let low, let high): "\(name) between \(low.words) and \(high.words)"
        case .sex(let sex): "\(name) \(sex.rawValue)"
        case .routes(let routes): "\(name) \(routes.map(\.rawValue).sorted().joined(separator: " or "))"
        case .form(let words): "\(name) \(words.joined(separator: " "))"
        case .reaction(_, let only): only ? "\(name) only of the named group" : "\(name) of the named group"
        }
    }
}

extension Comparison {
    fileprivate var words: String { String(rawValue.map { $0 == "_" ? " " : $0 }) }
}

extension Threshold {
    fileprivate var words: String {
        switch self {
        case .quantity(let quantity): "\(quantity)"
        case .span(let span): span.words
        case .number(let number): "\(number)"
        }
    }
}
