public import Knowledge

/// How urgently a card asks to be read.
public enum Indicator: String, Sendable, Hashable, CaseIterable {
    case info
    case warning
    case critical

    /// How each severity is shown.
    public init(_ severity: Severity) {
        switch severity {
        case .contraindicated: self = .critical
        case .major: self = .warning
        case .moderate, .minor, .none: self = .info
        }
    }
}

extension Severity {
    /// A number that tells cards of one indicator apart: higher is more important.
    var rank: Int {
        switch self {
        case .none: 0
        case .minor: 100
        case .moderate: 200
        case .major: 300
        case .contraindicated: 400
        }
    }
}
