import HTTPTypes
import Hummingbird
import HummingbirdTLS
import Logging
import NIOCore
import Synchronization

/// A FHIR server on loopback that does what each test tells it, and remembers what it was asked.
final class FakeFHIRServer: Sendable {
    /// A request as it came.
    struct Call: Sendable, Hashable {
        let path: String
        let authorization: String?
        let accept: String?
    }

    typealias Answer = @Sendable (Request, FakeFHIRServer) async throws -> Response

    private let state = Mutex<(calls: [Call], port: Int, underWay: Int, most: Int)>(([], 0, 0, 0))
    private let answers: [String: Answer]
    private let identity: TLSIdentity?

    private init(_ answers: [String: Answer], _ identity: TLSIdentity?) {
        self.answers = answers
        self.identity = identity
    }

    var calls: [Call] { state.withLock { $0.calls } }
    var port: Int { state.withLock { $0.port } }
    /// How many requests were under way at once, at most.
    var mostAtOnce: Int { state.withLock { $0.most } }
    var base: String { "\(identity == nil ? "http" : "https")://127.0.0.1:\(port)/fhir" }

    /// Serves while `body` runs. The answers stand by path with query, as sent; others are 404.
    static func serving<Value: Sendable>(
        _ answers: [String: Answer], as identity: TLSIdentity? = nil,
        _ body: @Sendable (FakeFHIRServer) async throws -> Value
    ) async throws -> Value {
        let fake = FakeFHIRServer(answers, identity)
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        var logger = Logger(label: "fake")
        logger.logLevel = .critical
        let application = Application(
            responder: CallbackResponder { (request: Request, _: BasicRequestContext) in try await fake.respond(request) },
            server: try identity.map { try .tls(tlsConfiguration: $0.server()) } ?? .http1(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in continuation.yield(channel.localAddress?.port ?? 0) }, logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            for await port in ports {
                fake.state.withLock { $0.port = port }
                break
            }
            let value = try await body(fake)
            group.cancelAll()
            return value
        }
    }

    private func respond(_ request: Request) async throws -> Response {
        let path = request.uri.string
        state.withLock { state in
            state.calls.append(
                Call(path: path, authorization: request.headers[.authorization], accept: request.headers[.accept]))
            state.underWay += 1
            state.most = max(state.most, state.underWay)
        }
        defer { state.withLock { $0.underWay -= 1 } }
        guard let answer = answers[path] else { return Response(status: .notFound) }
        return try await answer(request, self)
    }
}

extension Response {
    /// FHIR JSON.
    static func fhir(_ json: String, type: String = "application/fhir+json; charset=utf-8") -> Response {
        Response(status: .ok, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(string: json)))
    }

    static func patient(_ id: String = "1") -> Response { .fhir(#"{"resourceType":"Patient","id":"\#(id)"}"#) }

    /// A page of a search, with a link to the next.
    static func page(_ id: String, next: String? = nil) -> Response {
        let link = next.map { #","link":[{"relation":"self","url":"x"},{"relation":"next","url":"\#($0)"}]"# } ?? ""
        return .fhir(
            #"{"resourceType":"Bundle","type":"searchset"\#(link),"entry":[{"resource":{"resourceType":"Condition","id":"\#(id)"}}]}"#
        )
    }

    static func redirect(_ location: String, status: HTTPResponse.Status = .found) -> Response {
        Response(status: status, headers: [.location: location])
    }
}
