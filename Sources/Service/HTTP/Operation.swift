import HTTPTypes
import Hummingbird

/// One method of a path: what it does, and every way in which it may answer.
struct Operation {
    typealias Handler = @Sendable (Request, HookContext) async throws -> Response

    let method: HTTPRequest.Method
    /// Its name in `/openapi.json`.
    let id: String
    /// One line for people.
    let summary: String
    /// The schema of the JSON body that it reads; nil where it reads none.
    let body: SchemaName?
    /// Its own answers; those that any operation may give are not repeated here.
    let answers: [Answer]
    let handler: Handler
    /// Whether a caller must show who it is, where clients are configured.
    var isGuarded = false
    /// Whether it is there only to say why the method is not answered.
    var isRefusal = false

    /// What `GET` of a path gives.
    static func get(_ id: String, _ summary: String, answers: [Answer], _ handler: @escaping Handler) -> Operation {
        Operation(method: .get, id: id, summary: summary, body: nil, answers: answers, handler: handler)
    }

    /// What `POST` to a path does.
    static func post(
        _ id: String, _ summary: String, body: SchemaName?, answers: [Answer], _ handler: @escaping Handler
    ) -> Operation {
        Operation(method: .post, id: id, summary: summary, body: body, answers: answers, handler: handler)
    }

    /// A `GET` that a standard allows and that cannot be answered here: it says what to do in its place.
    static func refusedGet(_ id: String, _ summary: String, because why: String, use allowed: HTTPRequest.Method) -> Operation {
        var operation = Operation(
            method: .get, id: id, summary: summary, body: nil, answers: [.refusal(.methodNotAllowed, why)]
        ) { _, _ in throw HTTPProblem.method(.get, allowed: [allowed], because: why) }
        operation.isRefusal = true
        return operation
    }

    /// A status, and what comes with it.
    struct Answer {
        let status: HTTPResponse.Status
        let description: String
        /// The schema of its JSON; nil where it has none.
        var schema: SchemaName?
        /// The media type, where it is not JSON.
        var mediaType = "application/json"
        /// Headers that come with it, with what they say.
        var headers: [(name: String, description: String)] = []

        /// JSON after a schema.
        static func json(_ status: HTTPResponse.Status, _ schema: SchemaName, _ description: String) -> Answer {
            Answer(status: status, description: description, schema: schema)
        }

        /// A refusal, told by an OperationOutcome.
        static func refusal(_ status: HTTPResponse.Status, _ description: String) -> Answer {
            Answer(status: status, description: description, schema: .operationOutcome)
        }

        /// A status alone.
        static func empty(_ status: HTTPResponse.Status, _ description: String) -> Answer {
            Answer(status: status, description: description)
        }

        /// Text of a media type.
        static func text(_ mediaType: String, _ description: String) -> Answer {
            Answer(status: .ok, description: description, schema: .text, mediaType: mediaType)
        }
    }
}

extension Operation {
    /// Every answer: its own, those of reading a body, and those that any request may get.
    var allAnswers: [Answer] {
        var all = answers
        let refusals = (body == nil ? [] : Self.bodyRefusals) + (isGuarded ? Self.admissionRefusals : []) + Self.common
        for answer in refusals where !all.contains(where: { $0.status == answer.status }) {
            all.append(answer)
        }
        return all.sorted { $0.status.code < $1.status.code }
    }

    /// How a body may be refused before a hook sees it.
    private static let bodyRefusals: [Answer] = [
        .refusal(.badRequest, "The body is not JSON, or not what is read here."),
        .refusal(.contentTooLarge, "The body is longer than what is read."),
        .refusal(.unsupportedMediaType, "The body is not declared as JSON, or is compressed."),
    ]

    /// How a caller may be refused before anything is read.
    private static let admissionRefusals: [Answer] = [
        .empty(.unauthorized, "No token, or none that is believed; the log says why."),
        .refusal(.forbidden, "The client may not do this."),
        .refusal(.tooManyRequests, "The client has as many requests under way as it may have; try again."),
        .refusal(.serviceUnavailable, "The service has as much to do as it takes on, or cannot verify the token now; try again."),
    ]

    /// What may come of any request.
    private static let common: [Answer] = [
        .refusal(.internalServerError, "The service failed on this request; its log names it by its id.")
    ]
}
