import Clinical
import Documents

extension ElementReader {
    /// A supply handed over: taken until it is used up.
    ///
    /// - Source: FHIR R4, medicationdispense.
    mutating func medicationDispense(_ entry: ResourceEntry) -> Medication? {
        begin(entry)
        var medication = Medication(reference: entry.reference, source: .dispense, use: .ended)
        var parts = RequestParts()
        var handedOver: PartialDate?
        var prepared: PartialDate?
        var supply: TimeSpan?
        var envelope = Envelope()
        for (element, value) in entry.node.knownMembers {
            switch element {
            case .status: parts.status = value
            case .medicationCodeableConcept: parts.concept = value
            case .medicationReference: parts.reference = value
            case .medication: parts.choice = value
            case .dosageInstruction: medication.dosages = dosages(value, .dosageInstruction)
            case .whenHandedOver: handedOver = date(value, .whenHandedOver)
            case .whenPrepared: prepared = date(value, .whenPrepared)
            case .daysSupply: supply = daysSupply(value)
            default: read(element, value, into: &medication, &envelope)
            }
        }
        guard admits(envelope) else { return nil }
        medication.authored = handedOver ?? prepared
        medication.started = medication.authored
        guard let use = use(dispense: &parts) else { return nil }
        medication.use = use
        identify(&medication, parts, in: entry.node)
        guard use == .current else { return medication }
        if parts.isBeingPrepared, medication.started == nil {
            note(.status, "being prepared, nobody knows since when; not counted as taken", at: parts.status)
            medication.use = .proposed
            return medication
        }
        medication.ended = medication.started.map { end(of: supply, from: $0) }
        settleEnd(of: &medication)
        return medication
    }

    /// What a pharmacy hands over at once where the record does not say for how long: 90 days, the usual most in the USA.
    static let presumedSupply = TimeSpan(amount: 90, unit: .days)

    private mutating func end(of supply: TimeSpan?, from start: PartialDate) -> PartialDate {
        if supply == nil { note(.daysSupply, "not stated; taken as 90 days", at: nil) }
        let span = supply ?? Self.presumedSupply
        let days = start.days(in: asOf.zone)
        return PartialDate(days: days.lowerBound.adding(span)...days.upperBound.adding(span))
    }

    /// A number of days; its unit may be missing, since the name says it.
    private mutating func daysSupply(_ node: JSONNode) -> TimeSpan? {
        guard node.kind == .object, node["unit"] == nil, node["code"] == nil else { return span(node, .daysSupply)?.high }
        guard let value = node["value"].flatMap({ decimal($0, .daysSupply) })?.doubleValue, value >= 0, value <= 100_000 else {
            return nil
        }
        return TimeSpan(amount: Int(value.rounded(.up)), unit: .days)
    }

    /// What is being prepared or lies ready is about to be taken, and what is ordered now will meet it: it counts from the day of its
    /// preparation as what was handed over does.
    ///
    /// - Source: FHIR R4, medicationdispense-status: `preparation` (staging has begun), `in-progress` (ready for pickup), `on-hold`
    ///   (paused, to go on later).
    private mutating func use(dispense parts: inout RequestParts) -> Medication.Use? {
        let word = parts.status.flatMap { status($0, .status) }
        switch word {
        case .completed: return .current
        case .stopped: return .ended
        case .preparation, .inProgress, .onHold:
            parts.isBeingPrepared = true
            return .current
        case .unknown:
            note(.status, "the sender does not know its status; not counted as taken", at: parts.status)
            return .proposed
        case .enteredInError:
            leaveOut("entered in error; left out")
            return nil
        case .cancelled, .declined:
            leaveOut("never handed over; left out")
            return nil
        default:
            note(.status, "no status that FHIR lists; counted as handed over", at: parts.status)
            return .current
        }
    }
}
