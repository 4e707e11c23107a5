public import Clinical
public import Documents

/// Reads FHIR R4 resources of one patient into a snapshot.
///
/// Whatever comes is kept as sent until `finish()`, for a reference may lead to a resource that comes later. What cannot be used is
/// noted and never fatal; no JSON makes it trap. Resources are taken for what they are, wherever they came:
/// a Condition among the medications is a Condition.
///
/// - Source: FHIR R4 (4.0.1); CDS Hooks 2.0.1, prefetch.
/// - Complexity: linear in what came.
public struct FHIRReader {
    let asOf: AsOf
    let patientID: String?
    /// LOINC codes of the observations that are read; nothing for all of them.
    let observationCodes: CodeFilter?
    /// Kinds that are read as events of measures.
    let eventKinds: Set<RecordEvent.Kind>
    /// Codes by which events of a kind are found; of kinds that are not here, all are read.
    let eventCodes: [RecordEvent.Kind: CodeFilter]
    /// False where only the events are wanted.
    let readsRecord: Bool
    /// Told until when the snapshot holds, where anybody wants to know.
    public var horizon: Horizon?
    var entries: [ResourceEntry] = []
    /// Where the entry of a type and id stands.
    var places: [ResourceReference: Int] = [:]
    var deliveries: [Delivery] = []
    private var stated: [RecordSection: Supply] = [:]
    var notes: [IntakeNote] = []

    /// - Parameters:
    ///   - asOf: the instant of the snapshot; what ended before it is past.
    ///   - patientID: whose resources are wanted; those of others are left out. Without it, the Patient that comes decides, else
    ///     the first subject.
    ///   - observationCodes: LOINC codes of the observations that anyone will ask for; the others are passed over unread, however
    ///     many an EHR sends. Nothing for all of them.
    ///   - eventKinds: what is read as events, for measures.
    ///   - eventCodes: for kinds of event that are looked for by code only, the codes; events without one of them are passed over.
    ///   - readsRecord: false to read the patient and the events alone: a sweep with measures only.
    public init(
        asOf: AsOf, patientID: String? = nil, observationCodes: CodeFilter? = nil, eventKinds: Set<RecordEvent.Kind> = [],
        eventCodes: [RecordEvent.Kind: CodeFilter] = [:], readsRecord: Bool = true
    ) {
        self.asOf = asOf
        self.observationCodes = observationCodes
        self.eventKinds = eventKinds
        self.eventCodes = eventCodes
        self.readsRecord = readsRecord
        let prefix = "Patient/"
        self.patientID = patientID.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
    }

    // MARK: Taking in

    /// Takes in the hook's draft orders: a Bundle, an array of resources, or one resource.
    public mutating func readDrafts(_ value: JSONNode) {
        var collection = Collection(isDraft: true)
        collect(value, &collection)
        deliver(incidental: collection)
    }

    /// Takes in the value of one prefetch key, or of a query in its place.
    ///
    /// `null` means asked, and nothing found. An OperationOutcome in place of the value means that the query failed.
    ///
    /// - Parameters:
    ///   - section: what was asked for.
    ///   - kind: the type of resource asked for, such as `MedicationStatement`, to be named if it could not be read.
    /// - Returns: how much of the section this value brought.
    @discardableResult
    public mutating func readSection(_ section: RecordSection, _ value: JSONNode, of kind: String? = nil) -> Supply {
        var collection = Collection(isDraft: false)
        collect(value, &collection)
        let supply = collection.supply(of: section, kind: kind)
        deliveries.append(Delivery(section: section, supply: supply))
        deliver(incidental: collection)
        return supply
    }

    /// Takes in a whole record: the sections it can hold count as complete.
    ///
    /// A Bundle or an array can hold any section; a single resource only its own.
    public mutating func readBundle(_ value: JSONNode) {
        var collection = Collection(isDraft: false)
        collect(value, &collection)
        let sections = collection.isList ? Set(RecordSection.allCases) : collection.sections
        for section in sections { deliveries.append(Delivery(section: section, supply: collection.supply(of: nil, kind: nil))) }
    }

    /// States how much of a section was supplied, whatever came.
    public mutating func setSupply(_ section: RecordSection, _ supply: Supply) {
        stated[section] = supply
    }

    // MARK: Giving out

