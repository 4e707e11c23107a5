import Testing

@testable import FHIRAccess

@Suite("Queries")
struct FHIRQueryTests {
    @Test(
        "Reads and searches",
        arguments: [
            ("Patient/123", "Patient/123"), ("Patient/eX_y.z-1", "Patient/eX_y.z-1"),
            ("Condition?patient=1&category=problem-list-item", "Condition?patient=1&category=problem-list-item"),
            (
                "Observation?patient=1&code=http://loinc.org|4548-4,http://loinc.org|1-8&_sort=-date",
                "Observation?patient=1&code=http://loinc.org%7C4548-4,http://loinc.org%7C1-8&_sort=-date"
            ),
            ("Observation?code=a%7Cb", "Observation?code=a%7Cb"), ("Condition?patient=ä b", "Condition?patient=%C3%A4%20b"),
        ])
    func read(text: String, target: String) {
        #expect(FHIRQuery(text)?.target == target)
    }

    @Test(
        "What a value filled in could make of them",
        arguments: [
            "", "Patient", "Patient/", "/Patient/1", "Patient/1/2", "Patient/..", "Patient/../x", "../Patient/1", "Patient/1#x",
            "Patient/1 2",
            "patient/1", "https://evil.example.org/Patient/1", "//evil.example.org?x", "Patient/{{context.patientId}}",
            "Condition?patient={{context.patientId}}", "Patient/1/_history?x", "Patient/%2e%2e", "@evil?x",
            "Patient/1\r\nHost: x",
        ])
    func refused(text: String) {
        #expect(FHIRQuery(text) == nil)
    }
}
