public import Clinical
public import Documents

/// Where one patient stands with one rule.
public struct CareGapResult: Sendable, Hashable {
    public let rule: String
    public let version: Int
    public let state: CareGapState
    /// Membership in the populations of a measure, by their FHIR names, in the order of the measure; empty for other rules.
    public let populations: [Population]
    public let due: CivilDate?
    public let last: CivilDate?
    /// Why it is so, in words without anything that names the patient.
    public let reason: String?
    /// The resources that it rests on, as `Type/id`.
    public let evidence: [String]
    /// True where not all populations could be told: of one that is not checked, and of one where what was done is done, whatever
    /// else is not known.
    public let isUncertain: Bool

    public struct Population: Sendable, Hashable {
        /// A code of http://terminology.hl7.org/CodeSystem/measure-population.
        public let code: String
        public let count: Int

        public init(code: String, count: Int) {
            self.code = code
            self.count = count
        }
    }

    public init(
        rule: String, version: Int, state: CareGapState, populations: [Population] = [], due: CivilDate? = nil, last: CivilDate? = nil,
        reason: String? = nil, evidence: [String] = [], isUncertain: Bool = false
    ) {
        self.rule = rule
        self.version = version
        self.state = state
        self.populations = populations
        self.due = due
        self.last = last
        self.reason = reason
        self.evidence = evidence
        self.isUncertain = isUncertain || state == .notChecked
    }
}

/// The states in which a patient can be with a rule.
public enum CareGapState: String, Sendable, Hashable, CaseIterable {
    /// The rule does not concern the patient.
    case notInPopulation = "not-in-population"
    /// It would, and an exclusion applies.
    case excluded
    /// A reason not to do it is recorded.
    case exception
    /// Done, or not yet due.
    case closed
    /// Due before long.
    case dueSoon = "due-soon"
    /// Due, and not done.
    case open
    /// Open or due soon, and a site's override shows no card for it: no gap, and not lost; the reason says whose override.
    case muted
    /// It could not be told; the reason says what is missing.
    case notChecked = "not-checked"

    /// The words for a heading.
    public var words: String {
        switch self {
        case .notInPopulation: "not in population"
        case .excluded: "excluded"
        case .exception: "exception"
        case .closed: "closed"
        case .dueSoon: "due soon"
        case .open: "open"
        case .muted: "muted"
        case .notChecked: "not checked"
        }
    }
}

extension CareGapResult {
    /// The result as an object of `results.ndjson`.
    public func write(to writer: inout JSONWriter) {
        writer.object { members(to: &$0) }
    }

    /// The members of that object.
    public func members(to object: inout JSONWriter) {
        object.member("rule", string: rule)
        object.member("version", int: version)
        object.member("state", string: state.rawValue)
        if !populations.isEmpty {
            object.member("populations") {
                $0.object { list in for population in populations { list.member(population.code, int: population.count) } }
            }
        }
        object.member("due", string: due?.description)
        object.member("last", string: last?.description)
        object.member("reason", string: reason)
        if isUncertain, state != .notChecked { object.member("uncertain", bool: true) }
        if !evidence.isEmpty {
            object.member("evidence") { $0.array { list in for item in evidence { list.element(string: item) } } }
        }
    }

    /// A result as it was written; nothing where the object is none.
    public init?(_ node: JSONNode) {
        guard let rule = node["rule"]?.string, let version = node["version"]?.int,
            let state = node["state"]?.string.flatMap(CareGapState.init(rawValue:))
        else { return nil }
        var populations: [Population] = []
        if let members = node["populations"]?.members {
            for (key, value) in members { populations.append(Population(code: Self.code(key), count: value.int ?? 0)) }
        }
        var evidence: [String] = []
        if let items = node["evidence"]?.elements { for item in items { evidence.append(item.string ?? "") } }
        self.init(
            rule: rule, version: version, state: state, populations: populations, due: node["due"]?.string.flatMap { CivilDate($0) },
            last: node["last"]?.string.flatMap { CivilDate($0) }, reason: node["reason"]?.string, evidence: evidence,
            isUncertain: node["uncertain"]?.bool ?? false)
    }

    /// The code that a key says; those that come with every result are not made anew.
    private static func code(_ key: JSONNode) -> String {
        if key.equals("initial-population") { return "initial-population" }
        if key.equals("denominator-exclusion") { return "denominator-exclusion" }
        if key.equals("denominator-exception") { return "denominator-exception" }
        return key.string ?? ""
    }
}
