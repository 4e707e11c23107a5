import Documents
import NIOHTTP1

/// Fetches a population from a FHIR server: asks for an export, waits until it is ready, and downloads its files.
///
/// Interrupted, it goes on where it was: what it has is in `state.json` of the folder, and a file that is not whole is asked for
/// again. The token goes to the server that was named and to those that the request adds, to no other; addresses out of reach are
/// refused. Nothing of URLs, tokens or patients is in what it throws or tells.
///
/// - Source: FHIR Bulk Data Access 2.0.
public struct BulkExport: Sendable {
    private let request: BulkRequest
    private let transport: HTTPTransport
    private let limits: BulkLimits
    private let now: @Sendable () -> Int
    private let tell: @Sendable (BulkProgress) -> Void
    private let token: BackendToken?

    /// - Parameters:
    ///   - now: seconds since 1970, for assertions.
    ///   - tell: told of each step.
    public init(
        _ request: BulkRequest, transport: HTTPTransport, limits: BulkLimits = BulkLimits(), now: @escaping @Sendable () -> Int,
        tell: @escaping @Sendable (BulkProgress) -> Void = { _ in }
    ) {
        self.request = request
        self.transport = transport
        self.limits = limits
        self.now = now
        self.tell = tell
        token = request.credentials.map {
            BackendToken($0, base: request.base, transport: transport, limits: limits, now: now)
        }
    }

    /// A transport fit for exports: large files, and servers that are silent for a while.
    public static func transport(reach: NetworkReach, authorities: CertificateAuthorities, limits: BulkLimits = BulkLimits()) -> HTTPTransport {
        HTTPTransport(
            reach: reach, authorities: authorities, connectionsPerHost: 4, largestBody: limits.fileSize, silence: limits.timeout)
    }

    /// Downloads the export into a folder, or goes on with a download that was interrupted there.
    public func run(into folder: String) async throws(BulkError) -> BulkDownload {
        guard let start = request.address else { throw BulkError("the group, a type or the instant cannot stand in a URL") }
        guard transport.reach.mayTry(start) else { throw BulkError("the FHIR server's address is not one that may be reached") }
        for name in ["", "/output", "/deleted", "/error"] { try BulkFile.makeFolder(folder + name) }
        let end = ContinuousClock.now + limits.total
        var state = BulkState(in: folder, request: request.words) ?? BulkState(request: request.words)
        let hadFiles = state.files != nil
        if !hadFiles {
            try await begin(&state, in: folder, from: start, until: end)
        } else {
            state.forgetDamaged(in: folder)
        }
        do throws(BulkError) {
            try await download(&state, into: folder, until: end)
        } catch {
            // A server keeps its files for a while only.
            guard hadFiles, error.isGone else { throw error }
            state = BulkState(request: request.words)
            try await begin(&state, in: folder, from: start, until: end)
            try await download(&state, into: folder, until: end)
        }
        if !state.isComplete {
            await release(state)
            state.isComplete = true
            try state.write(to: folder)
        }
        return BulkDownload(state, folder: folder)
    }

    // MARK: Asking and waiting

    /// Asks for the export where that was not done, and waits for its manifest.
    private func begin(
        _ state: inout BulkState, in folder: String, from start: WebAddress, until end: ContinuousClock.Instant
    ) async throws(BulkError) {
        // An export that was begun long ago may have gone.
        var mayBeGone = state.status != nil
        while true {
            if state.status == nil {
                state.status = try await kickOff(at: start, until: end).description
                try state.write(to: folder)
            }
            guard let address = state.status.flatMap({ WebAddress($0) }) else { throw BulkError("the state of the download is damaged") }
            if let bytes = try await manifest(at: address, mayBeGone: mayBeGone, until: end) {
                state.take(try await whole(bytes, at: address, until: end))
                return try state.write(to: folder)
            }
            state.status = nil
            mayBeGone = false
        }
    }

    private func kickOff(at start: WebAddress, until end: ContinuousClock.Instant) async throws(BulkError) -> WebAddress {
        tell(.asked)
        let headers = [(name: "accept", value: "application/fhir+json"), (name: "prefer", value: "respond-async")]
        let reply = try await answered("the export was not begun", until: end) { () async throws(BulkFailure) -> BulkReply in
            try await ask(.GET, start, headers: headers, sendsToken: true)
        }
        guard reply.status == 202 else { throw BulkError("the export was not begun: the server answered \(reply.status)") }
        guard let status = reply.contentLocation.flatMap({ start.resolving($0) }), request.trusts(status), transport.reach.mayTry(status) else {
            throw BulkError("the server does not say where the export can be had, or names a server that is not trusted (--files-at)")
        }
        return status
    }

