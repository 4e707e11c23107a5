public import Clinical

/// Checked measures in the form in which they are asked: value sets, queries and conditions by number.
public struct MeasurePlan: Sendable {
    /// The measures with their headings, in the order of their ids.
    public let measures: [PlannedMeasure]
    let sets: ValueSetIndex
    let queries: [EventQuery]
    let conditions: [MeasureCondition]
    /// True where the answer is the same wherever it is asked, and may be kept.
    let closedQueries: [Bool]
    let closedConditions: [Bool]
    /// Kinds of entry that any of the measures reads; what else a record holds need not be read.
    public let kinds: Set<RecordEvent.Kind>
    /// The codes by which entries of a kind are found, for kinds that are found in no other way: an entry without one of them
    /// need not be read.
    public let codes: [RecordEvent.Kind: Set<String>]

    public init(_ measures: [PlannedMeasure], builder: MeasureBuilder) {
        self.measures = measures
        sets = ValueSetIndex(builder.sets)
        queries = builder.queries
        conditions = builder.conditions
        closedQueries = builder.queryReach.map(\.isClosed)
        closedConditions = builder.conditionReach.map(\.isClosed)
        kinds = measures.reduce(into: []) { $0.formUnion($1.kinds) }
        codes = Self.codes(of: builder).filter { [kinds] in kinds.contains($0.key) }
    }

    /// Problems, tasks and medicines are left out: others name them, or they bear their codes elsewhere.
    private static func codes(of builder: MeasureBuilder) -> [RecordEvent.Kind: Set<String>] {
        var codes: [RecordEvent.Kind: Set<String>] = [
            .encounter: [], .observation: [], .diagnosticReport: [], .procedure: [], .serviceRequest: [], .immunization: [],
        ]
        for query in builder.queries {
            guard case .record(let kind, let sets) = query.source else { continue }
            if let sets {
                for set in sets { codes[kind]?.formUnion(builder.sets[Int(set.index)].codes.map(\.code)) }
            } else {
                codes[kind] = nil
            }
        }
        return codes
    }

    /// What the measures say of one patient, each measure once, in the order of the plan.
    ///
    /// - Parameters:
    ///   - snapshot: with its events read, for the kinds in `kinds`.
    ///   - period: the measurement period.
    ///   - asOf: the instant at which it is asked; what begins on a later day has not happened yet.
    ///   - ids: the measures that are wanted; nothing for all.
    ///   - horizon: told until when the answers hold, for the same period.
    /// - Complexity: by the entries that bear a code of any measure, and the questions asked of them; each question that does
    ///   not hang on a visit is asked once, however many measures ask it.
    public func evaluate(
        _ snapshot: Snapshot, period: MeasurementPeriod, asOf: AsOf, only ids: Set<String>? = nil, horizon: Horizon? = nil
    ) -> [MeasureResult] {
        let record = EventRecord(snapshot, sets: sets, horizon: horizon ?? Horizon(asOf))
        let pass = MeasurePass(plan: self, record: record, period: period)
        return measures.filter { ids?.contains($0.id) ?? true }.map { pass.result(of: $0) }
    }
}

/// A measure under its id.
public struct PlannedMeasure: Sendable {
    public let id: String
    public let title: String
    public let version: Int
    public let measure: Measure
    /// Kinds of entry that it reads.
    public let kinds: Set<RecordEvent.Kind>

    public init(id: String, title: String, version: Int, measure: Measure, kinds: Set<RecordEvent.Kind>) {
        self.id = id
        self.title = title
        self.version = version
        self.measure = measure
        self.kinds = kinds
    }
}

extension PlannedMeasure {
    /// The measure that a rule is; nothing for rules of other kinds.
    init?(_ rule: PlannedRule) {
        guard let kind = rule.measure else { return nil }
        self.init(
            id: rule.heading.id, title: rule.heading.title, version: rule.heading.version, measure: kind.measure,
            kinds: rule.needs.eventKinds)
    }
}

/// Which value sets a code belongs to.
struct ValueSetIndex: Sendable {
    private let byCode: [Coding: [ValueSetID]]
    private let byURL: [String: [ValueSetID]]
    /// The number of sets.
    let count: Int

    init(_ sets: [ValueSet]) {
        var byCode: [Coding: [ValueSetID]] = [:]
        var byURL: [String: [ValueSetID]] = [:]
        for (number, set) in sets.enumerated() {
            let id = ValueSetID(index: Int32(clamping: number))
            for code in set.codes { byCode[code, default: []].append(id) }
            if let url = set.url { byURL[url, default: []].append(id) }
        }
        self.byCode = byCode
        self.byURL = byURL
        count = sets.count
    }

    /// A number for each kind and set.
    func place(of kind: RecordEvent.Kind, _ set: ValueSetID) -> Int { Int(kind.rawValue) * count + Int(set.index) }

    /// The earliest day of each code that a set has one for, of all sets that hold it.
    func firstDays(_ days: [ValueSetID: CivilDate]) -> [String: CivilDate] {
        var found: [String: CivilDate] = [:]
        for (coding, sets) in byCode {
            guard let day = sets.compactMap({ days[$0] }).min() else { continue }
            found[coding.code] = min(found[coding.code] ?? .last, day)
        }
        return found
    }

    func sets(holding coding: Coding) -> [ValueSetID] { byCode[coding] ?? [] }

    /// Sets of that URL, a version behind `|` left aside.
    func sets(at url: String) -> [ValueSetID] {
        byURL[url] ?? byURL[String(url.prefix { $0 != "|" })] ?? []
    }

    func holds(_ codings: [Coding], in wanted: [ValueSetID]) -> Bool {
        codings.contains { coding in byCode[coding]?.contains(where: wanted.contains) ?? false }
    }
}
