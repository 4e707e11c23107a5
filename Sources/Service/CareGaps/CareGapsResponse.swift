import AuditLog
import CDSHooks
import CareGaps
import Clinical
import Digests
import Documents

/// What is answered to a body that was sent to `$care-gaps`, whether it was a call or not.
struct CareGapsResponse {
    let status: Int
    let body: [UInt8]
    /// How the patient stands with each rule; empty where the call was refused.
    let results: [CareGapResult]
    /// Whose gaps were asked for, if the call could be read.
    let patientID: String?
    /// What was fetched for it, as it is kept; `nil` where nothing was.
    let fetched: [UInt8]?

    /// By which the journal knows such calls; no service of discovery has such a name.
    static let service = "$care-gaps"
}

extension Edition {
    /// The walk of one call of `$care-gaps`: parameters, record, states, document.
    ///
    /// Everything but `complete` is pure: the same edition, body, instant and record give the same bytes.
    ///
    /// - Parameters:
    ///   - now: the instant of the call; a period that ended earlier is looked at as of its end.
    ///   - complete: fetches the record of a call that brings none.
    func careGaps(_ body: [UInt8], at now: AsOf, completing complete: (HookRequest) async -> HookRequest) async -> CareGapsResponse {
        var patientID: String?
        var fetched: [UInt8]?
        do throws(HookProblem) {
            let call = try CareGapsCall(Self.document(body).root, known: gapRules)
            patientID = call.patientID
            let asOf = call.instant(of: now)
            let record: CareGapsRecord
            switch call.record {
            case .sent(let bundles):
                record = try self.record(of: bundles, patientID: call.patientID, asOf: asOf)
            case .fetched(let server):
                guard let request = patientView(of: call.patientID, access: server) else { throw .nothingToFetchFor }
                let completed = await complete(request)
                fetched = completed.fetched.isEmpty ? nil : completed.fetched.bytes
                record = try self.record(of: completed, asOf: asOf)
            }
            let answer = CareGapsAnswer(call, record, in: self, asOf: asOf)
            return CareGapsResponse(status: 200, body: answer.body, results: answer.results, patientID: patientID, fetched: fetched)
        } catch {
            return CareGapsResponse(
                status: error.status, body: OperationOutcome.body(error), results: [], patientID: patientID, fetched: fetched)
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

extension AnsweredCall {
    /// What is kept of a call of `$care-gaps` and its answer.
    init(
        _ answer: CareGapsResponse, client: String?, body: [UInt8], edition: PublishedEdition, dialect: Dialect, asOf: AsOf, latency: Duration
    ) {
        self.init(
            recorded: asOf.instant, asOf: asOf, service: CareGapsResponse.service, hook: CareGapsResponse.service, client: client,
            patientID: answer.patientID, request: Digest(of: body), edition: DecisionEdition(edition), status: answer.status,
            latency: latency)
        fetched = answer.fetched.map { Digest(of: $0) }
        self.dialect = dialect.description
        response = Digest(of: answer.body)
        gaps = answer.results.filter { $0.state != .notInPopulation }.map { result in
            DecidedGap(rule: result.rule, version: result.version, state: result.state.rawValue)
        }
    }
}