    /// Waits for the manifest; nothing where the server knows the export no more.
    private func manifest(
        at address: WebAddress, mayBeGone: Bool, until end: ContinuousClock.Instant
    ) async throws(BulkError) -> [UInt8]? {
        let headers = [(name: "accept", value: "application/json")]
        var asked = 0
        while true {
            let reply = try await answered("the export did not come", until: end) { () async throws(BulkFailure) -> BulkReply in
                try await ask(.GET, address, headers: headers, sendsToken: true)
            }
            switch reply.status {
            case 200: return reply.body
            case 202:
                asked += 1
                tell(.waiting(asked))
                try await wait(reply.retryAfter, attempt: asked, until: end)
            case 404 where mayBeGone, 410 where mayBeGone: return nil
            default: throw BulkError("the export failed: the server answered \(reply.status)")
            }
        }
    }

    /// The whole manifest, of which the first piece has come.
    private func whole(
        _ first: [UInt8], at start: WebAddress, until end: ContinuousClock.Instant
    ) async throws(BulkError) -> BulkManifest {
        var manifest = BulkManifest()
        try manifest.add(first, limit: limits.files)
        var address = start
        while let next = manifest.next {
            guard let piece = address.resolving(next) ?? WebAddress(next), request.trusts(piece), transport.reach.mayTry(piece) else {
                throw BulkError("a piece of the manifest lies on a server that is not trusted (--files-at)")
            }
            guard let bytes = try await self.manifest(at: piece, mayBeGone: false, until: end) else {
                throw BulkError("a piece of the manifest has gone")
            }
            try manifest.add(bytes, limit: limits.files)
            address = piece
        }
        return manifest
    }

    /// Tells the server that the files may go; where it will not hear of that, nothing is lost.
    private func release(_ state: BulkState) async {
        guard let address = state.status.flatMap({ WebAddress($0) }) else { return }
        _ = try? await ask(.DELETE, address, headers: [], sendsToken: true)
    }

    // MARK: Files

    private func download(
        _ state: inout BulkState, into folder: String, until end: ContinuousClock.Instant
    ) async throws(BulkError) {
        guard let files = state.files else { return }
        var size = files.reduce(0) { $0 + ($1.length ?? 0) }
        for (place, file) in files.enumerated() where file.length == nil {
            tell(.downloading(place + 1, of: files.count, bytes: size))
            guard let address = request.address?.resolving(file.url) ?? WebAddress(file.url), transport.reach.mayTry(address) else {
                throw BulkError("a file of the export lies at an address that may not be reached")
            }
            guard !state.needsToken || token == nil || request.trusts(address) else {
                throw BulkError("a file of the export needs the token and lies on another server; name that server with --files-at")
            }
            let path = "\(folder)/\(file.name)", limit = min(limits.fileSize, limits.totalSize - size), sendsToken = state.needsToken
            // An address that is signed, and asked for without a token, is refused once it has run out.
            let goneStatuses = sendsToken ? [404, 410] : [403, 404, 410]
            _ = try await answered("a file of the export did not come", until: end, gone: goneStatuses) { () async throws(BulkFailure) -> BulkReply in
                let sink = try opened(path, limit: limit)
                let reply = try await fetch(address, to: sink, sendsToken: sendsToken)
                if reply.status == 200 { do throws(BulkError) { try sink.finish() } catch { throw BulkFailure.final(error) } }
                return reply
            } check: { $0.status == 200 }
            guard let (length, digest, lines) = BulkFile.measure(path) else { throw BulkError("a file of the download cannot be read") }
            size += length
            state.files?[place].length = length
            state.files?[place].digest = digest
            state.files?[place].lines = lines
            try state.write(to: folder)
        }
    }

    private func opened(_ path: String, limit: Int) throws(BulkFailure) -> BulkFile {
        do throws(BulkError) { return try BulkFile(path, limit: limit) } catch { throw .final(error) }
    }

    /// Asks for a file, also where it redirects to; on another server without the token.
    private func fetch(_ start: WebAddress, to file: BulkFile, sendsToken: Bool) async throws(BulkFailure) -> BulkReply {
        var address = start
        for _ in 0...max(limits.redirects, 0) {
            let headers = [(name: "accept", value: "application/fhir+ndjson")] + (try await authorization(for: address, sendsToken))
            let reply: BulkReply
            do throws(FetchFailure) {
                reply = try await transport.download(address, headers: headers, to: file, timeout: limits.fileTimeout)
            } catch {
                throw BulkFailure(error)
            }
            guard [301, 302, 303, 307, 308].contains(reply.status) else { return reply }
            guard let next = reply.location.flatMap({ address.resolving($0) }) else { throw .fetch(.redirectedAway) }
            address = next
        }
        throw .fetch(.tooManyRedirects)
    }

