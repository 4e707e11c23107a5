import Clinical
import Documents
import Intake

/// The patient as a call tells of them: a snapshot, what could not be used, and the resources as they were sent.
struct HookRecord {
    /// Its orders are what the hook brings or names to be checked.
    let snapshot: Snapshot
    /// What is being recorded; empty where the hook is not about that.
    let recorded: Set<ResourceReference>
    /// Dispatched prescriptions that did not come.
    let unfound: [ResourceReference]
    let notes: [IntakeNote]
    private let reader: FHIRReader

    /// Reads drafts and prefetch of `request`, and states for every section how much of it came.
    init(_ request: HookRequest, asOf: AsOf) {
        var reader = FHIRReader(
            asOf: asOf, patientID: request.patientID, observationCodes: request.service.observationCodes,
            eventKinds: request.service.eventKinds)
        if let drafts = request.drafts { reader.readDrafts(drafts) }
        if let recorded = request.recorded { reader.readDrafts(recorded) }
        self.recorded = request.recorded.map { _ in Self.entries(of: reader) } ?? []
        var lacking: Set<RecordSection> = []
        for answer in request.prefetch {
            let isWhole = Self.values(of: answer).reduce(true) { isWhole, value in
                reader.readSection(answer.template.section, value, of: answer.template.resourceType) == .complete && isWhole
            }
            if !isWhole || !answer.isAnswered, Self.isPrincipal(answer, in: request.prefetch) { lacking.insert(answer.template.section) }
        }
        if let conversion = request.conversion { lacking.formUnion(conversion.partial.keys) }
        for medication in request.referenced { reader.readDrafts(medication) }
        let asked = Dictionary(grouping: request.prefetch, by: \.template.section).sorted { $0.key < $1.key }
        for (section, answers) in asked {
            if let supply = Self.supply(of: section, answers) {
                reader.setSupply(section, supply)
            } else if let why = request.conversion?.partial[section] {
                reader.setSupply(section, .partial(why: why))
            }
        }
        var (snapshot, notes) = reader.finish()
        snapshot.lacking = lacking
        unfound = snapshot.dispatch(request.dispatched)
        self.snapshot = snapshot
        self.notes = (request.conversion?.notes ?? []) + notes + asked.flatMap { Self.unsentSources($0.value) }
        self.reader = reader
    }

    /// Allergies and problems among what was read so far.
    private static func entries(of reader: FHIRReader) -> Set<ResourceReference> {
        let snapshot = reader.finish().snapshot
        return Set(snapshot.allergies.map(\.reference) + snapshot.conditions.map(\.reference))
    }

    /// The resource as it was sent.
    func resource(_ reference: ResourceReference) -> JSONNode? {
        reader.resource(reference)
    }

    /// What has to be stated about a section because of what did not come; what came as asked, the reader states itself.
    ///
    /// A section is complete where its principal resource came: most EHRs keep medicines as MedicationRequest alone, and
    /// are not to be told at each order that they sent no administrations. That those did not come is stated all the same.
    private static func supply(of section: RecordSection, _ answers: [PrefetchAnswer]) -> Supply? {
        var missing: [String] = [], isFailed = false, isMistaken = false, isElsewhere = false
        var unreachable: String?
        for answer in answers {
            switch answer.state {
            case .absent: missing.append(answer.template.key)
            case .failed: isFailed = true
            case .unreachable(let why): unreachable = unreachable ?? why
            case .mistaken: isMistaken = true
            case .elsewhere: isElsewhere = true
            case .null, .value: break
            }
        }
        guard answers.contains(where: \.isAnswered) else {
            if isMistaken { return .failed(why: "something else came as \(section.words)") }
            if let unreachable { return .failed(why: unreachable) }
            return isFailed ? nil : .notSupplied
        }
        if isMistaken { return .partial(why: "something else came as part of \(section.words)") }
        let principal = answers.first?.template.resourceType
        for answer in answers where answer.template.resourceType == principal {
            if case .unreachable(let why) = answer.state { return .partial(why: why) }
        }
        missing.removeAll { key in answers.contains { $0.template.key == key && $0.template.resourceType != principal } }
        if !missing.isEmpty { return .partial(why: "the EHR did not send \(missing.joined(separator: ", "))") }
        if isElsewhere && section != .patient { return .partial(why: "the EHR sent \(section.words) by a query of its own") }
        return nil
    }

    /// True for the kind of resource that is asked for first, as MedicationRequest for medicines.
    private static func isPrincipal(_ answer: PrefetchAnswer, in answers: [PrefetchAnswer]) -> Bool {
        let first = answers.first { $0.template.section == answer.template.section }
        return answer.template.resourceType == first?.template.resourceType
    }

    /// Further sources of a section that did not come although its principal one did.
    private static func unsentSources(_ answers: [PrefetchAnswer]) -> [IntakeNote] {
        guard let principal = answers.first, principal.isAnswered else { return [] }
        return answers.filter { $0.template.resourceType != principal.template.resourceType }.compactMap(\.unsent)
    }

    /// What of an answer is to be read; the reader knows null and an OperationOutcome by itself.
    private static func values(of answer: PrefetchAnswer) -> [JSONNode] {
        switch answer.state {
        case .absent, .mistaken, .unreachable: []
        case .null(let value), .value(let value), .failed(let value): [value]
        case .elsewhere(let values): values
        }
    }
}

extension Snapshot {
    /// Makes orders of the prescriptions that are dispatched; gives those that are not there.
    fileprivate mutating func dispatch(_ references: [ResourceReference]) -> [ResourceReference] {
        let wanted = Set(references.filter { $0.type == "MedicationRequest" })
        guard !wanted.isEmpty else { return [] }
        let found = medications.filter { wanted.contains($0.reference) }
        medications.removeAll { wanted.contains($0.reference) }
        orders += found
        return wanted.subtracting(found.map(\.reference)).sorted()
    }
}

extension PrefetchAnswer {
    /// The statement that it did not come; `nil` where it did.
    fileprivate var unsent: IntakeNote? {
        let why: String
        switch state {
        case .absent: why = "the EHR did not send them"
        case .unreachable(let reason): why = reason
        default: return nil
        }
        return IntakeNote(
            about: nil, what: template.key, why: "\(why); \(template.section.words) that stand only there were not seen", range: nil)
    }
}
