import Testing

@testable import Sweep

@Suite("Whose line it is")
struct LineOwnerTests {
    private func owner(_ line: String) -> LineOwner {
        Array(line.utf8).withUnsafeBytes { LineOwner(of: $0) }
    }

    @Test(
        "a resource names its patient, however it is written",
        arguments: [
            #"{"resourceType":"Condition","id":"1","subject":{"reference":"Patient/p1"}}"#,
            #"{"resourceType":"Condition","subject":{"reference":"https://ehr.example/fhir/Patient/p1"}}"#,
            #"{"resourceType":"Condition","subject":{"reference":"Patient/p1/_history/3"}}"#,
            #"{"resourceType":"Condition","subject":{"reference":"urn:uuid:p1"}}"#,
            #"{ "resourceType" : "Condition", "subject" : { "display" : "x", "reference" : "Patient/p1" } }"#,
            #"{"subject":{"type":"Patient","reference":"Patient/p1"},"resourceType":"Condition"}"#,
            "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"Patient/p1\"}}\r",
        ])
    func subject(_ line: String) {
        #expect(owner(line) == .patient(id: "p1", type: "Condition"))
    }

    @Test("the subject of a contained resource is somebody else")
    func contained() {
        let line = #"{"resourceType":"Observation","contained":[{"resourceType":"Observation","subject":{"reference":"Patient/other"}}],"subject":{"reference":"Patient/p1"}}"#
        #expect(owner(line) == .patient(id: "p1", type: "Observation"))
    }

    @Test("words in a text are no subject")
    func text() {
        let line = #"{"resourceType":"Observation","note":[{"text":"\"subject\":{\"reference\":\"Patient/other\"}"}],"subject":{"reference":"Patient/p1"}}"#
        #expect(owner(line) == .patient(id: "p1", type: "Observation"))
    }

    @Test("a patient is its own")
    func patient() {
        #expect(owner(#"{"resourceType":"Patient","id":"p1"}"#) == .patient(id: "p1", type: "Patient"))
        #expect(owner(#"{"resourceType":"Patient","meta":{},"id":"p1"}"#) == .patient(id: "p1", type: "Patient"))
        #expect(owner(#"{"resourceType":"Immunization","id":"1","patient":{"reference":"Patient/p1"}}"#) == .patient(id: "p1", type: "Immunization"))
    }

    @Test("bundles, shared resources and kinds that are not read")
    func others() {
        #expect(owner(#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p1"}}]}"#) == .bundle(patient: "p1"))
        #expect(owner(#"{"resourceType":"Bundle","entry":[{"fullUrl":"urn:uuid:u1","resource":{"resourceType":"Patient"}}]}"#) == .bundle(patient: "u1"))
        #expect(owner(#"{"resourceType":"Medication","id":"m"}"#) == .shared(type: "Medication", id: "m"))
        #expect(owner(#"{"resourceType":"Claim","id":"m","patient":{"reference":"Patient/p1"}}"#) == .unread)
    }

    @Test(
        "what belongs to nobody says why, and repeats nothing of the line",
        arguments: [
            (#"{"resourceType":"Condition","subject":{"reference":"Patient/p1"#, "not JSON"),
            (#"{"resourceType":"Condition","id":"secret"}"#, "a Condition that names no patient in `subject`"),
            (#"{"resourceType":"Condition","subject":{"reference":"Group/secret"}}"#, "a Condition that names no patient in `subject`"),
            (#"{"id":"secret"}"#, "no resource: it has no resourceType"),
            (#"["secret"]"#, "no resource"),
            (#"{"resourceType":"Patient","name":"secret"}"#, "a Patient without an id"),
            (#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"secret"}},{"resource":{"resourceType":"Patient","id":"b"}}]}"#, "a Bundle of 2 patients"),
            ("\u{FEFF}garbage", "not JSON"),
        ])
    func unknown(_ line: String, _ why: String) {
        guard case .unknown(let reason) = owner(line) else {
            Issue.record("taken for \(owner(line))")
            return
        }
        #expect(reason.hasPrefix(why))
        #expect(!reason.contains("secret"))
    }

    @Test("a search finds what a plain comparison finds")
    func pattern() {
        let text = Array("aabaabaaabab\"subject\":{".utf8)
        for wanted in ["a", "ab", "aaab", "\"subject\":", "zz", "aabaabaaabab\"subject\":{x"] {
            let bytes = Array(wanted.utf8)
            let plain = (0...max(0, text.count - bytes.count)).first { text.count >= $0 + bytes.count && Array(text[$0..<($0 + bytes.count)]) == bytes }
            let found = text.withUnsafeBytes { BytePattern(bytes).first(in: $0, from: 0) }
            #expect(found?.lowerBound == plain, "\(wanted)")
        }
    }
}
