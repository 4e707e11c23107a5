import Clinical
import Engine

extension Criterion {
    /// True where this, when it is true, makes the other true as well; a cautious answer, in doubt false.
    func implies(_ other: Criterion) -> Bool {
        if self == other { return true }
        switch other {
        case .all(let parts): return parts.allSatisfy { implies($0) }
        case .any(let parts): if parts.contains(where: { implies($0) }) { return true }
        default: break
        }
        switch (self, other) {
        case (.all(let parts), _): return parts.contains { $0.implies(other) }
        case (.any(let parts), _): return !parts.isEmpty && parts.allSatisfy { $0.implies(other) }
        case (.test(let fact, let test), .test(let otherFact, let otherTest)):
            return fact == otherFact && test.implies(otherTest)
        default: return false
        }
    }

    /// Facts that are known wherever this is true.
    var knownWhenTrue: Set<FactID> {
        switch self {
        case .all(let parts): parts.reduce(into: []) { $0.formUnion($1.knownWhenTrue) }
        case .any(let parts):
            parts.dropFirst().reduce(parts.first?.knownWhenTrue ?? []) { $0.intersection($1.knownWhenTrue) }
        case .none: []
        case .test(let fact, let test): test == .isUnknown ? [] : [fact]
        }
    }

    /// Facts that are known wherever this is false: those of which it asks whether they are unknown.
    var knownWhenFalse: Set<FactID> {
        switch self {
        case .test(let fact, .isUnknown): [fact]
        case .any(let parts): parts.reduce(into: []) { $0.formUnion($1.knownWhenFalse) }
        case .all(let parts): parts.count == 1 ? parts[0].knownWhenFalse : []
        default: []
        }
    }

    /// Every test in it.
    var tests: [(FactID, FactTest)] {
        switch self {
        case .all(let parts), .any(let parts), .none(let parts): parts.flatMap(\.tests)
        case .test(let fact, let test): [(fact, test)]
        }
    }
}

extension FactTest {
    fileprivate func implies(_ other: FactTest) -> Bool {
        switch (self, other) {
        case (.routes(let mine), .routes(let theirs)): return mine.isSubset(of: theirs)
        case (.form(let mine), .form(let theirs)): return mine.joined(separator: " ").hasWords(theirs)
        case (.compare(let mine, let limit), .compare(let theirs, let otherLimit)):
            return limit.isTighter(than: otherLimit, mine, theirs)
        case (.between(let low, let high), .compare(let comparison, let limit)):
            return low.isTighter(than: limit, .atLeast, comparison) || high.isTighter(than: limit, .atMost, comparison)
        default: return self == other
        }
    }
}

extension Threshold {
    /// True where being `mine` this limit means being `theirs` the other.
    fileprivate func isTighter(than other: Threshold, _ mine: Comparison, _ theirs: Comparison) -> Bool {
        guard let order = order(to: other) else { return false }
        switch (mine, theirs) {
        case (.above, .above), (.above, .atLeast), (.atLeast, .atLeast): return order >= 0
        case (.atLeast, .above): return order > 0
        case (.below, .below), (.below, .atMost), (.atMost, .atMost): return order <= 0
        case (.atMost, .below): return order < 0
        default: return false
        }
    }

    /// Below, at or above the other; nothing where they are of different kinds or units.
    func order(to other: Threshold) -> Int? {
        switch (self, other) {
        case (.number(let one), .number(let two)): return one < two ? -1 : one == two ? 0 : 1
        case (.span(let one), .span(let two)):
            return one.unit == two.unit ? (one.amount - two.amount).signum() : nil
        case (.quantity(let one), .quantity(let two)):
            if one.compare(.above, two) == .yes { return 1 }
            if one.compare(.below, two) == .yes { return -1 }
            return one.compare(.equal, two) == .yes ? 0 : nil
        default: return nil
        }
    }
}
