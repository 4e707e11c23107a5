import Clinical
public import Documents

/// A threshold of a rule: a fact and a number to which it is compared, or the span within which it counts.
public struct Boundary: Sendable, Hashable {
    public let fact: String
    /// `above`, `at_least`, `below`, `at_most`; `between` for either end of it; the key of a span.
    public let comparison: String
    /// As it is written: `5.5 mmol/L`.
    public let limit: String
    public let range: SourceRange
    /// What a test gives to set the fact.
    public let input: Input

    /// Where the value of a fact stands among what a test gives.
    public enum Input: Sendable, Hashable {
        case lab(String)
        /// `age`, `weight` or `height`, a key of its own.
        case key(String)
        /// The date of an entry of a list (`labs`, `done` …) that has one of these names.
        case date(list: String, names: [String])
        /// The day on which something taken was stopped.
        case stopped
    }

    /// The thresholds of a rule that a test can set, in the order of the text.
    public static func all(in rule: YAMLNode) -> [Boundary] {
        var found: [Boundary] = []
        for key in ["grades", "population", "exclude", "not_due_while", "every", "facts"] {
            if let node = rule[key] { collect(node, facts: rule["facts"], into: &found) }
        }
        for (key, node) in rule.entries where key.text != "tests" {
            collectSpans(node, named: key.text ?? "", into: &found)
        }
        var seen: Set<String> = []
        return found.sorted { $0.range.start < $1.range.start }.filter { seen.insert("\($0.fact) \($0.limit)").inserted }
    }

    private static func collect(_ node: YAMLNode, facts: YAMLNode?, into found: inout [Boundary]) {
        for element in node.elements { collect(element, facts: facts, into: &found) }
        for (key, value) in node.entries {
            guard let fact = key.text else { continue }
            if let input = input(of: fact, facts: facts) {
                for (comparison, limit) in value.entries { add(fact, comparison, limit, input, into: &found) }
            }
            collect(value, facts: facts, into: &found)
        }
    }

    private static func add(
        _ fact: String, _ comparison: YAMLNode, _ limit: YAMLNode, _ input: Input, into found: inout [Boundary]
    ) {
        guard let word = comparison.text, let text = limit.text else { return }
        if word == "between", let (low, high) = WrittenNumber.ends(of: text) {
            found.append(Boundary(fact: fact, comparison: word, limit: low, range: limit.range, input: input))
            found.append(Boundary(fact: fact, comparison: word, limit: high, range: limit.range, input: input))
        } else if ["above", "at_least", "below", "at_most"].contains(word) {
            found.append(Boundary(fact: fact, comparison: word, limit: text, range: limit.range, input: input))
        }
    }

    private static func input(of fact: String, facts: YAMLNode?) -> Input? {
        if ["age", "weight", "height"].contains(fact) { return .key(fact) }
        return facts?[fact]?["lab"]?.text.map { .lab($0) }
    }
}

extension Boundary {
    /// The values around the limit, each with the word for where it lies.
    var values: [(where: String, value: String)] {
        guard let number = WrittenNumber(limit) else { return [] }
        return [("just below", -1), ("exactly", 0), ("just above", 1)].compactMap { words, step in
            (step == 0 ? number : number.finer).stepped(by: step).map { (words, $0.text) }
        }
    }

    /// The limit in a unit that does not fit it: what somebody types who mistakes one for the other.
    var wrongUnit: String? {
        guard case .lab = input, let number = WrittenNumber(limit) else { return nil }
        let unit = number.rest.drop { $0 == " " }
        let other = unit.contains("/") && !unit.hasPrefix("mg/") ? "mg/dL" : "mm[Hg]"
        return WrittenNumber(digits: number.digits, scale: number.scale, rest: " " + other).text
    }
}
