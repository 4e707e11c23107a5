import CDSHooks
import HTTPTypes
import Hummingbird
import Intake

/// A call that the HTTP edge itself refuses, before a hook sees it.
///
/// The only place where such refusals take their status and words.
struct HTTPProblem: Error {
    let status: HTTPResponse.Status
    /// A code of FHIR's issue-type value set.
    let code: String
    /// What was wrong, in words made here; nothing of the request's body.
    let diagnostics: String
    var headers: HTTPFields = [:]
    /// Whether nothing but the status is told.
    var isSilent = false

    /// No such path.
    static let noRoute = HTTPProblem(
        status: .notFound,
        code: "not-found", diagnostics: "There is nothing at this path. The services are listed at /cds-services.")

    /// The path exists, for other methods.
    static func method(_ method: HTTPRequest.Method, allowed: [HTTPRequest.Method], because why: String? = nil) -> HTTPProblem {
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        return HTTPProblem(
            status: .methodNotAllowed,
            code: "not-supported", diagnostics: "\(method.rawValue) is not answered here; use \(names).\(why.map { " \($0)" } ?? "")",
            headers: [.allow: names])
    }

    /// A body that is not JSON by its own account.
    static let mediaType = HTTPProblem(
        status: .unsupportedMediaType,
        code: "not-supported", diagnostics: "The body must be sent as `Content-Type: application/json`, in UTF-8.")

    /// A message or document that cannot be read at all.
    static func unreadable(_ error: FormatError) -> HTTPProblem {
        let place = error.offset.map { " (byte \($0))" } ?? ""
        return HTTPProblem(
            status: .badRequest,
            code: "structure", diagnostics: "The body cannot be read as \(error.format): \(error.message)\(place).")
    }

    /// A compressed body.
    static let contentCoding = HTTPProblem(
        status: .unsupportedMediaType,
        code: "not-supported", diagnostics: "The body must be sent without `Content-Encoding`.",
        headers: [.acceptEncoding: "identity"])

    /// A body longer than the limit.
    static func tooLarge(limit: Int) -> HTTPProblem {
        HTTPProblem(
            status: .contentTooLarge,
            code: "too-long", diagnostics: "The body is longer than the \(limit) bytes that are read.")
    }

    /// A body that ended before it was complete.
    static let interrupted = HTTPProblem(
        status: .badRequest,
        code: "structure", diagnostics: "The body could not be read to its end.")

    /// Nothing is ever kept: the service runs without a journal.
    static let feedbackNotKept = HTTPProblem(
        status: .notFound, code: "not-supported", diagnostics: "No feedback is kept here: the service runs without a journal.")

    /// Nothing can be kept at the moment: try again.
    static let noJournal = HTTPProblem(
        status: .serviceUnavailable,
        code: "transient", diagnostics: "Feedback cannot be kept at the moment; nothing of it was. Send it again.",
        headers: [.retryAfter: "60"])

    /// What only an administrator may ask for.
    static let notAdministrator = HTTPProblem(
        status: .forbidden,
        code: "forbidden", diagnostics: "This is open to callers on this machine only, not through a browser or a proxy.")

    /// No token, or none that is believed: the same answer whatever is wrong, also where there is no such service.
    static let unauthorized = HTTPProblem(
        status: .unauthorized, code: "login", diagnostics: "", headers: [.wwwAuthenticate: "Bearer"], isSilent: true)

    /// A client that is known, and may not do this.
    static let forbidden = HTTPProblem(
        status: .forbidden, code: "forbidden", diagnostics: "This client is not entitled to this endpoint.")

    /// Nothing is wrong with the token, as far as can be told.
    static let cannotVerify = HTTPProblem(
        status: .serviceUnavailable,
        code: "transient", diagnostics: "The token cannot be verified at the moment. Try again.", headers: [.retryAfter: "5"])

    /// More requests than are answered at one time.
    static let overloaded = HTTPProblem(
        status: .serviceUnavailable,
        code: "throttled", diagnostics: "The service has as much to do as it takes on. Try again.", headers: [.retryAfter: "1"])

    /// More requests of one client than are answered at one time.
    static let tooManyRequests = HTTPProblem(
        status: .tooManyRequests,
        code: "throttled", diagnostics: "This client has as many requests under way as it may have. Try again.",
        headers: [.retryAfter: "1"])

    /// Our fault; the log has the rest under the same id.
    static func failure(requestID: String) -> HTTPProblem {
        HTTPProblem(
            status: .internalServerError,
            code: "exception", diagnostics: "The service failed on this request; its log names it \(requestID).")
    }

    /// Any other refusal of the HTTP library, with its status.
    static func status(_ status: HTTPResponse.Status) -> HTTPProblem {
        HTTPProblem(
            status: status,
            code: "invalid", diagnostics: status.reasonPhrase)
    }

    /// The answer that says it.
    var response: Response {
        if isSilent { return Response(status: status, headers: headers) }
        return .json(OperationOutcome.body(code: code, diagnostics: diagnostics), status: status, headers: headers)
    }
}

extension Response {
    /// An answer of JSON text.
    static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        // Answers speak of patients and of the rules of the moment; no cache may keep them.
        headers[.cacheControl] = "no-store"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
