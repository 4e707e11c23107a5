import Clinical
import Documents

extension ElementReader {
    /// An order or a prescription, drafted or on record.
    ///
    /// - Source: FHIR R4, medicationrequest.
    mutating func medicationRequest(_ entry: ResourceEntry) -> Medication? {
        begin(entry)
        var medication = Medication(reference: entry.reference, source: .request, use: .current)
        var parts = RequestParts()
        var envelope = Envelope()
        for (element, value) in entry.node.knownMembers {
            switch element {
            case .status: parts.status = value
            case .intent: parts.intent = status(value, .intent)
            case .doNotPerform: parts.isProhibition = boolean(value, .doNotPerform) == true
            case .medicationCodeableConcept: parts.concept = value
            case .medicationReference: parts.reference = value
            case .medication: parts.choice = value
            case .dosageInstruction: medication.dosages = dosages(value, .dosageInstruction)
            case .dispenseRequest:
                parts.validity = value["validityPeriod"].flatMap { period($0, .validityPeriod) }
                parts.isRefilled = (value["numberOfRepeatsAllowed"]?.int ?? 0) > 0
            case .effectiveDosePeriod: parts.effective = period(value, .effectiveDosePeriod)
            case .statusChanged: parts.statusChanged = date(value, .statusChanged)
            case .authoredOn, .dateWritten: medication.authored = date(value, .authoredOn)
            case .priorPrescription: medication.replaces = reference(value, .priorPrescription)
            case .reportedBoolean, .reported: medication.isReported = medication.isReported || boolean(value, .reportedBoolean) == true
            case .reportedReference: medication.isReported = value.kind == .object
            default: read(element, value, into: &medication, &envelope)
            }
        }
        if entry.isDraft { return draft(medication, parts, envelope, entry) }
        guard admits(envelope) else { return nil }
        identify(&medication, parts, in: entry.node)
        return onRecord(medication, parts)
    }

    /// A draft for another patient, or one that must not be interpreted, is still shown: as one that could not be checked.
    private mutating func draft(
        _ medication: Medication, _ parts: RequestParts, _ envelope: Envelope, _ entry: ResourceEntry
    ) -> Medication? {
        let node = entry.node
        var medication = medication
        let isStranger = stranger(envelope) != nil
        identify(&medication, parts, in: node)
        if !isStranger, envelope.refusal == nil, let change = change(medication, parts, entry) { return change.entry }
        if let refusal = isStranger ? "it is written for another patient than the one of this call" : envelope.refusal {
            note(isStranger ? .subject : .modifierExtension, "\(refusal); the order cannot be checked", at: node)
            medication.code = CodeableConcept(text: medication.code.label)
            medication.ingredients = []
            medication.unresolved = refusal
        }
        return drafted(medication, parts)
    }

    /// What becomes of an order on record that a draft stops, withdraws or puts on hold: it is on the list until today, and no order.
    ///
    /// Only where the record holds what is changed, under the draft's own id or as its `priorPrescription`: a draft that stands
    /// alone is checked, whatever its status.
    ///
    /// - Source: FHIR R4, medicationrequest-status; MedicationRequest.priorPrescription.
    private mutating func change(
        _ medication: Medication, _ parts: RequestParts, _ draft: ResourceEntry
    ) -> (entry: Medication?, Void)? {
        let word = parts.status.flatMap { StatusCode($0) }
        guard word == .stopped || word == .completed || word == .cancelled || word == .enteredInError || word == .onHold else { return nil }
        if !draft.changesRecord, word != .onHold, let prior = medication.replaces, index.entry(prior) != nil {
            note(.status, "a draft that ends an order on record; not checked as an order", at: parts.status)
            endedByDrafts.insert(prior)
            return (nil, ())
        }
        guard draft.changesRecord else { return nil }
        var medication = medication
        medication.started = firstDay(of: medication.dosages) ?? parts.effective?.start
        switch word {
        case .enteredInError:
            leaveOut("entered in error, as the draft has it; left out")
            return (nil, ())
        case .onHold: medication.use = .onHold
        default:
            note(.status, "a draft that ends an order on record; not checked as an order", at: parts.status)
            medication.use = .ended
            medication.ended = PartialDate(asOf.today)
        }
        return (medication, ())
    }

    /// Ends orders on record today.
    func end(_ ended: Set<ResourceReference>, in medications: inout [Medication]) {
        for place in medications.indices where ended.contains(medications[place].reference) {
            guard medications[place].use == .current || medications[place].use == .onHold else { continue }
            medications[place].use = .ended
            medications[place].ended = PartialDate(asOf.today)
        }
    }

    /// Every draft is to be checked, whatever its status; unless it says that something is not to be given.
    private mutating func drafted(_ medication: Medication, _ parts: RequestParts) -> Medication {
        var medication = medication
        medication.use = parts.isProhibition ? .prohibited : .drafted
        if parts.isProhibition { note(.doNotPerform, "a draft that something not be given; not checked as an order", at: nil) }
        medication.started = firstDay(of: medication.dosages) ?? parts.effective?.start
        medication.ended = lastDay(of: medication.dosages) ?? parts.effective?.end
        return medication
    }

    private mutating func onRecord(_ medication: Medication, _ parts: RequestParts) -> Medication? {
        guard let use = use(parts) else { return nil }
        var medication = medication
        medication.use = use
        medication.started = firstDay(of: medication.dosages) ?? parts.effective?.start
        medication.ended = lastDay(of: medication.dosages) ?? parts.effective?.end
            ?? (parts.isRefilled ? nil : courseEnd(of: medication)) ?? parts.validity?.end
        settleEnd(of: &medication, stopped: parts.statusChanged)
        return medication
    }

