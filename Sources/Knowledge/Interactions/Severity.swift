/// How bad it can be, from nothing to never.
public enum Severity: String, Sendable, Hashable, Comparable, CaseIterable {
    case none, minor, moderate, major, contraindicated

    /// 0 for none to 4 for contraindicated.
    public var rank: Int {
        switch self {
        case .none: 0
        case .minor: 1
        case .moderate: 2
        case .major: 3
        case .contraindicated: 4
        }
    }

    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
