import Clinical
import Engine

extension Criterion {
    /// True where no patient can make it true; a cautious answer, in doubt false.
    var isContradiction: Bool {
        switch self {
        case .test, .none: false
        case .any(let parts): !parts.isEmpty && parts.allSatisfy(\.isContradiction)
        case .all(let parts):
            parts.contains(where: \.isContradiction) || Self.clash(parts.flatMap(\.required))
        }
    }

    /// The tests that must hold wherever it is true.
    var required: [(fact: FactID, test: FactTest)] {
        switch self {
        case .test(let fact, let test): [(fact, test)]
        case .all(let parts): parts.flatMap(\.required)
        case .any(let parts): parts.count == 1 ? parts[0].required : []
        case .none: []
        }
    }

    private static func clash(_ tests: [(fact: FactID, test: FactTest)]) -> Bool {
        for (number, one) in tests.enumerated() {
            for other in tests[(number + 1)...] where one.fact == other.fact && one.test.excludes(other.test) { return true }
        }
        return false
    }
}

extension FactTest {
    /// True where no value passes both.
    func excludes(_ other: FactTest) -> Bool {
        if (self == .isUnknown) != (other == .isUnknown) { return true }
        switch (self, other) {
        case (.isYes, .isNo), (.isNo, .isYes): return true
        case (.sex(let one), .sex(let two)): return one != two
        default: break
        }
        for low in lowerBounds {
            for high in other.upperBounds where high.isBelow(low) { return true }
        }
        for low in other.lowerBounds {
            for high in upperBounds where high.isBelow(low) { return true }
        }
        return false
    }

    /// True where every known value passes the one or the other.
    func completes(_ other: FactTest) -> Bool {
        switch (self, other) {
        case (.isYes, .isNo), (.isNo, .isYes): return true
        case (.sex(let one), .sex(let two)): return one != two
        case (.compare(let mine, let limit), .compare(let theirs, let otherLimit)):
            guard let order = limit.order(to: otherLimit) else { return false }
            switch (mine, theirs) {
            case (.below, .atLeast), (.atMost, .above), (.atMost, .atLeast): return order >= 0
            case (.below, .above): return order > 0
            case (.atLeast, .below), (.above, .atMost), (.atLeast, .atMost): return order <= 0
            case (.above, .below): return order < 0
            default: return false
            }
        default: return false
        }
    }

    private struct Bound {
        let limit: Threshold
        let isIncluded: Bool

        /// True where nothing lies at or below this and at or above the other.
        func isBelow(_ other: Bound) -> Bool {
            guard let order = limit.order(to: other.limit) else { return false }
            return order < 0 || (order == 0 && !(isIncluded && other.isIncluded))
        }
    }

    private var lowerBounds: [Bound] {
        switch self {
        case .compare(.above, let limit): [Bound(limit: limit, isIncluded: false)]
        case .compare(.atLeast, let limit), .between(let limit, _): [Bound(limit: limit, isIncluded: true)]
        default: []
        }
    }

    private var upperBounds: [Bound] {
        switch self {
        case .compare(.below, let limit): [Bound(limit: limit, isIncluded: false)]
        case .compare(.atMost, let limit), .between(_, let limit): [Bound(limit: limit, isIncluded: true)]
        default: []
        }
    }
}
