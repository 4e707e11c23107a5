import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOSSL

/// The one way out of the house: GET over http, bounded in time and size, to addresses within reach only.
///
/// Redirects are handed back, not followed. The address of a connection is checked when the connection stands and before
/// anything is sent on it: what was checked is what is spoken to, whatever a name server says a moment later. Connections are
/// kept and used again. Nothing is logged or traced here, since URLs carry patients and headers carry tokens.
///
/// Not covered: a TCP connection, and for https its handshake, is made before the check refuses it, so a name that leads to an
/// address out of reach can still be used to learn that something listens there.
public final class HTTPTransport: Sendable {
    public let reach: NetworkReach
    let client: HTTPClient

    /// - Parameters:
    ///   - authorities: whom to trust beside the system's authorities.
    ///   - connectionsPerHost: how many connections to one server are kept.
    ///   - largestBody: the longest body that is unpacked, whatever a single request allows.
    ///   - silence: how long a server may say nothing while an answer is awaited.
    public init(
        reach: NetworkReach = [], authorities: CertificateAuthorities = .systemOnly, connectionsPerHost: Int = 16,
        largestBody: Int = 64 << 20, silence: Duration = .seconds(10)
    ) {
        self.reach = reach
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        tls.additionalTrustRoots = [.certificates(authorities.certificates)]
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow, timeout: .init(connect: .seconds(5), read: TimeAmount(silence)),
            decompression: .enabled(limit: .size(largestBody)))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(connectionsPerHost, 1)
        // A refused connection is not tried again; nor is a server that is down: the caller has no time for that.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        configuration.tracing.tracer = nil
        configuration.http1_1ConnectionDebugInitializer = { channel in Self.checkPeer(of: channel, within: reach) }
        client = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
    }

    /// A client that was never closed would end a debug build.
    deinit {
        Task { [client] in try? await client.shutdown() }
    }

    /// Closes the connections; the transport cannot be used afterwards.
    public func shutdown() async {
        try? await client.shutdown()
    }

    /// Asks for `address`.
    ///
    /// - Parameters:
    ///   - bodyLimit: the longest body that is taken, unpacked.
    ///   - budget: what several transfers may take together.
    /// - Throws: `FetchFailure`; cancelling the task ends the transfer.
    func get(
        _ address: WebAddress, headers: [(name: String, value: String)], bodyLimit: Int, budget: ByteBudget? = nil,
        timeout: Duration
    ) async throws(FetchFailure) -> HTTPReply {
        guard reach.mayTry(address) else { throw .addressRefused }
        return try await transfer(address, headers: headers, bodyLimit: bodyLimit, budget: budget, timeout: timeout)
    }

    /// Asks for `address` however it is spelled; what it leads to is checked all the same.
    func transfer(
        _ address: WebAddress, headers: [(name: String, value: String)], bodyLimit: Int, budget: ByteBudget? = nil,
        timeout: Duration
    ) async throws(FetchFailure) -> HTTPReply {
        var request = HTTPClientRequest(url: address.description)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.headers.add(name: "accept-encoding", value: "gzip")
        request.headers.add(name: "user-agent", value: "Vigil")
        do {
            let response = try await client.execute(request, timeout: TimeAmount(timeout))
            return try await Self.reply(of: response, bodyLimit: bodyLimit, budget: budget)
        } catch {
            throw FetchFailure(transport: error)
        }
    }

    /// The head of a response, and its body where it is a 200; other bodies are not read.
    private static func reply(of response: HTTPClientResponse, bodyLimit: Int, budget: ByteBudget?) async throws -> HTTPReply {
        var reply = HTTPReply(
            status: Int(response.status.code), contentType: response.headers.first(name: "content-type"),
            location: response.headers.first(name: "location"), body: [])
        guard reply.status == 200 else { return reply }
        let isPacked = response.headers.contains(name: "content-encoding")
        if !isPacked, let length = response.headers.first(name: "content-length").flatMap({ Int($0) }) {
            guard (0...max(bodyLimit, 0)).contains(length) else { throw FetchFailure.tooLarge }
            reply.body.reserveCapacity(length)
        }
        for try await part in response.body {
            guard part.readableBytes <= bodyLimit - reply.body.count, budget?.take(part.readableBytes) ?? true else {
                throw FetchFailure.tooLarge
            }
            reply.body.append(contentsOf: part.readableBytesView)
        }
        return reply
    }

    /// Fails a connection to an address out of reach, before it is used.
    private static func checkPeer(of channel: any Channel, within reach: NetworkReach) -> EventLoopFuture<Void> {
        if let address = channel.remoteAddress?.ipAddress.flatMap({ NetworkAddress($0) }), reach.includes(address.scope) {
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        // Closed a moment later: the client first has to hear that the connection is none.
        channel.eventLoop.scheduleTask(in: .milliseconds(10)) { channel.close(promise: nil) }
        return channel.eventLoop.makeFailedFuture(FetchFailure.addressRefused)
    }
}

/// What came back.
struct HTTPReply: Sendable {
    let status: Int
    let contentType: String?
    let location: String?
    /// Unpacked; empty unless the status is 200.
    var body: [UInt8]

    /// The media type without its parameters, lower case.
    var mediaType: String? {
        contentType.map { type in type.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased() }
    }
}

extension FetchFailure {
    /// What an error of the client says, without its words: they may hold an address.
    init(transport error: any Error) {
        switch error {
        case let failure as FetchFailure: self = failure
        case is CancellationError: self = .cancelled
        case let error as HTTPClientError:
            switch error {
            case .deadlineExceeded, .connectTimeout, .readTimeout, .writeTimeout, .getConnectionFromPoolTimeout,
                .tlsHandshakeTimeout:
                self = .timedOut
            case .cancelled: self = .cancelled
            default: self = .connection
            }
        case is NIOHTTPDecompression.DecompressionError: self = .tooLarge
        default: self = .connection
        }
    }
}

extension TimeAmount {
    /// Rounded down to the millisecond, held between none and a day.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = min(max(duration, .zero), .seconds(86_400)).components
        self = .milliseconds(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
