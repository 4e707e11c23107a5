@testable import CDSHooks
import Documents
import Testing

/// A call bent in one place, and the member that is then named.
struct BentCall: Sendable, CustomTestStringConvertible {
    let name: String
    let member: String
    let code: String
    let bend: @Sendable (inout JSONValue) -> Void
    var testDescription: String { name }

    init(_ name: String, names member: String, _ code: String, _ bend: @escaping @Sendable (inout JSONValue) -> Void) {
        self.name = name
        self.member = member
        self.code = code
        self.bend = bend
    }

    static let all: [BentCall] = [
        BentCall("R51 no hook", names: "hook", "required") { $0["hook"] = nil },
        BentCall("R51 hook is a number", names: "hook", "value") { $0["hook"] = 1 },
        BentCall("R73 another hook", names: "hook", "value") { $0["hook"] = "patient-view" },
        BentCall("R52 no hookInstance", names: "hookInstance", "required") { $0["hookInstance"] = nil },
        BentCall("R52 hookInstance is null", names: "hookInstance", "required") { $0["hookInstance"] = .null },
        BentCall("R52 hookInstance is no UUID", names: "hookInstance", "value") { $0["hookInstance"] = "123" },
        BentCall("R52 hookInstance with a stray letter", names: "hookInstance", "value") { $0["hookInstance"] = "g1577c69-dfbe-44ad-ba6d-3e05e953b2ea" },
        BentCall("R53 fhirAuthorization without fhirServer", names: "fhirServer", "required") { $0["fhirAuthorization"] = ["access_token": "t"] },
        BentCall("R53 fhirServer is relative", names: "fhirServer", "value") { $0["fhirServer"] = "/fhir" },
        BentCall("R53 fhirServer is no text", names: "fhirServer", "value") { $0["fhirServer"] = 4 },
        BentCall("R54 fhirAuthorization is text", names: "fhirAuthorization", "structure") {
            $0["fhirServer"] = "https://ehr.example.org"
            $0["fhirAuthorization"] = "token"
        },
        BentCall("R55 no context", names: "context", "required") { $0["context"] = nil },
        BentCall("R55 context is an array, as before 1.0", names: "context", "structure") { $0["context"] = [["resourceType": "Patient"]] },
        BentCall("R55 context is text", names: "context", "structure") { $0["context"] = "p1" },
        BentCall("patient at the top, as before 1.0", names: "patient", "structure") {
            $0["patient"] = "p1"
            $0["context"]?["patientId"] = nil
        },
        BentCall("R56 prefetch is an array", names: "prefetch", "structure") { $0["prefetch"] = [1] },
        BentCall("R56 a prefetch value is text", names: "prefetch", "structure") { $0["prefetch"]?["patient"] = "p1" },
        BentCall("R58 no patientId", names: "context.patientId", "required") { $0["context"]?["patientId"] = nil },
        BentCall("R58 patientId is a number", names: "context.patientId", "value") { $0["context"]?["patientId"] = 7 },
        BentCall("R58 patientId is empty", names: "context.patientId", "value") { $0["context"]?["patientId"] = "" },
        BentCall("R66 patientId with a type", names: "context.patientId", "value") { $0["context"]?["patientId"] = "Patient/p1" },
        BentCall("R58 no userId", names: "context.userId", "required") { $0["context"]?["userId"] = nil },
        BentCall("R66 userId without a type", names: "context.userId", "value") { $0["context"]?["userId"] = "doctor" },
        BentCall("R66 userId of a thing", names: "context.userId", "value") { $0["context"]?["userId"] = "Device/d1" },
        BentCall("R58 encounterId is an object", names: "context.encounterId", "value") { $0["context"]?["encounterId"] = ["id": "e"] },
        BentCall("R58 no draftOrders", names: "context.draftOrders", "required") { $0["context"]?["draftOrders"] = nil },
        BentCall("R58 draftOrders is an array", names: "context.draftOrders", "structure") { $0["context"]?["draftOrders"] = [] },
        BentCall("R58 draftOrders is no Bundle", names: "context.draftOrders", "structure") { $0["context"]?["draftOrders"] = ["resourceType": "List"] },
    ]
}

@Suite("The envelope of a call")
struct EnvelopeTests {
    @Test("R75 R79 R80: a bent call is refused with 400 and an outcome that names the member", arguments: BentCall.all)
    func refused(_ bent: BentCall) throws {
        var call = Call.orderSign
        bent.bend(&call)
        let (status, body) = try World.answer(call)
        #expect(status == 400)
        #expect(body["resourceType"] == "OperationOutcome")
        let issue = try #require(body["issue"]?.elements.first { $0.at("expression.0")?.string == bent.member })
        #expect(issue["code"]?.string == bent.code)
        #expect(issue["severity"] == "error")
        #expect(body.hollows() == [])
    }

