import Clinical
import Documents
import Engine

/// What rows of one ladder say of one another.
extension RuleReader {
    /// Says where a row cannot decide: by itself, because of an earlier one, or because the earlier ones leave nothing.
    func checkReachable(_ when: Criterion?, name: String, at range: SourceRange, condition: SourceRange?, earlier: [PlannedGrade]) {
        let start = range.start(of: 1)
        if let row = earlier.first(where: { $0.when == nil }) {
            report("V305", .warning, "this row can never be reached: row `\(row.name)` is always true", at: start)
            return
        }
        guard let when else {
            if let names = exhausted(earlier) {
                report("V305", .warning, "this row can never be reached: rows \(names) leave nothing for it", at: start)
            }
            return
        }
        if when.isContradiction {
            report(
                "V304", "this condition can never be true: two of its tests exclude one another", at: condition ?? start)
            return
        }
        for row in earlier {
            guard let before = row.when, when.implies(before) else { continue }
            report("V305", .warning, "this row can never be reached: row `\(row.name)` is true whenever it is", at: start)
            return
        }
        checkParts(when, at: start, earlier)
        checkLimits(when, name: name, at: start, earlier)
    }

    /// A part of an `any` that an earlier row has taken.
    private func checkParts(_ when: Criterion, at range: SourceRange, _ earlier: [PlannedGrade]) {
        guard case .any(let parts) = when else { return }
        for part in parts {
            guard let row = earlier.first(where: { $0.when.map { part.implies($0) } ?? false }) else { continue }
            let name = part.required.first.map { "`\(facts[$0.fact.index].name)`" } ?? "one"
            report(
                "V306", .warning, "a part of this row never decides: row `\(row.name)` is true whenever its test of \(name) is",
                at: range, help: ["put this row before `\(row.name)`, or take the part away"])
            return
        }
    }

    /// `below 30` and `above 30` leave out 30.
    private func checkLimits(_ when: Criterion, name: String, at range: SourceRange, _ earlier: [PlannedGrade]) {
        guard case .test(let fact, .compare(let comparison, let limit)) = when, comparison == .above || comparison == .below else { return }
        let tests = earlier.compactMap { row -> (String, FactTest)? in
            guard case .test(fact, let test)? = row.when else { return nil }
            return (row.name, test)
        }
        let opposite: Comparison = comparison == .above ? .below : .above
        for (other, test) in tests {
            guard case .compare(opposite, let otherLimit) = test, limit.order(to: otherLimit) == 0 else { continue }
            let isTaken = tests.contains { _, test in
                switch test {
                case .compare(.atLeast, let end), .compare(.atMost, let end): end.order(to: limit) == 0
                case .between(let low, let high): (low.order(to: limit) ?? 1) <= 0 && (high.order(to: limit) ?? -1) >= 0
                default: false
                }
            }
            guard !isTaken else { return }
            report(
                "V307", .warning, "`\(facts[fact.index].name)` of exactly \(limit.words) falls between row `\(other)` and this one", at: range,
                help: ["write `\(comparison == .above ? "at_least" : "at_most")` here, or `\(comparison == .above ? "at_most" : "at_least")` there"])
            return
        }
    }

    /// The names of rows that together are true for everybody: two tests that complete one another, and `unknown`.
    private func exhausted(_ rows: [PlannedGrade]) -> String? {
        let tests = rows.compactMap { row -> (name: String, fact: FactID, test: FactTest)? in
            guard case .test(let fact, let test)? = row.when else { return nil }
            return (row.name, fact, test)
        }
        for unknown in tests where unknown.test == .isUnknown {
            let same = tests.filter { $0.fact == unknown.fact }
            for (number, one) in same.enumerated() {
                for other in same[(number + 1)...] where one.test.completes(other.test) {
                    return "`\(one.name)`, `\(other.name)` and `\(unknown.name)`"
                }
            }
        }
        return nil
    }
}

extension Threshold {
    var words: String {
        switch self {
        case .quantity(let quantity): "\(quantity)"
        case .span(let span): "\(span)"
        case .number(let number): "\(number)"
        }
    }
}