    // MARK: One request

    private func ask(
        _ method: HTTPMethod, _ start: WebAddress, headers: [(name: String, value: String)], sendsToken: Bool
    ) async throws(BulkFailure) -> BulkReply {
        var address = start
        for _ in 0...max(limits.redirects, 0) {
            let all = headers + (try await authorization(for: address, sendsToken))
            let reply: BulkReply
            do throws(FetchFailure) {
                reply = try await transport.send(method, address, headers: all, bodyLimit: limits.answerSize, timeout: limits.timeout)
            } catch {
                throw BulkFailure(error)
            }
            guard [301, 302, 307, 308].contains(reply.status) || reply.status == 303 && method == .GET else { return reply }
            guard let next = reply.location.flatMap({ address.resolving($0) }), request.trusts(next) else { throw .fetch(.redirectedAway) }
            address = next
        }
        throw .fetch(.tooManyRedirects)
    }

    private func authorization(for address: WebAddress, _ sendsToken: Bool) async throws(BulkFailure) -> [(name: String, value: String)] {
        guard sendsToken, let token, request.trusts(address) else { return [] }
        do throws(BulkError) {
            return [(name: "authorization", value: "Bearer \(try await token.token())")]
        } catch {
            throw .final(error)
        }
    }

    /// What comes of a request that is tried again while the server is busy, the connection breaks, or the token has ended.
    ///
    /// - Parameters:
    ///   - gone: statuses that say that it is there no more.
    ///   - check: whether an answer is one; any status below 500 but 401 and 429, unless given.
    private func answered(
        _ what: String, until end: ContinuousClock.Instant, gone: [Int] = [], _ body: () async throws(BulkFailure) -> BulkReply,
        check: (BulkReply) -> Bool = { $0.status < 500 && $0.status != 401 && $0.status != 429 }
    ) async throws(BulkError) -> BulkReply {
        var attempt = 0, wasRefused = false
        while true {
            guard ContinuousClock.now < end else { throw BulkError("\(what): it took too long") }
            attempt += 1
            var retryAfter: String?
            do throws(BulkFailure) {
                let reply = try await body()
                if check(reply) { return reply }
                switch reply.status {
                case 401 where !wasRefused && token != nil:
                    // The token has ended before its time.
                    wasRefused = true
                    await token?.refuse()
                    continue
                case 429, 500...: break
                default:
                    throw BulkFailure.final(BulkError("\(what): the server answered \(reply.status)", isGone: gone.contains(reply.status)))
                }
                guard attempt < limits.attempts else { throw BulkFailure.final(BulkError("\(what): the server answered \(reply.status)")) }
                retryAfter = reply.retryAfter
            } catch {
                switch error {
                case .final(let error): throw error
                case .fetch(let failure):
                    guard failure.isPassing, attempt < limits.attempts else { throw BulkError("\(what): \(failure)") }
                }
            }
            try await wait(retryAfter, attempt: attempt, until: end)
        }
    }

    /// Waits as long as the server says, else longer each time.
    private func wait(_ retryAfter: String?, attempt: Int, until end: ContinuousClock.Instant) async throws(BulkError) {
        var time = min(limits.shortestWait * (1 << min(attempt - 1, 16)), limits.longestWait)
        if let seconds = retryAfter.flatMap({ RetryAfter($0)?.seconds(at: now()) }) {
            time = min(max(.seconds(seconds), limits.shortestWait), limits.longestRetryAfter)
        }
        guard ContinuousClock.now + time < end else { throw BulkError("the export took too long") }
        do { try await Task.sleep(for: time) } catch { throw BulkError("the export was given up") }
    }
}

/// How far an export has come: numbers alone.
public enum BulkProgress: Sendable, Hashable {
    case asked
    /// How often it was asked whether the export is ready.
    case waiting(Int)
    case downloading(Int, of: Int, bytes: Int)
}

/// Why one request came to nothing.
private enum BulkFailure: Error {
    case fetch(FetchFailure)
    /// Trying again would not help.
    case final(BulkError)

    init(_ failure: FetchFailure) { self = .fetch(failure) }
}

extension FetchFailure {
    /// Whether it may go well another time.
    fileprivate var isPassing: Bool {
        switch self {
        case .connection, .timedOut: true
        default: false
        }
    }
}