    @Test("every fault is told at once")
    func all() throws {
        let (_, body) = try World.answer(["hook": "order-sign", "context": ["userId": 1]])
        let members = body["issue"]?.elements.compactMap { $0.at("expression.0")?.string } ?? []
        #expect(Set(members) == ["hookInstance", "context.userId", "context.patientId", "context.draftOrders"])
    }

    @Test("R75: what is not JSON, or no object, is 400", arguments: ["", "{", "null", "[]", "\"x\"", "{\"hook\":1,}", "{} {}", "\u{FEFF}{}", "{\"a\":1,\"a\":2}"])
    func notJSON(_ text: String) throws {
        let (status, body) = try World.answer(bytes: Array(text.utf8), service: "vigil-order-sign") { _ in World.nothing }
        #expect(status == 400)
        #expect(body.at("issue.0.code") == "structure")
    }

    @Test("R75: bytes that are no UTF-8, and arrays too deep, are 400")
    func hostile() throws {
        for bytes in [[0xFF, 0xFE], Array(repeating: UInt8(ascii: "["), count: 100_000)] {
            #expect(try World.answer(bytes: bytes, service: "vigil-order-sign") { _ in World.nothing }.status == 400)
        }
    }

    @Test("R74: an unknown service is 404")
    func unknownService() throws {
        let (status, body) = try World.answer(Call.orderSign, service: "nobody")
        #expect(status == 404)
        #expect(body.at("issue.0.code") == "not-found")
    }

    @Test("R52: a UUID of any version, in capitals, with urn:uuid:", arguments: [
        "a8098c1a-f86e-11ec-bd1a-00112444be1e", "D1577C69-DFBE-44AD-BA6D-3E05E953B2EA", "urn:uuid:d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "00000000-0000-0000-0000-000000000000", "018f3f9e-7c1a-7b7e-8a5e-0123456789ab",
    ])
    func instances(_ instance: String) throws {
        var call = Call.orderSign
        call["hookInstance"] = .string(instance)
        #expect(try World.answer(call).status == 200)
    }

    @Test("R72: unknown members and extensions are passed over, also those of vendors")
    func unknownMembers() throws {
        var call = Call.orderSign
        call["extension"] = ["com.epic.cdshooks.request.fhir-version": "R4", "internal.epic.cdshooks": [1, nil, [:]]]
        call["user"] = "Practitioner/doctor"
        call["context"]?["somethingNew"] = [1, 2]
        call["context"]?["extension"] = "x"
        #expect(try World.answer(call).status == 200)
    }

    @Test("R54 R70 R71: an authorization of any shape is let through, and its token appears nowhere")
    func authorization() throws {
        var call = Call.orderSign
        call["fhirServer"] = "https://ehr.example.org/fhir"
        call["fhirAuthorization"] = ["access_token": "s3cret", "token_type": "Bearer", "expires_in": "300", "scope": "Observation.Read (Labs) (R4)"]
        let response = try World.respond(call.bytes, "vigil-order-sign") { _ in World.nothing }
        #expect(response.status == 200)
        #expect(!String(decoding: response.body, as: UTF8.self).contains("s3cret"))
    }

    @Test("R66: the user may be told by an absolute address, and be a patient or a relative")
    func users() throws {
        for user in ["https://ehr.example.org/fhir/PractitionerRole/r1", "Patient/p1", "RelatedPerson/x"] {
            var call = Call.patientView
            call["context"]?["userId"] = .string(user)
            #expect(try World.answer(call, service: "vigil-patient-view").status == 200, "\(user)")
        }
    }

    @Test("R86: ids of 194 characters, with dots, dashes and underscores")
    func longIdentifiers() throws {
        var call = Call.orderSelect
        let id = String(repeating: "e.K-3_", count: 32) + "ab"
        call["context"]?["selections"] = [.string("MedicationRequest/\(id)")]
        call["context"]?["draftOrders"]?["entry"] = [["resource": Call.medication(id, status: "draft", rxcui: "5640", name: "ibuprofen")]]
        #expect(try World.answer(call, service: "vigil-order-select").status == 200)
    }

    @Test("R58: order-select needs selections, an array of Type/id", arguments: [nil, "MedicationRequest/1", [1], ["draft-1"]] as [JSONValue?])
    func selections(_ value: JSONValue?) throws {
        var call = Call.orderSelect
        call["context"]?["selections"] = value
        let (status, body) = try World.answer(call, service: "vigil-order-select")
        #expect(status == 400)
        #expect(body.at("issue.0.expression.0") == "context.selections")
    }

    @Test("the outcome says nothing that the caller sent")
    func noEcho() throws {
        var call = Call.orderSign
        call["hook"] = "Jane Doe"
        call["context"]?["patientId"] = "Patient/Jane Doe"
        let response = try World.respond(call.bytes, "vigil-order-sign") { _ in World.nothing }
        #expect(!String(decoding: response.body, as: UTF8.self).contains("Jane"))
    }
}
