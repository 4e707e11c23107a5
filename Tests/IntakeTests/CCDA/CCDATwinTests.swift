import Clinical
import Documents
import Intake
import Testing

/// One patient told as a document and as a Bundle written by hand: one snapshot.
@Suite("C-CDA: one patient in two formats") struct CCDATwinTests {
    private static let document = CCDASample(sections: [
        CCDASample.section("10160-0", CCDAEntry.medicine(CCDAEntry.warfarin, times: """
            <effectiveTime xsi:type="IVL_TS"><low value="20260110"/></effectiveTime>
            <effectiveTime xsi:type="PIVL_TS" operator="A"><period value="24" unit="h"/></effectiveTime>
            """, #"<routeCode code="C38288" codeSystem="2.16.840.1.113883.3.26.1.1" displayName="ORAL"/><doseQuantity value="5" unit="mg"/>"#)),
        CCDASample.section("48765-2", CCDAEntry.allergy(CCDAEntry.coded("code", "7980", CCDAEntry.rxnorm, "Penicillin G"))),
        CCDASample.section("11450-4", CCDAEntry.problem(CCDAEntry.value("49436004"))),
        CCDASample.section("30954-2", CCDAEntry.result("34714-6", #"<value xsi:type="PQ" value="3.4" unit="{INR}"/>"#)),
    ])

    private static let bundle = """
        {"resourceType": "Bundle", "type": "collection", "entry": [
        {"resource": {"resourceType": "Patient", "id": "patient", "gender": "female", "birthDate": "1950-04-01"}},
        {"resource": {"resourceType": "MedicationStatement", "id": "medicationstatement-1", "status": "active", "subject": {"reference": "Patient/patient"},
        "medicationCodeableConcept": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "855332", "display": "Warfarin Sodium 5 MG Oral Tablet"}]},
        "effectivePeriod": {"start": "2026-01-10"}, "dosage": [{"timing": {"repeat": {"frequency": 1, "period": 24, "periodUnit": "h"}},
        "route": {"coding": [{"system": "urn:oid:2.16.840.1.113883.3.26.1.1", "code": "C38288", "display": "ORAL"}]},
        "doseAndRate": [{"doseQuantity": {"value": 5, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}}]}]}},
        {"resource": {"resourceType": "AllergyIntolerance", "id": "allergyintolerance-1", "patient": {"reference": "Patient/patient"}, "type": "allergy",
        "clinicalStatus": {"coding": [{"code": "active"}]}, "verificationStatus": {"coding": [{"code": "confirmed"}]}, "category": ["medication"],
        "code": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "7980", "display": "Penicillin G"}]}}},
        {"resource": {"resourceType": "Condition", "id": "condition-1", "subject": {"reference": "Patient/patient"}, "clinicalStatus": {"coding": [{"code": "active"}]},
        "verificationStatus": {"coding": [{"code": "confirmed"}]}, "category": [{"coding": [{"code": "problem-list-item"}]}],
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "49436004"}]}, "onsetDateTime": "2020-03-01"}},
        {"resource": {"resourceType": "Observation", "id": "observation-1", "subject": {"reference": "Patient/patient"}, "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "34714-6", "display": ""}]}, "effectiveDateTime": "2026-06-20T08:30:00-05:00",
        "valueQuantity": {"value": 3.4, "unit": "{INR}", "system": "http://unitsofmeasure.org", "code": "{INR}"}}}]}
        """

    @Test func theSameFacts() throws {
        let told = try Self.document.reading().snapshot
        let written = try read(bundle: Self.bundle, patientID: "patient").snapshot
        #expect("\(told.patient)" == "\(written.patient)")
        #expect(told.medications.count == 1 && "\(told.medications)" == "\(written.medications)")
        #expect(told.allergies.count == 1 && "\(told.allergies)" == "\(written.allergies)")
        #expect(told.conditions.count == 1 && "\(told.conditions)" == "\(written.conditions)")
        #expect(told.observations.count == 1 && "\(told.observations)" == "\(written.observations)")
        #expect(told.medications.first?.use == .current && told.allergies.first?.standing == .active)
    }
}
