import Foundation
import Hummingbird

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@testable import Service

extension CDSApplication {
    /// Runs on a free port of this machine while `body` uses it.
    func serving<Value: Sendable>(_ body: @escaping @Sendable (_ port: Int) async throws -> Value) async throws -> Value {
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let application = application { continuation.yield($0) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            var port = 0
            for await known in ports {
                port = known
                break
            }
            let value = try await body(port)
            group.cancelAll()
            return value
        }
    }
}

/// A connection that says exactly what it is told, byte by byte.
final class RawConnection: Sendable {
    private let descriptor: Int32

    /// Connects to a port of this machine; nothing where that fails.
    init?(port: Int) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard status == 0 else { return nil }
    }

    deinit { close(descriptor) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// No more will be sent.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// What came until the other side closed, on a thread of its own; nothing where it did not within twenty seconds.
    func receiveToEnd() async -> String? {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: self.receive()) }
        }
    }

    private func receive() -> String? {
        var text: [UInt8] = [], chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count > 0 {
                text += chunk[..<count]
            } else if count == 0 || errno == ECONNRESET {
                return String(decoding: text, as: UTF8.self)
            } else {
                return nil
            }
        }
    }
}
