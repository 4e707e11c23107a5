import Clinical
import Documents

extension Boundary {
    /// The list of a test in which what a fact looks for has its date.
    private static let lists: KeyValuePairs = ["lab": "labs", "done": "done", "vaccine": "vaccines", "has": "problems"]

    /// Spans counted back from today, wherever a fact is defined; those that hang on another fact are for the author.
    static func collectSpans(_ node: YAMLNode, named name: String, into found: inout [Boundary]) {
        for element in node.elements { collectSpans(element, named: name, into: &found) }
        for (key, value) in node.entries { collectSpans(value, named: key.text ?? name, into: &found) }
        for key in ["latest_within", "within", "or_stopped_within"] {
            guard let value = node[key], let limit = value.text, let span = TimeSpan(limit), span.elapsedMilliseconds == nil,
                let (fact, input) = dated(node, key, named: name)
            else { continue }
            found.append(Boundary(fact: fact, comparison: key, limit: limit, range: value.range, input: input))
        }
    }

    private static func dated(_ node: YAMLNode, _ key: String, named name: String) -> (String, Input)? {
        if key == "or_stopped_within" { return (name, .stopped) }
        for (source, list) in lists {
            guard let value = node[source] else { continue }
            let names = (value.sequence ?? [value]).compactMap(\.text)
            return names.isEmpty ? nil : (names.joined(separator: " or "), .date(list: list, names: names))
        }
        return nil
    }

    /// The first and last day around the far end of the span, each with the word for where it lies.
    func days(before today: CivilDate) -> [(where: String, value: String)] {
        guard let span = TimeSpan(limit) else { return [] }
        let last = today.adding(span.negated)
        return [("on the last day of", "\(last)"), ("a day before", "\(last.adding(TimeSpan(amount: -1, unit: .days)))")]
    }
}

extension YAMLNode {
    /// The same patient with the date of one entry moved; nil where no entry has it.
    func moving(_ input: Boundary.Input, to date: String) -> YAMLNode? {
        switch input {
        case .date(let list, let names):
            return movingEntry(of: list) { words in
                guard names.contains(words[0]) else { return nil }
                // A value may look like a year: of a result only the last word can be its date.
                let places = list == "labs" ? words.indices.suffix(1) : words.indices.dropFirst()
                guard let index = places.last(where: { Self.isDate(words[$0]) }) else { return words + [date] }
                return words.replacing(at: index, with: date)
            }
        case .stopped:
            return movingEntry(of: "taking") { words in
                guard let index = words.firstIndex(of: "stopped").map({ $0 + 1 }), words.indices.contains(index) else { return nil }
                return words.replacing(at: index, with: date)
            }
        case .lab, .key:
            return nil
        }
    }

    private static func isDate(_ word: String) -> Bool {
        word.utf8.count >= 4 && PartialDate(word) != nil
    }

    private func movingEntry(of list: String, _ move: ([String]) -> [String]?) -> YAMLNode? {
        for (index, element) in (self[list]?.elements ?? []).enumerated() {
            guard let words = element.text?.split(separator: " ").map(String.init), !words.isEmpty, let moved = move(words) else { continue }
            return changing([.key(list), .index(index)]) { $0.saying(moved.joined(separator: " ")) }
        }
        return nil
    }
}

extension [String] {
    fileprivate func replacing(at index: Int, with word: String) -> [String] {
        enumerated().map { $0.offset == index ? word : $0.element }
    }
}
