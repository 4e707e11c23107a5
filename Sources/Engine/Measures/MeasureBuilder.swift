public import Clinical

/// Collects value sets, queries and conditions while measures are checked, each distinct one once.
///
/// Equal questions of different measures get one number, so that hospice care is looked for once in a patient however many
/// measures leave such patients out. What a query names was made before it, so nothing can hang on itself.
public struct MeasureBuilder: Sendable {
    private(set) var sets: [ValueSet] = []
    private var setIDs: [ValueSet: ValueSetID] = [:]
    private(set) var queries: [EventQuery] = []
    private var queryIDs: [EventQuery: QueryID] = [:]
    private(set) var conditions: [MeasureCondition] = []
    private var conditionIDs: [MeasureCondition: ConditionID] = [:]
    private(set) var queryReach: [Reach] = []
    private(set) var conditionReach: [Reach] = []

    public init() {}

    public mutating func valueSet(_ set: ValueSet) -> ValueSetID {
        if let known = setIDs[set] { return known }
        let id = ValueSetID(index: Int32(clamping: sets.count))
        sets.append(set)
        setIDs[set] = id
        return id
    }

    public mutating func query(_ query: EventQuery) -> QueryID {
        if let known = queryIDs[query] { return known }
        let id = QueryID(index: Int32(clamping: queries.count))
        queryReach.append(reach(of: query))
        queries.append(query)
        queryIDs[query] = id
        return id
    }

    public mutating func condition(_ condition: MeasureCondition) -> ConditionID {
        if let known = conditionIDs[condition] { return known }
        let id = ConditionID(index: Int32(clamping: conditions.count))
        conditionReach.append(reach(of: condition))
        conditions.append(condition)
        conditionIDs[condition] = id
        return id
    }

    /// What a condition reads, through everything that it names.
    public func reach(of condition: ConditionID) -> Reach { conditionReach[Int(condition.index)] }

    /// What a query reads, through everything that it names.
    public func reach(of query: QueryID) -> Reach { queryReach[Int(query.index)] }
}

/// What a question reads, and what must stand around it.
public struct Reach: Sendable, Hashable {
    public var kinds: Set<RecordEvent.Kind> = []
    /// It hangs on the entry around it.
    public var needsIt = false
    /// It hangs on what the measure counts.
    public var needsEpisode = false

    /// True where its answer is the same wherever it is asked.
    var isClosed: Bool { !needsIt && !needsEpisode }

    fileprivate mutating func formUnion(_ other: Reach) {
        kinds.formUnion(other.kinds)
        needsIt = needsIt || other.needsIt
        needsEpisode = needsEpisode || other.needsEpisode
    }

    /// As `formUnion`, for what is asked of an entry: its `it` is that entry.
    fileprivate mutating func formUnion(inside other: Reach) {
        kinds.formUnion(other.kinds)
        needsEpisode = needsEpisode || other.needsEpisode
    }
}

extension MeasureBuilder {
    private func reach(of condition: MeasureCondition) -> Reach {
        var reach = Reach()
        switch condition {
        case .all(let parts), .any(let parts), .none(let parts): for part in parts { reach.formUnion(self.reach(of: part)) }
        case .exists(let query, _, _), .daysSupplied(let query, _, _): reach = self.reach(of: query)
        case .age(let point, _): add(point, to: &reach)
        case .died(let window): add(window, to: &reach)
        case .sex: break
        case .named(let id): reach = self.reach(of: id)
        }
        return reach
    }

    private func reach(of query: EventQuery) -> Reach {
        var reach = Reach()
        switch query.source {
        case .record(let kind, _): reach.kinds.insert(kind)
        case .anyOf(let others): for other in others { reach.formUnion(self.reach(of: other)) }
        }
        for test in query.tests { add(test, to: &reach) }
        if let window = query.repeatedIn { add(window, to: &reach) }
        return reach
    }

    private func add(_ test: EventTest, to reach: inout Reach) {
        switch test {
        case .time(_, _, let window): add(window, to: &reach)
        case .notRefused: reach.kinds.insert(.task)
        case .coded(.diagnosis, _): reach.kinds.insert(.condition)
        case .any(let choices), .none(let choices): for test in choices.joined() { add(test, to: &reach) }
        case .with(let query, _), .without(let query): reach.formUnion(inside: self.reach(of: query))
        case .condition(let id): reach.formUnion(inside: self.reach(of: id))
        default: break
        }
    }

    private func add(_ window: TimeWindow, to reach: inout Reach) {
        if let from = window.from { add(from, to: &reach) }
        if let to = window.to { add(to, to: &reach) }
    }

    private func add(_ point: TimePoint, to reach: inout Reach) {
        switch point.anchor {
        case .period: break
        case .it: reach.needsIt = true
        case .episode: reach.needsEpisode = true
        case .hospitalization:
            reach.needsEpisode = true
            reach.kinds.insert(.encounter)
        case .query(let query): reach.formUnion(self.reach(of: query))
        }
    }
}

/// Codes that belong together, from a value set authority or written in a rule.
public struct ValueSet: Sendable, Hashable {
    public let name: String
    public let url: String?
    public let codes: [Coding]

    public init(name: String, url: String?, codes: [Coding]) {
        self.name = name
        self.url = url
        self.codes = codes
    }
}
