/// Which of the rules that check go into a plan.
public enum RuleSelection: Sendable, Hashable {
    /// Those of a service: active ones, and those in shadow, which speak for the log alone.
    case inService
    /// Drafts and rules in shadow too, as if they were active: what would be, once they are.
    case asIfActive
    /// Retired ones too, as tests want them: every one speaks.
    case every

    /// True where what is not active speaks as if it were.
    var showsEveryRule: Bool { self != .inService }

    func includes(_ status: RuleStatus) -> Bool {
        switch self {
        case .inService: status == .active || status == .shadow
        case .asIfActive: status != .retired
        case .every: true
        }
    }
}
