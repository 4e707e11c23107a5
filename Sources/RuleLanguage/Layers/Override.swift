public import Clinical
public import Documents

/// A change that a site makes of a rule of a pack, and where it stands with it today.
public struct OverrideStanding: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
        case inForce = "in force"
        /// In force, and written for an older version of the rule.
        case stale
        /// Its day has passed: the rule is again as the pack has it.
        case expired
    }

    /// Who overrides: the name of the file of overrides.
    public let name: String
    /// The rule, or the set, that is changed.
    public let subject: String
    /// What is changed, in words: `set grades.monitor.severity`.
    public let changes: [String]
    public let because: String
    public let approvedBy: [String]
    public let until: CivilDate?
    public let state: State
    public let layer: Layer
    public let file: String
    /// Where it names what it changes, and all that is said of that.
    public let range: SourceRange
    public let extent: SourceRange
}

/// On what a change stands: who makes it, why, by whose leave and until when.
struct OverrideGround {
    /// Who overrides: the name of the file of overrides.
    let name: String
    let file: String
    let layer: Layer
    let because: String
    let approvers: [String]
    /// The last day on which it counts, and where it says so; a change of a rule always has one.
    let until: (day: CivilDate, range: SourceRange)?

    /// True where its last day is past.
    func hasEnded(by today: CivilDate) -> Bool { until.map { $0.day < today } ?? false }

    /// True where at least two have approved it, as it takes to go below a floor. However a name is spelled, it counts once.
    var isApprovedByTwo: Bool {
        Set(approvers.map { $0.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ") }).subtracting([""]).count >= 2
    }

    func standing(of subject: String, _ changes: [String], at range: SourceRange, in extent: SourceRange, _ state: OverrideStanding.State) -> OverrideStanding {
        OverrideStanding(
            name: name, subject: subject, changes: changes, because: because, approvedBy: approvers, until: until?.day, state: state,
            layer: layer, file: file, range: range, extent: extent)
    }
}

/// A change of one rule, as it is written.
struct OverrideChange {
    let ground: OverrideGround
    /// The name of the pack that its file is about.
    let pack: String
    let rule: String
    let ruleRange: SourceRange
    let ofVersion: Int
    let ofVersionRange: SourceRange
    let operations: [OverrideOperation]
    /// Cases of the pack that it makes untrue, by name.
    let changedCases: [YAMLNode]
    let extent: SourceRange

    func standing(_ state: OverrideStanding.State) -> OverrideStanding {
        ground.standing(of: rule, operations.map(\.words), at: ruleRange, in: extent, state)
    }
}

/// One thing that is changed of a rule. Few, and by structure: nothing is spliced into text.
struct OverrideOperation {
    enum Action {
        /// Another value at a path.
        case set(path: String, YAMLNode)
        /// No card where this holds; the log keeps what it would have been.
        case mute(when: YAMLNode)
        /// A row before or after another.
        case add(row: YAMLNode, isBefore: Bool, grade: String)
        /// The rule is not asked any more.
        case retire(YAMLNode)
    }

    let action: Action
    /// Where it is said.
    let range: SourceRange

    var words: String {
        switch action {
        case .set(let path, _): "set \(path)"
        case .mute: "mute"
        case .add(let row, let isBefore, let grade): "\(row["name"]?.text ?? "a row") \(isBefore ? "before" : "after") \(grade)"
        case .retire: "retire"
        }
    }
}

/// Members that a site adds to a set.
struct SetExtension {
    let ground: OverrideGround
    /// `classes`, `problems` …
    let section: String
    let set: String
    let setRange: SourceRange
    let add: YAMLNode

    func standing(_ state: OverrideStanding.State) -> OverrideStanding {
        ground.standing(of: "\(section) \(set)", ["add \(add.listOrSelf.map(\.flowText).joined(separator: ", "))"], at: setRange, in: setRange, state)
    }
}

/// A case of a site, for a rule of the pack as it is in force.
struct SiteCase {
    let rule: String
    let ruleRange: SourceRange
    let name: String
    /// As it goes among the rule's own cases.
    let node: YAMLNode
}
