import CDSHooks
import CareGaps
import Clinical
import Documents
import HTTPTypes
import Hummingbird
import Trust

/// `POST /Measure/$care-gaps`: what is due for one patient, as a gaps-in-care document.
///
/// The states are those of a sweep, for the same patient, instant and period, and the open ones those that patient-view shows.
struct CareGapsRoutes {
    let editions: EditionHolder
    let clock: RequestClock
    let body: JSONBody
    let access: ClientAccess
    let metrics: ServiceMetrics

    static let path = "/Measure/$care-gaps"

    var routes: [RouteTable.Route] {
        [
            RouteTable.Route(
                Self.path, access: .client(at: Endpoint(path: Self.path, roles: [.ehr])),
                .post(
                    "care-gaps", "The gaps in care of one patient: Parameters in, Parameters with a document out", body: .careGapsCall,
                    answers: [
                        Operation.Answer(
                            status: .ok, description: "The gaps, and what could not be checked.", schema: .careGaps,
                            mediaType: "application/fhir+json"),
                        .refusal(.notFound, "A measure that is asked for is not loaded."),
                        .refusal(.unprocessableContent, "Nothing of the record could be fetched."),
                    ], answer))
        ]
    }

    @Sendable private func answer(_ request: Request, _ context: HookContext) async throws -> Response {
        let arrival = ContinuousClock.now
        let edition = editions.current
        let bytes = try await body.bytes(of: request, in: context.place)
        do throws(HookProblem) {
            let call = try CareGapsCall(Self.document(bytes).root, known: edition.gapRules)
            let asOf = call.instant(of: clock.now())
            let snapshot = try await snapshot(for: call, in: edition, asOf: asOf, arrival: arrival, context)
            let answer = CareGapsAnswer(call, snapshot, in: edition, asOf: asOf)
            metrics.told(answer.results)
            var response = Response.json(answer.body)
            response.headers[.contentType] = "application/fhir+json"
            return response
        } catch {
            return .json(OperationOutcome.body(error), status: HTTPResponse.Status(code: error.status))
        }
    }

    private func snapshot(
        for call: CareGapsCall, in edition: Edition, asOf: AsOf, arrival: ContinuousClock.Instant, _ context: HookContext
    ) async throws(HookProblem) -> Snapshot {
        switch call.record {
        case .sent(let bundles):
            return try edition.snapshot(of: bundles, patientID: call.patientID, asOf: asOf)
        case .fetched(let server):
            guard let request = edition.patientView(of: call.patientID, access: server) else { throw .nothingToFetchFor }
            let completed = await RecordFetching(fetcher: access.fetcher).completed(request, arrival: arrival, context) {}
            return try edition.snapshot(of: completed, asOf: asOf)
        }
    }

    private static func document(_ bytes: [UInt8]) throws(HookProblem) -> JSONDocument {
        do throws(JSONError) {
            return try JSONDocument(parsing: bytes)
        } catch {
            if case .tooLarge = error.problem { throw HookProblem(status: 413, [.init(.tooLong, error.description)]) }
            throw HookProblem(status: 400, [.init(.structure, "the body is not JSON: \(error.description)")])
        }
    }
}

extension HookProblem {
    /// An edition without the service whose way of fetching is used.
    fileprivate static let nothingToFetchFor = HookProblem(
        status: 422, [.init(.incomplete, "nothing is fetched here; send the record as `additionalData`", at: "fhirServer")])
}
