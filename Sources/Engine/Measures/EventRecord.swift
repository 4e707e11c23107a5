public import Clinical

/// The events of one patient, made ready for the questions of one plan: sorted by kind and by value set.
///
/// - Complexity: one look-up for each code of each event; after that a question touches only the events that bear its codes.
struct EventRecord {
    let events: [RecordEvent]
    let patient: Patient
    let sets: ValueSetIndex
    private let snapshot: Snapshot
    /// The place in `lists` of each kind and set; most sets have no event, and -1.
    private let bySet: [Int32]
    private let lists: [[Int32]]
    private let byKind: [[Int32]]
    /// What a rejected task is about.
    let refused: Set<ResourceReference>
    /// Nothing is due for the dead, whatever the measures count.
    let isDeceased: Bool
    private let places: [ResourceReference: Int32]

    init(_ snapshot: Snapshot, sets: ValueSetIndex, horizon: Horizon) {
        let today = horizon.asOf.today
        isDeceased = snapshot.patient.isDead(by: horizon)
        self.snapshot = snapshot
        self.sets = sets
        events = snapshot.events
        patient = snapshot.patient
        var bySet: [Int32] = Array(repeating: -1, count: RecordEvent.Kind.allCases.count * sets.count)
        var lists: [[Int32]] = []
        var byKind: [[Int32]] = Array(repeating: [], count: RecordEvent.Kind.allCases.count)
        var refused: Set<ResourceReference> = []
        var places: [ResourceReference: Int32] = [:]
        for (number, event) in snapshot.events.enumerated() {
            // What is planned for a later day has not happened.
            if event.time.startDays.lowerBound > today.daysSinceEpoch {
                horizon.turns(on: CivilDate(daysSinceEpoch: event.time.startDays.lowerBound))
                continue
            }
            let number = Int32(clamping: number)
            byKind[Int(event.kind.rawValue)].append(number)
            func add(_ set: ValueSetID) {
                let place = sets.place(of: event.kind, set)
                let list = Int(bySet[place])
                if list < 0 {
                    bySet[place] = Int32(clamping: lists.count)
                    lists.append([number])
                } else if lists[list].last != number {
                    lists[list].append(number)
                }
            }
            for coding in event.codes { for set in sets.sets(holding: coding) { add(set) } }
            if let url = event.notDoneValueSet { for set in sets.sets(at: url) { add(set) } }
            if event.kind == .condition { places[event.reference] = number }
            if event.kind == .task, event.status == "rejected", event.codes.contains(where: { $0.code == "fulfill" }),
                let focus = event.details?.focus
            {
                refused.insert(focus)
            }
        }
        self.bySet = bySet
        self.lists = lists
        self.byKind = byKind
        self.refused = refused
        self.places = places
    }

    /// Events of a kind that bear a code of one of the sets, in the order of the record.
    func numbers(_ kind: RecordEvent.Kind, in sets: [ValueSetID]?) -> [Int32] {
        guard let sets else { return byKind[Int(kind.rawValue)] }
        if sets.count == 1 { return list(kind, sets[0]) }
        var found: [Int32] = []
        for set in sets {
            let more = list(kind, set)
            if !more.isEmpty { found = found.isEmpty ? more : Set(found).union(more).sorted() }
        }
        return found
    }

    private func list(_ kind: RecordEvent.Kind, _ set: ValueSetID) -> [Int32] {
        let list = Int(bySet[sets.place(of: kind, set)])
        return list < 0 ? [] : lists[list]
    }

    /// The condition of that reference.
    func condition(_ reference: ResourceReference) -> RecordEvent? {
        places[reference].map { events[Int($0)] }
    }

    /// Why events of a kind may be missing; `nil` where all of them came.
    func shortfall(of kind: RecordEvent.Kind) -> UnknownReason? {
        let section = kind.section
        switch snapshot.supply(of: section) {
        case .complete: return nil
        case .partial(let why): return UnknownReason(.partial, "\(section.words): \(why)")
        case .failed(let why): return UnknownReason(.failed, "\(section.words) could not be read: \(why)")
        case .notSupplied: return UnknownReason(.notSupplied, "\(section.words) were not supplied")
        }
    }
}

extension RecordEvent.Kind {
    /// The part of the record that entries of this kind stand in.
    public var section: RecordSection {
        switch self {
        case .encounter: .encounters
        case .condition: .conditions
        case .observation: .observations
        case .diagnosticReport: .diagnosticReports
        case .procedure: .procedures
        case .medicationRequest: .medications
        case .serviceRequest: .serviceRequests
        case .deviceRequest: .deviceRequests
        case .immunization: .immunizations
        case .allergyIntolerance: .allergies
        case .task: .tasks
        }
    }
}
