public import Engine
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

    /// How a finding is shown: what has stood since its drugs were last ordered does not interrupt again, unless it is contraindicated.
    public init(_ finding: Finding) {
        let stands = finding.standsSince != nil && finding.severity < .contraindicated
        self = stands ? .info : Indicator(finding.severity)
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