    /// The snapshot of what came, and what could not be used.
    public func finish() -> (snapshot: Snapshot, notes: [IntakeNote]) {
        let index = ReferenceIndex(entries: entries, places: places)
        var reader = ElementReader(asOf: asOf, subjects: SubjectFilter(patientID: patientID ?? soleID), index: index, notes: notes)
        reader.observationCodes = observationCodes
        reader.horizon = horizon
        var snapshot = Snapshot()
        readPatient(&snapshot, &reader)
        if readsRecord {
            snapshot.observations.reserveCapacity(entries.count { $0.kind == .observation })
            snapshot.medications.reserveCapacity(entries.count { $0.kind == .medicationRequest })
            snapshot.conditions.reserveCapacity(entries.count { $0.kind == .condition })
            for entry in entries { read(entry, into: &snapshot, &reader) }
            if !reader.endedByDrafts.isEmpty { reader.end(reader.endedByDrafts, in: &snapshot.medications) }
        }
        if !eventKinds.isEmpty { readEvents(into: &snapshot, &reader) }
        snapshot.supplied = supplied(shortfalls: reader.shortfalls)
        return (snapshot, reader.allNotes)
    }

    /// The resource as it was sent; `nil` where none of that type and id came.
    public func resource(_ reference: ResourceReference) -> JSONNode? {
        places[reference].map { entries[$0].node }
    }

    /// The `fullUrl` with which the resource came in a Bundle; `nil` where it had none.
    public func fullURL(of reference: ResourceReference) -> String? {
        places[reference].flatMap { entries[$0].fullURL?.string }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The id of the first Patient that came with one.
    private var soleID: String? {
        entries.first { $0.kind == .patient && $0.hasID }?.reference.id
    }

    /// The Patient comes first: ages become dates by the date of birth.
    private func readPatient(_ snapshot: inout Snapshot, _ reader: inout ElementReader) {
        for entry in entries where entry.kind == .patient {
            guard entry.reference.id == reader.subjects.patientID || !entry.hasID else {
                reader.begin(entry)
                reader.leaveOut("another patient; left out")
                if entries.count(where: { $0.kind == .patient }) == 1 { reader.fallShort(.patient, "another patient's data came") }
                continue
            }
            if let patient = reader.patient(entry) { snapshot.patient = patient }
        }
        reader.birthDate = snapshot.patient.birthDate
    }

    /// What was noted of an entry when the record was read is not noted again.
    private func readEvents(into snapshot: inout Snapshot, _ reader: inout ElementReader) {
        snapshot.events.reserveCapacity(entries.count)
        // By the number of the kind: most entries are passed over, and a look-up would cost as much as that.
        let isWanted = RecordEvent.Kind.allCases.map { eventKinds.contains($0) }
        let codes = RecordEvent.Kind.allCases.map { eventCodes[$0] }
        for entry in entries where !entry.isDraft {
            guard let kind = entry.kind.eventKind, isWanted[Int(kind.rawValue)] else { continue }
            if let codes = codes[Int(kind.rawValue)], !entry.node.withView({ ResourceOutline($0).mayBeEvent(coded: codes) }) { continue }
            let event = readsRecord ? reader.quietly { $0.event(entry, kind) } : reader.event(entry, kind)
            if let event { snapshot.events.append(event) }
        }
    }

    private func read(_ entry: ResourceEntry, into snapshot: inout Snapshot, _ reader: inout ElementReader) {
        switch entry.kind {
        case .medicationRequest:
            guard let medication = reader.medicationRequest(entry) else { return }
            if medication.use == .drafted { snapshot.orders.append(medication) } else { snapshot.medications.append(medication) }
        case .medicationStatement: reader.medicationStatement(entry).map { snapshot.medications.append($0) }
        case .medicationDispense: reader.medicationDispense(entry).map { snapshot.medications.append($0) }
        case .medicationAdministration: reader.medicationAdministration(entry).map { snapshot.medications.append($0) }
        case .allergyIntolerance: reader.allergyIntolerance(entry).map { snapshot.allergies.append($0) }
        case .condition: reader.condition(entry).map { snapshot.conditions.append($0) }
        case .observation: reader.observations(entry, into: &snapshot.observations)
        case .procedure: reader.procedure(entry).map { snapshot.procedures.append($0) }
        case .immunization: reader.immunization(entry).map { snapshot.immunizations.append($0) }
        case .encounter: reader.encounter(entry).map { snapshot.encounters.append($0) }
        case .familyMemberHistory: snapshot.familyHistory += reader.familyMemberHistory(entry)
        case .serviceRequest: reader.serviceRequest(entry).map { snapshot.serviceRequests.append($0) }
        case .list: reader.list(entry)
        default: readOther(entry, &reader)
        }
    }

    /// Kinds that are no entries of the record by themselves.
    private func readOther(_ entry: ResourceEntry, _ reader: inout ElementReader) {
        reader.begin(entry)
        if let kind = entry.kind.eventKind, !eventKinds.contains(kind) { reader.leaveOut("a kind of resource that is not read; left out") }
        guard let why = entry.kind.otherRelease else { return }
        reader.withhold(why)
    }

    private func supplied(shortfalls: [RecordSection: String]) -> [RecordSection: Supply] {
        var supplied = delivered
        for (section, why) in shortfalls where supplied[section] == .complete { supplied[section] = .partial(why: why) }
        return supplied.merging(stated) { _, stated in stated }
    }
}
