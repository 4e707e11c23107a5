import AuditLog
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
    /// Nothing where decisions are not kept.
    let recorder: DecisionRecorder?
    let metrics: ServiceMetrics

    static let path = "/Measure/$care-gaps"

    /// FHIR lets a client `GET` an operation that changes nothing, with its parameters in the URL; this one works on a record, and
    /// a record, as a token, has no place there.
    ///
    /// - Source: FHIR R4, operations, "Executing an Operation Synchronously".
    static let whyNotGet = """
        This service keeps no patients: the record comes with the call. Send the same parameters as a FHIR Parameters resource, \
        with the record as `additionalData`, or `fhirServer` and `accessToken` where it may be fetched; never in a URL.
        """

    var routes: [RouteTable.Route] {
        [
            RouteTable.Route(
                Self.path, alias: "/Measure/%24care-gaps", access: .client(at: Endpoint(path: Self.path, roles: [.ehr])),
                .post(
                    "care-gaps", "The gaps in care of one patient: Parameters in, Parameters with a document out", body: .careGapsCall,
                    answers: [
                        Operation.Answer(
                            status: .ok, description: "The gaps, and what could not be checked.", schema: .careGaps,
                            mediaType: "application/fhir+json"),
                        .refusal(.notFound, "A measure that is asked for is not loaded."),
                        .refusal(.unprocessableContent, "Nothing of the record could be fetched."),
                    ], answer),
                .refusedGet("care-gaps-get", "Not answered: an operation on a record needs the record", because: Self.whyNotGet, use: .post))
        ]
    }

    @Sendable private func answer(_ request: Request, _ context: HookContext) async throws -> Response {
        let arrival = ContinuousClock.now
        let edition = editions.current
        let bytes = try await body.bytes(of: request, in: context.place)
        let now = clock.now()
        let answer = await edition.careGaps(bytes, at: now) { call in
            await RecordFetching(fetcher: access.fetcher).completed(call, arrival: arrival, context) {}
        }
        metrics.told(answer.results)
        if let recorder {
            let kept = AnsweredCall(
                answer, client: context.caller.name, body: bytes, edition: edition.id, dialect: context.caller.dialect, asOf: now,
                latency: ContinuousClock.now - arrival)
            await recorder.record(kept, body: bytes, fetched: answer.fetched, logger: context.logger)
        }
        var response = Response.json(answer.body, status: HTTPResponse.Status(code: answer.status))
        if answer.status == 200 { response.headers[.contentType] = "application/fhir+json" }
        return response
    }
}
