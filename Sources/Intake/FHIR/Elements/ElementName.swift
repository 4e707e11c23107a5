import Documents

/// The element names of FHIR that some reader here looks at; all others are passed over.
///
/// - Source: FHIR R4 (4.0.1); the few names of other releases that are read leniently are marked.
enum ElementName: String, WordList {
    // Every resource, and bundles.
    case resourceType, id, meta, implicitRules, modifierExtension, contained, `extension`, url
    case entry, resource, fullUrl, search, mode, total, link, relation, tag, versionId, lastUpdated
    case issue, severity, type, active, other
    // Data types.
    case coding, text, system, code, display, reference, identifier, value, comparator, unit
    case start, end, low, high, numerator, denominator
    // Patient.
    case birthDate, birthDateExtension = "_birthDate", gender, deceasedBoolean, deceasedDateTime
    case valueCode, valueCodeableConcept, valueDateTime
    // Events and requests in common.
    case status, intent, subject, patient, encounter, context, category, note, recordedDate
    case assertedDate  // STU3
    case dateRecorded  // DSTU2
    case doNotPerform, authoredOn, reasonCode, reasonReference, priorPrescription
    case dateWritten, dateAsserted
    case reason  // R5
    case statusChanged, effectiveDosePeriod, adherence  // R5
    case occurrenceDateTime, occurrencePeriod, occurrenceTiming, occurrenceString, occurrenceAge, occurrenceRange
    case date, notGiven, notDone, taken, wasNotTaken  // STU3, DSTU2
    // Medicines.
    case medicationCodeableConcept, medicationReference
    case medication, concept, item  // R5
    case reportedBoolean, reportedReference, reported, informationSource, requester, performer, actor
    case dosageInstruction, dosage, dispenseRequest, validityPeriod, daysSupply
    case whenHandedOver, whenPrepared
    case form, ingredient, itemCodeableConcept, itemReference, isActive, strength, product
    case doseForm, strengthRatio  // R5
    // Dosage and timing.
    case sequence, asNeededBoolean, asNeededCodeableConcept, route, timing, doseAndRate, maxDosePerPeriod
    case asNeeded, asNeededFor  // R5
    case dose, doseQuantity, doseRange, rateQuantity, rateRange, rateRatio
    case event, `repeat`, boundsDuration, boundsPeriod, boundsRange, count
    case frequency, frequencyMax, period, periodMax, periodUnit, dayOfWeek, timeOfDay, when
    // Allergies and conditions.
    case clinicalStatus, verificationStatus, criticality, reaction, substance, manifestation
    case onsetDateTime, onsetAge, onsetRange, onsetPeriod, onsetString
    case abatementDateTime, abatementAge, abatementRange, abatementPeriod, abatementString
    case abatementBoolean  // STU3
    // Observations.
    case effectiveDateTime, effectivePeriod, effectiveInstant, effectiveTiming, issued
    case valueQuantity, valueString, valueBoolean, valueInteger, valueRange, valueRatio
    case valueSampledData, valueTime, valuePeriod
    case dataAbsentReason, interpretation, component
    // Procedures, immunizations, encounters, requests.
    case performedDateTime, performedPeriod, performedString, performedAge, performedRange, bodySite
    case vaccineCode, isSubpotent
    case `class`, serviceType, location, physicalType
    case actualPeriod  // R5
    case emptyReason
    case relationship
    // What measures ask for beside that.
    case hospitalization, dischargeDisposition, diagnosis, condition, focus, statusReason
    case codeCodeableConcept, expectedSupplyDuration, numberOfRepeatsAllowed, quantity, lastOccurrence

    static let table = WordTable<ElementName>()
}

/// The members of an object that some reader here looks at; all others are passed over in one step.
struct KnownMembers: Sequence, IteratorProtocol {
    fileprivate var members: JSONNode.Members

    @inline(__always)
    mutating func next() -> (element: ElementName, value: JSONNode)? {
        guard let (element, value) = members.next(reading: { ElementName.table.word($0) }) else { return nil }
        return (element, value)
    }
}

extension JSONNode {
    var knownMembers: KnownMembers { KnownMembers(members: members) }
}
