import Digests

/// All that the results of a patient depend on but the patient's own data and the instant, under names that people know.
struct SweepBasis: Sendable {
    /// What may be other from one sweep to the next.
    enum Condition: String, CaseIterable, Sendable {
        case period = "another measurement period or time zone"
        case edition = "other rules, other knowledge or another version of vigil"
        case wanted = "other rules of those that are loaded (--rule)"
        case completeness = "an export that was complete in another way (--complete)"
        case kinds = "other kinds of data"
        case damage = "other damage to the input"
    }

    /// A line for each condition.
    let text: String
    private let lines: [(condition: Condition, line: String)]

    init(_ values: [Condition: String]) {
        lines = Condition.allCases.map { ($0, "\($0) \(Digest(of: values[$0] ?? ""))") }
        text = lines.map(\.line).joined(separator: "\n")
    }

    /// In what another basis differs, in words; nothing where it is the same.
    func difference(from other: String) -> String? {
        let known = Set(other.split { $0 == "\n" }.map { String($0) })
        guard known.count == lines.count else { return "another version of vigil" }
        let words = lines.filter { !known.contains($0.line) }.map(\.condition.rawValue)
        return words.isEmpty ? nil : words.joined(separator: ", and of ")
    }
}
