import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// An answer of which status and some headers matter as much as the body.
struct BulkReply: Sendable {
    let status: Int
    let contentLocation: String?
    let retryAfter: String?
    let location: String?
    var body: [UInt8] = []

    fileprivate init(_ response: HTTPClientResponse) {
        status = Int(response.status.code)
        contentLocation = response.headers.first(name: "content-location")
        retryAfter = response.headers.first(name: "retry-after")
        location = response.headers.first(name: "location")
    }
}

extension HTTPTransport {
    /// Sends a request and takes its answer as a whole, whatever the status.
    func send(
        _ method: HTTPMethod, _ address: WebAddress, headers: [(name: String, value: String)], body: [UInt8]? = nil, bodyLimit: Int,
        timeout: Duration
    ) async throws(FetchFailure) -> BulkReply {
        guard reach.mayTry(address) else { throw .addressRefused }
        do {
            let response = try await client.execute(request(method, address, headers, body), timeout: TimeAmount(timeout))
            var reply = BulkReply(response)
            for try await part in response.body {
                guard part.readableBytes <= bodyLimit - reply.body.count else { throw FetchFailure.tooLarge }
                reply.body.append(contentsOf: part.readableBytesView)
            }
            return reply
        } catch {
            throw FetchFailure(transport: error)
        }
    }

    /// Asks for a file, and hands its bytes to `file` as they come; of other answers than 200 nothing is read.
    func download(
        _ address: WebAddress, headers: [(name: String, value: String)], to file: BulkFile, timeout: Duration
    ) async throws(FetchFailure) -> BulkReply {
        guard reach.mayTry(address) else { throw .addressRefused }
        do {
            let response = try await client.execute(request(.GET, address, headers, nil), timeout: TimeAmount(timeout))
            let reply = BulkReply(response)
            guard reply.status == 200 else { return reply }
            for try await part in response.body { try file.write(part.readableBytesView) }
            return reply
        } catch {
            throw FetchFailure(transport: error)
        }
    }

    private func request(
        _ method: HTTPMethod, _ address: WebAddress, _ headers: [(name: String, value: String)], _ body: [UInt8]?
    ) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: address.description)
        request.method = method
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.headers.add(name: "accept-encoding", value: "gzip")
        request.headers.add(name: "user-agent", value: "Vigil")
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        return request
    }
}
