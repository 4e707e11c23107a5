import Clinical
import Documents
import Intake
import Testing

/// What was read of some FHIR in a test.
struct Reading {
    var snapshot: Snapshot
    var notes: [IntakeNote]

    /// Notes about an element or a resource.
    func notes(on what: String) -> [IntakeNote] { notes.filter { $0.what == what } }
}

/// The patient of all tests.
let patientID = "p"
let subject = #""subject": {"reference": "Patient/p"}"#
let rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm"
let warfarin = #""medicationCodeableConcept": {"coding": [{"system": "\#(rxnorm)", "code": "855332"}]}"#

/// The evaluation instant of all tests unless they say otherwise.
func instant(_ text: String = "2026-06-30") throws -> AsOf { try #require(AsOf(text)) }

func json(_ text: String) throws -> JSONNode { try JSONDocument(parsing: text).root }

/// Reads resources as one record.
func read(_ resources: String..., asOf: String = "2026-06-30", patientID: String? = patientID) throws -> Reading {
    try read(bundle: bundle(resources), asOf: asOf, patientID: patientID)
}

func read(bundle text: String, asOf: String = "2026-06-30", patientID: String? = patientID) throws -> Reading {
    var reader = FHIRReader(asOf: try instant(asOf), patientID: patientID)
    reader.readBundle(try json(text))
    let (snapshot, notes) = reader.finish()
    return Reading(snapshot: snapshot, notes: notes)
}

/// Reads resources as draft orders.
func read(drafts resources: String..., asOf: String = "2026-06-30") throws -> Reading {
    var reader = FHIRReader(asOf: try instant(asOf), patientID: patientID)
    reader.readDrafts(try json(bundle(resources)))
    let (snapshot, notes) = reader.finish()
    return Reading(snapshot: snapshot, notes: notes)
}

/// Reads values of prefetch keys.
func read(_ sections: [(RecordSection, String)], asOf: String = "2026-06-30") throws -> Reading {
    var reader = FHIRReader(asOf: try instant(asOf), patientID: patientID)
    for (section, text) in sections { reader.readSection(section, try json(text)) }
    let (snapshot, notes) = reader.finish()
    return Reading(snapshot: snapshot, notes: notes)
}

func bundle(_ resources: [String], type: String = "searchset") -> String {
    let entries = resources.map { #"{"resource": \#($0)}"# }.joined(separator: ", ")
    return #"{"resourceType": "Bundle", "type": "\#(type)", "entry": [\#(entries)]}"#
}

/// A resource of the test patient with the members given.
func resource(_ type: String, id: String = "1", _ members: String) -> String {
    let whose = ["AllergyIntolerance", "Immunization"].contains(type) ? subject.replacing(#""subject""#, with: #""patient""#) : subject
    return #"{"resourceType": "\#(type)", "id": "\#(id)", \#(whose), \#(members)}"#
}

func medicationRequest(id: String = "1", status: String = "active", intent: String = "order", _ more: String = "") -> String {
    resource("MedicationRequest", id: id, #""status": "\#(status)", "intent": "\#(intent)", \#(warfarin)\#(more.isEmpty ? "" : ", \(more)")"#)
}

func observation(id: String = "1", status: String = "final", _ members: String) -> String {
    resource(
        "Observation", id: id,
        #""status": "\#(status)", "code": {"coding": [{"system": "http://loinc.org", "code": "4548-4"}]}, \#(members)"#)
}

func condition(id: String = "1", _ members: String) -> String {
    resource("Condition", id: id, #""code": {"coding": [{"system": "http://snomed.info/sct", "code": "44054006"}]}, \#(members)"#)
}

func clinical(_ status: String) -> String { #""clinicalStatus": {"coding": [{"code": "\#(status)", "system": "urn:x"}]}"# }
func verified(_ status: String) -> String { #""verificationStatus": {"coding": [{"code": "\#(status)", "system": "urn:x"}]}"# }

func date(_ text: String) throws -> PartialDate { try #require(PartialDate(text)) }

func days(_ first: String, _ last: String) throws -> ClosedRange<CivilDate> {
    try #require(CivilDate(first))...(try #require(CivilDate(last)))
}
