public import Documents

/// What came of one query.
public enum FetchOutcome: Sendable {
    /// All of it: the resource of a read, or each page of a search in order.
    case complete([JSONDocument])
    /// The first pages of a search, and why no more: what is missing must count as not known.
    case partial([JSONDocument], FetchFailure)
    case failed(FetchFailure)

    /// What came, if anything.
    public var documents: [JSONDocument] {
        switch self {
        case .complete(let documents), .partial(let documents, _): documents
        case .failed: []
        }
    }

    /// Why not all came; `nil` where it did.
    public var failure: FetchFailure? {
        switch self {
        case .complete: nil
        case .partial(_, let failure), .failed(let failure): failure
        }
    }
}

/// Why something did not come from a FHIR server: a reason without addresses, tokens or patients, fit for logs and cards.
public enum FetchFailure: Error, Sendable, Hashable {
    /// The server is not one of the client's.
    case baseNotAllowed
    /// The server's address, or what its name leads to, is out of reach by configuration.
    case addressRefused
    case tokenUnusable
    case queryUnusable
    case noTimeLeft
    case timedOut
    case cancelled
    case connection
    case tooLarge
    /// An HTTP status other than 200; what the server says about it is not read.
    case status(Int)
    /// A redirect that leads away from the server, or nowhere.
    case redirectedAway
    case tooManyRedirects
    case contentType
    case notJSON
    /// An OperationOutcome came in place of the data.
    case operationOutcome
    /// A resource of another type or id than was asked for.
    case wrongResource
    /// The next page is said to stand on another server.
    case pagingAway
    case pagingLoop
    case tooManyPages
    /// What came could not be written.
    case disk

    /// A stable word for metrics.
    public var label: String {
        switch self {
        case .baseNotAllowed: "base-not-allowed"
        case .addressRefused: "address-refused"
        case .tokenUnusable: "token-unusable"
        case .queryUnusable: "query-unusable"
        case .noTimeLeft: "no-time-left"
        case .timedOut: "timed-out"
        case .cancelled: "cancelled"
        case .connection: "connection"
        case .tooLarge: "too-large"
        case .status(let code): "status-\(code)"
        case .redirectedAway: "redirected-away"
        case .tooManyRedirects: "too-many-redirects"
        case .contentType: "content-type"
        case .notJSON: "not-json"
        case .operationOutcome: "operation-outcome"
        case .wrongResource: "wrong-resource"
        case .pagingAway: "paging-away"
        case .pagingLoop: "paging-loop"
        case .tooManyPages: "too-many-pages"
        case .disk: "disk"
        }
    }
}

extension FetchFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .baseNotAllowed: "this FHIR server is not one of the client's"
        case .addressRefused: "the server's address is not one that may be reached"
        case .tokenUnusable: "the access token cannot be sent in a header"
        case .queryUnusable: "the query is neither a read nor a search of one type"
        case .noTimeLeft: "there was no time left to ask"
        case .timedOut: "the server did not answer in time"
        case .cancelled: "the call was given up"
        case .connection: "the connection could not be made, or broke"
        case .tooLarge: "the answer is larger than allowed"
        case .status(let code): "the server answered \(code)"
        case .redirectedAway: "the server redirected to somewhere else"
        case .tooManyRedirects: "the server redirected too often"
        case .contentType: "the answer is not declared as FHIR JSON"
        case .notJSON: "the answer is not JSON"
        case .operationOutcome: "the server answered with an OperationOutcome"
        case .wrongResource: "the answer is not the resource that was asked for"
        case .pagingAway: "the next page is said to stand elsewhere"
        case .pagingLoop: "the pages of the answer run in a circle"
        case .tooManyPages: "the answer has more pages than are read"
        case .disk: "what came could not be written to disk"
        }
    }
}
