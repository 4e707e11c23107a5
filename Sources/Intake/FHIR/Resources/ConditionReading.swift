import Clinical
import Documents

extension ElementReader {
    /// A problem, diagnosis or health concern.
    ///
    /// - Source: FHIR R4, condition.
    mutating func condition(_ entry: ResourceEntry) -> Condition? {
        begin(entry)
        var condition = Condition(reference: entry.reference, standing: .active, code: CodeableConcept())
        var statuses = ConditionStatuses()
        var envelope = Envelope()
        for (element, value) in entry.node.knownMembers {
            switch element {
            case .clinicalStatus: statuses.clinical = status(value, .clinicalStatus)
            case .verificationStatus: statuses.verification = status(value, .verificationStatus)
            case .category: condition.isEncounterDiagnosis = isEncounterDiagnosis(value)
            case .code: condition.code = recurringConcept(value, .code)
            case .onsetDateTime: condition.onset = date(value, .onsetDateTime)
            case .onsetAge: condition.onset = age(value, .onsetAge)
            case .onsetRange: condition.onset = ageRange(value, .onsetRange)
            case .onsetPeriod: condition.onset = period(value, .onsetPeriod).flatMap { window(of: $0) }
            case .onsetString: note(.onsetString, "words, not a date; that it began is all that is known", at: value)
            case .recordedDate, .assertedDate, .dateRecorded: condition.recorded = date(value, .recordedDate)
            case .encounter, .context: condition.encounter = reference(value, .encounter)
            default:
                if !read(abatement: element, value, into: &condition, &statuses) { envelope.keep(element, value) }
            }
        }
        guard admits(envelope) else { return nil }
        condition.standing = standing(of: condition, statuses)
        return condition
    }

    /// True where the element is one of abatement[x].
    private mutating func read(
        abatement name: ElementName, _ value: JSONNode, into condition: inout Condition, _ statuses: inout ConditionStatuses
    ) -> Bool {
        switch name {
        case .abatementDateTime: condition.abated = date(value, name)
        case .abatementAge: condition.abated = age(value, name)
        case .abatementRange: condition.abated = ageRange(value, name)
        case .abatementPeriod: condition.abated = period(value, name).flatMap { $0.end ?? $0.start }
        case .abatementString: note(name, "words, not a date; that it ended is all that is known", at: value)
        case .abatementBoolean:
            statuses.hasAbated = boolean(value, name) == true
            return true
        default: return false
        }
        statuses.hasAbated = statuses.hasAbated || value.kind == .string || value.kind == .object
        return true
    }

    /// What the statuses and the abatement say together.
    ///
    /// Refuted is refuted; a doubtful one stays doubtful, for no history either; one that abated before the instant of the snapshot is
    /// past, whatever its clinical status (con-4). Without a clinical status it is active (an encounter diagnosis may lack it, con-3).
    private mutating func standing(of condition: Condition, _ statuses: ConditionStatuses) -> Condition.Standing {
        switch statuses.verification {
        case .refuted, .enteredInError: return .refuted
        case .unconfirmed, .provisional, .differential: return .uncertain
        default: break
        }
        let hasAbated = condition.abated.map { mayHaveCome($0) } ?? statuses.hasAbated
        switch statuses.clinical {
        case .resolved, .inactive, .remission: return .past
        case .active, .recurrence, .relapse:
            guard hasAbated else { return .active }
            note(.clinicalStatus, "active, though it has abated; taken as past", at: nil)
            return .past
        default: return hasAbated ? .past : .active
        }
    }

    /// True for an encounter diagnosis that is not on the problem list as well.
    private func isEncounterDiagnosis(_ node: JSONNode) -> Bool {
        var isDiagnosis = false
        for item in node.repetitions {
            for coding in item["coding"]?.repetitions ?? .none {
                switch coding["code"].flatMap({ StatusCode($0) }) {
                case .problemListItem: return false
                case .encounterDiagnosis: isDiagnosis = true
                default: break
                }
            }
        }
        return isDiagnosis
    }
}

/// The statuses of a condition, weighed once all have been met.
struct ConditionStatuses {
    var clinical: StatusCode?
    var verification: StatusCode?
    /// True where something says that it ended, with or without a date.
    var hasAbated = false
}
