public import Clinical

/// What anyone will ask of the results, reports, visits and procedures of a record: the others need not be kept.
///
/// These kinds are many and mostly nobody's concern; any other kind always matters.
public struct ResourceInterest: Sendable {
    /// How much of a resource has to be kept.
    public enum Extent: Sendable, Hashable {
        case whole
        /// What tells its versions apart, and its code, which a medicine may give as its reason.
        case named
        /// The same and when it was: the code is one that counts, and it was too long ago.
        case dated
    }

    /// What is looked for among the resources of one kind.
    private struct Codes {
        let all: CodeFilter
        /// Those that count whenever they were.
        let always: CodeFilter
        /// Before this day the others count no more.
        let firstDay: CivilDate?
    }

    /// By the number of the kind of event; nothing where all of it matters.
    private let codes: [Codes?]

    /// - Parameters:
    ///   - sections: what rules read of the record, measures aside.
    ///   - observationCodes: LOINC codes of the observations that rules read.
    ///   - entryCodes: codes by which rules look for procedures; nothing where they may read any.
    ///   - eventKinds: what measures read.
    ///   - eventCodes: codes by which measures find entries of a kind; of kinds that are not here, they read all.
    ///   - firstDays: for codes that measures find in entries only that had not ended before a day, that day.
    ///   The reader may be given more than this, never less.
    public init(
        sections: Set<RecordSection>, observationCodes: some Swift.Collection<String>, entryCodes: Set<String>? = nil,
        eventKinds: Set<RecordEvent.Kind>,
        eventCodes: [RecordEvent.Kind: Set<String>], firstDays: [RecordEvent.Kind: [String: CivilDate]] = [:]
    ) {
        codes = RecordEvent.Kind.allCases.map { kind in
            var events: Set<String> = []
            if eventKinds.contains(kind) {
                guard let codes = eventCodes[kind] else { return nil }
                events = codes
            }
            var entries: Set<String> = []
            switch kind {
            case .observation: if sections.contains(.observations) { entries = Set(observationCodes) }
            case .encounter: if sections.contains(.encounters) { return nil }
            case .diagnosticReport: break
            case .procedure:
                guard let entryCodes else { return nil }
                if sections.contains(.procedures) { entries = entryCodes }
            default: return nil
            }
            let dated = (firstDays[kind] ?? [:]).filter { events.contains($0.key) && !entries.contains($0.key) }
            let all = events.union(entries)
            return Codes(
                all: CodeFilter(all), always: CodeFilter(all.subtracting(dated.keys)), firstDay: dated.values.min())
        }
    }

    /// How much of a resource may change anything.
    ///
    /// One that must not be used (a modifier extension, a summary) matters, whatever its code and time: it leaves its section
    /// incomplete.
    public func extent(of resource: ResourceOutline) -> Extent {
        guard let kind = resource.type.flatMap({ ResourceKind($0)?.eventKind }), let codes = codes[Int(kind.rawValue)] else { return .whole }
        func matters(_ codes: CodeFilter) -> Bool {
            resource.mayBeEvent(coded: codes) || kind == .observation && resource.hasComponent(coded: codes)
        }
        guard matters(codes.all) else { return kind == .procedure && !resource.isPlainlyCoded ? .whole : .named }
        guard let day = codes.firstDay, resource.ended(before: day), !matters(codes.always) else { return .whole }
        return .dated
    }
}