    /// The last day of a course whose length is stated: counted from its first day, else from the day it was written.
    ///
    /// Only for what is not refilled: with refills the length is often that of one supply.
    private func courseEnd(of medication: Medication) -> PartialDate? {
        guard let start = medication.started ?? medication.authored, !medication.dosages.isEmpty else { return nil }
        var longest = 0
        for dosage in medication.dosages {
            guard let days = dosage.timing?.boundsDays?.upperBound, (0..<100_000).contains(days) else { return nil }
            longest = max(longest, days)
        }
        let span = TimeSpan(amount: longest, unit: .days)
        let days = start.days(in: asOf.zone)
        return PartialDate(days: days.lowerBound.adding(span)...days.upperBound.adding(span))
    }

    /// What status, intent and negation say together; `nil` where nothing was ever taken, which is noted.
    ///
    /// - Source: FHIR R4, medicationrequest-status, medicationrequest-intent, MedicationRequest.doNotPerform.
    private mutating func use(_ parts: RequestParts) -> Medication.Use? {
        let word = parts.status.flatMap { status($0, .status) }
        if word == .enteredInError {
            leaveOut("entered in error; left out")
            return nil
        }
        if parts.isProhibition { return .prohibited }
        switch parts.intent {
        case .proposal, .plan, .option, .directive: return .proposed
        default: break
        }
        switch word {
        case .active: return .current
        case .onHold: return .onHold
        case .stopped, .completed: return .ended
        case .cancelled:
            leaveOut("cancelled before anything was given; left out")
            return nil
        case .draft: return .proposed
        case .unknown:
            note(.status, "the sender does not know its status; not counted as taken", at: parts.status)
            return .proposed
        default:
            note(.status, "no status that FHIR lists; counted as active", at: parts.status)
            return .current
        }
    }

    // MARK: What all entries about medicines have in common

    /// Elements that requests, statements, dispenses and administrations share.
    mutating func read(_ name: ElementName, _ value: JSONNode, into medication: inout Medication, _ envelope: inout Envelope) {
        switch name {
        case .reasonCode: medication.reasons += concepts(value, .reasonCode)
        case .reasonReference: medication.reasons += reasons(referred: value)
        case .reason: medication.reasons += codeableReferences(value, .reason)
        case .encounter, .context: medication.encounter = reference(value, name)
        case .category: medication.category = concepts(value, .category)
        case .requester, .informationSource: medication.author = display(of: value) ?? medication.author
        case .performer: medication.author = display(of: value["actor"] ?? value) ?? medication.author
        default: envelope.keep(name, value)
        }
    }

    /// The name under which a reference names somebody; of several the first.
    private func display(of node: JSONNode) -> String? {
        for item in node.repetitions {
            let reference = item["actor"] ?? item
            if let name = reference["display"]?.string, !name.isEmpty { return name }
        }
        return nil
    }

    /// Fills in what the medicine is.
    mutating func identify(_ medication: inout Medication, _ parts: RequestParts, in resource: JSONNode) {
        let drug = drug(concept: parts.concept, reference: parts.reference, choice: parts.choice, in: resource)
        medication.code = drug.code
        medication.ingredients = drug.ingredients
        medication.form = drug.form
        medication.unresolved = drug.unresolved
    }

    /// Makes use and end agree: what should have ended is not current, and what was stopped did not end later than today.
    ///
    /// - Parameter stopped: when the status was set, where that is on record.
    mutating func settleEnd(of medication: inout Medication, stopped: PartialDate? = nil) {
        switch medication.use {
        case .current, .onHold:
            if let end = medication.ended, isPast(end) { medication.use = .ended }
        case .ended:
            if let stopped { medication.ended = stopped }
            // A planned end that is still to come says nothing of when it was stopped.
            if let end = medication.ended, !mayHaveCome(end) { medication.ended = nil }
        case .drafted, .proposed, .prohibited: break
        }
    }

    /// The codes of the conditions and observations that were named as reasons and came.
    private mutating func reasons(referred node: JSONNode) -> [CodeableConcept] {
        var reasons: [CodeableConcept] = []
        for item in node.repetitions {
            guard item.kind == .object else {
                noteMismatch(.reasonReference, at: item, expected: "a Reference")
                continue
            }
            guard case .literal(let reference) = ReferenceForm(item), let entry = index.entry(reference),
                let code = entry.node["code"]
            else { continue }
            append(concept(code, .reasonReference), to: &reasons)
        }
        return reasons
    }

    /// The concepts of R5's CodeableReferences.
    mutating func codeableReferences(_ node: JSONNode, _ name: ElementName) -> [CodeableConcept] {
        var found: [CodeableConcept] = []
        for item in node.repetitions {
            append(concept(item["concept"] ?? item, name), to: &found)
        }
        return found
    }
}

/// Elements of an entry about a medicine that are weighed together once all have been met.
struct RequestParts {
    var status: JSONNode?
    var intent: StatusCode?
    var isProhibition = false
    var concept: JSONNode?
    var reference: JSONNode?
    var choice: JSONNode?
    var validity: Period?
    var isRefilled = false
    var effective: Period?
    var statusChanged: PartialDate?
    /// Of a supply that is not handed over yet.
    var isBeingPrepared = false
}
