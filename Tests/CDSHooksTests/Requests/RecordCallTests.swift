import Clinical
import Documents
import Engine
import Intake
import Testing

@testable import CDSHooks

/// Calls made of records of other formats.
@Suite("Calls of other formats")
struct RecordCallTests {
    private static let drug: JSONValue = ["coding": [["system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "5640"]]]

    private var record: ConvertedRecord {
        ConvertedRecord(
            resources: [
                ["resourceType": "Patient", "id": "p"], ["resourceType": "Encounter", "id": "e"],
                ["resourceType": "MedicationRequest", "id": "d", "status": "draft", "medicationCodeableConcept": Self.drug],
                ["resourceType": "AllergyIntolerance", "id": "a"], ["resourceType": "Medication", "id": "m"],
            ],
            notes: [IntakeNote(about: nil, what: "PID-8", why: "no sex", range: nil)],
            supplied: [.patient: .complete, .allergies: .partial(why: "some came")])
    }

    private func body(_ hook: any Hook) throws -> (call: JSONNode, service: CDSService) {
        let catalogue = ServiceCatalogue(hooks: [hook]) { _ in DataNeeds(sections: [.patient, .allergies, .medications]) }
        let service = try #require(catalogue.services.first)
        return (try JSONDocument(parsing: RecordCall(record: record, service: service).body).root, service)
    }

    @Test("Drafts in the context, sections in the prefetch, nothing for what is not spoken of")
    func orderSign() throws {
        let (call, service) = try body(OrderSign())
        #expect(call["context"]?["draftOrders"]?["entry"]?.count == 2)
        #expect(call["prefetch"]?.members.compactMap { $0.key.string } == ["patient", "allergies"])
        let request = try HookRequest(call, for: service)
        #expect(request.patientID == "p" && request.encounterID == "e")
        let read = HookRecord(request, asOf: try World.asOf())
        #expect(read.snapshot.supply(of: .allergies) == .partial(why: "some came"))
        #expect(read.snapshot.supply(of: .medications) == .notSupplied && read.snapshot.orders.count == 1)
        #expect(read.notes.contains { $0.what == "PID-8" })
    }

    @Test("The same record gives the same call, and another record another instance")
    func deterministic() throws {
        let first = try body(OrderSign()).call, second = try body(OrderSign()).call
        #expect(first["hookInstance"]?.string == second["hookInstance"]?.string && first["hookInstance"]?.string?.count == 36)
    }

    @Test("Where a service does not check orders, it says so")
    func draftsLeftOut() throws {
        let (call, service) = try body(PatientView())
        let request = try HookRequest(call, for: service)
        #expect(request.conversion?.notes.contains { $0.what == "draft orders" } == true && record.hook == "order-sign")
    }

    @Test("Every hook that needs no more than a record can be called", arguments: HookCatalog.all.map(\.name))
    func hooks(name: String) throws {
        let hook = try #require(HookCatalog.all.first { $0.name == name })
        let (call, service) = try body(hook)
        do throws(HookProblem) {
            _ = try HookRequest(call, for: service)
        } catch {
            // A message tells neither of appointments nor of who performs an order.
            #expect(["appointment-book", "order-dispatch"].contains(name), "\(error.issues.map(\.diagnostics))")
        }
    }

    @Test("A caller's own statement can lower what is known, never raise it")
    func statement() throws {
        let (_, service) = try body(OrderSign())
        let text = #"{"org.vigil.converted": {"notes": [{"what": 5}, {"what": "x", "why": "y"}], "partial": {"medications": "z", "allergies": 7, "nothing": "z"}}}"#
        let statement = try #require(ConversionStatement(try JSONDocument(parsing: text).root))
        #expect(statement.notes.map(\.what) == ["x"] && statement.partial == [.medications: "z"])
        #expect(ConversionStatement(try JSONDocument(parsing: #"{"org.vigil.converted": []}"#).root) == nil)
        #expect(service.prefetch.isEmpty == false)
    }
}
