/// On which side of a threshold a value is asked to lie.
@frozen
public enum Comparison: String, Sendable, Hashable, CaseIterable {
    case above
    case atLeast = "at_least"
    case below
    case atMost = "at_most"
    case equal

    /// Whether a value answers the comparison that stands to its threshold as `order`: -1 below, 0 equal, 1 above.
    func holds(_ order: Int) -> Bool {
        switch self {
        case .above: order > 0
        case .atLeast: order >= 0
        case .below: order < 0
        case .atMost: order <= 0
        case .equal: order == 0
        }
    }

    /// Whether every value of a one-sided window answers the comparison, none does, or some do.
    ///
    /// - Parameters:
    ///   - comparator: `<` for the window below its bound, and so on.
    ///   - order: how the bound stands to the threshold.
    /// - Returns: `nil` where some do.
    func holds(throughout comparator: Quantity.Comparator, bound order: Int) -> Bool? {
        // The window reaches one way without end. On that side of the threshold it surely lies in part; it lies there
        // wholly if its bound does, or stands at the threshold and one of the two is exclusive.
        let (wholeBeyond, touches): (Bool, Bool) =
            switch comparator {
            case .below, .atMost: (order < 0, order == 0)
            case .above, .atLeast: (order > 0, order == 0)
            }
        let isBoundIncluded = comparator == .atMost || comparator == .atLeast
        let isDownward = comparator == .below || comparator == .atMost
        let isStrictlyBeyond = wholeBeyond || (touches && !isBoundIncluded)
        let isBeyondOrAt = wholeBeyond || touches
        switch self {
        case .below: return isDownward ? (isStrictlyBeyond ? true : nil) : (isBeyondOrAt ? false : nil)
        case .atMost: return isDownward ? (isBeyondOrAt ? true : nil) : (isStrictlyBeyond ? false : nil)
        case .above: return isDownward ? (isBeyondOrAt ? false : nil) : (isStrictlyBeyond ? true : nil)
        case .atLeast: return isDownward ? (isStrictlyBeyond ? false : nil) : (isBeyondOrAt ? true : nil)
        case .equal: return isStrictlyBeyond ? false : nil
        }
    }
}
