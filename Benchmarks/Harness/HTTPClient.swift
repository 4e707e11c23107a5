#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A request, ready to be written.
struct HTTPRequestBytes: Sendable {
    let bytes: [UInt8]

    init(path: String, body: [UInt8]?) {
        let head =
            body.map {
                "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: \($0.count)\r\n\r\n"
            }
            ?? "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n"
        bytes = Array(head.utf8) + (body ?? [])
    }
}

/// A client of one connection that is kept open: writes a request, reads its answer by Content-Length, no more.
final class HTTPClient {
    private let socket: Int32
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)

    init(port: Int) throws {
        #if canImport(Glibc)
            socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port)).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, length) }
        }
        guard connected == 0 else { throw BenchmarkError("no connection to port \(port)") }
    }

    deinit { close(socket) }

    /// Sends and waits for the whole answer.
    func answer(to request: HTTPRequestBytes) throws -> (status: Int, body: [UInt8]) {
        try write(request.bytes)
        var received: [UInt8] = []
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { throw BenchmarkError("the connection was closed") }
            received.append(contentsOf: buffer[..<count])
            if let answer = complete(received) { return answer }
        }
    }

    private func write(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { send(socket, $0.baseAddress?.advanced(by: sent), bytes.count - sent, 0) }
            guard count > 0 else { throw BenchmarkError("the connection was closed") }
            sent += count
        }
    }

    private func complete(_ received: [UInt8]) -> (status: Int, body: [UInt8])? {
        let blank = Array("\r\n\r\n".utf8)
        guard let end = received.indices.first(where: { received[$0...].starts(with: blank) }) else { return nil }
        let lines = String(decoding: received[..<end], as: UTF8.self).lowercased().split(separator: "\r\n")
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let length =
            lines.first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst("content-length:".count).filter { $0 != " " }) } ?? 0
        let body = received[(end + blank.count)...]
        return body.count >= length ? (status, Array(body.prefix(length))) : nil
    }
}

/// A number of equal requests over a few connections, each of which waits for its answer before it sends again.
struct Load {
    let port: Int
    let request: HTTPRequestBytes
    let count: Int
    var connections = 4

    func run() throws {
        var clients: [HTTPClient] = []
        for _ in 0..<connections { clients.append(try HTTPClient(port: port)) }
        var threads: [pthread_t] = []
        for client in clients {
            let work = Unmanaged.passRetained(Work(client: client, request: request, count: count / connections))
            var thread = pthread_t()
            pthread_create(
                &thread, nil,
                { pointer in
                    guard let pointer else { return nil }
                    Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().run()
                    return nil
                }, work.toOpaque())
            threads.append(thread)
        }
        for thread in threads { pthread_join(thread, nil) }
    }

    private final class Work {
        let client: HTTPClient
        let request: HTTPRequestBytes
        let count: Int

        init(client: HTTPClient, request: HTTPRequestBytes, count: Int) {
            self.client = client
            self.request = request
            self.count = count
        }

        func run() {
            for _ in 0..<count {
                guard (try? client.answer(to: request)) != nil else { return }
            }
        }
    }
}
