import HTTPTypes
import Hummingbird
import Logging
import Settings
import Testing

@testable import Service

/// Clients that are slow, silent or too large, over a real socket; and others beside them, who are answered.
@Suite("Slow clients", .serialized)
struct SlowClientsTests {
    private func application(_ change: (inout RequestLimits) -> Void = { _ in }) throws -> CDSApplication {
        var configuration = ServiceConfiguration(port: 0)
        configuration.limits.arrivalTime = .milliseconds(400)
        configuration.limits.idleTime = .milliseconds(900)
        change(&configuration.limits)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return CDSApplication(configuration: configuration, editions: try World().editions, clock: World.clock, logger: logger)
    }

    private static let head = "POST \(Request.path) HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"

    /// The status line of an ordinary call.
    private static func ordinary(_ port: Int) async -> String? {
        let body = Request.orderSign()
        let connection = RawConnection(port: port)
        connection?.send("\(head)connection: close\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)")
        return await connection?.receiveToEnd()?.split(separator: "\r\n").first.map(String.init)
    }

    @Test("Whoever says nothing, half a header or half a body is cut off", arguments: [
        "", "POST /cds", "\(head)x-more: ", "\(head)content-length: 100\r\n\r\n", "\(head)content-length: 100\r\n\r\n{",
        "\(head)transfer-encoding: chunked\r\n\r\n5\r\n{",
    ])
    func cutOff(said: String) async throws {
        try await application().serving { port in
            let connection = try #require(RawConnection(port: port))
            connection.send(said)
            let received = await connection.receiveToEnd()
            #expect(received != nil, "the connection was not closed")
            #expect(received?.hasPrefix("HTTP/1.1 200") == false)
        }
    }

    @Test("Whoever closes half of the connection in the middle of a body is cut off")
    func halfClosed() async throws {
        try await application().serving { port in
            let connection = try #require(RawConnection(port: port))
            connection.send("\(Self.head)content-length: 100\r\n\r\n{")
            connection.finish()
            #expect(await connection.receiveToEnd() != nil)
        }
    }

    @Test("An idle connection is closed, and kept for so long")
    func idle() async throws {
        try await application { $0.arrivalTime = .seconds(30) }.serving { port in
            let connection = try #require(RawConnection(port: port))
            connection.send("GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n")
            #expect(await connection.receiveToEnd()?.hasPrefix("HTTP/1.1 200") == true)
        }
    }

    @Test("A header that is too long ends the connection")
    func longHeader() async throws {
        try await application { limits in
            limits.header = 1024
            limits.arrivalTime = .seconds(30)
        }.serving { port in
            let connection = try #require(RawConnection(port: port))
            connection.send("GET /health/live HTTP/1.1\r\nhost: localhost\r\nx: \(String(repeating: "x", count: 4000))\r\n\r\n")
            #expect(await connection.receiveToEnd()?.hasPrefix("HTTP/1.1 400") == true)
        }
    }

    @Test("Others are answered while 256 clients dawdle")
    func others() async throws {
        try await application { $0.arrivalTime = .seconds(30) }.serving { port in
            let slow = (0..<256).compactMap { _ in RawConnection(port: port) }
            for (number, connection) in slow.enumerated() {
                connection.send(number.isMultiple(of: 2) ? "POST /cds" : "\(Self.head)x-more: ")
            }
            #expect(slow.count == 256)
            for _ in 0..<8 { #expect(await Self.ordinary(port) == "HTTP/1.1 200 OK") }
        }
    }

    @Test("Where as many requests are under way as are taken on, another is told to try again, and health is told")
    func overloaded() async throws {
        try await application { limits in
            limits.requests = 4
            limits.arrivalTime = .seconds(6)
        }.serving { port in
            let slow = (0..<4).compactMap { _ in RawConnection(port: port) }
            for connection in slow { connection.send("\(Self.head)content-length: 100\r\n\r\n{") }
            // The heads are read by now or a moment later.
            var status = await Self.ordinary(port)
            for _ in 0..<50 where status == "HTTP/1.1 200 OK" { status = await Self.ordinary(port) }
            #expect(status == "HTTP/1.1 503 Service Unavailable")
            let health = RawConnection(port: port)
            health?.send("GET /health/live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
            #expect(await health?.receiveToEnd()?.hasPrefix("HTTP/1.1 200") == true)
            // Once the slow ones are cut off, there is room again.
            for connection in slow { _ = await connection.receiveToEnd() }
            #expect(await Self.ordinary(port) == "HTTP/1.1 200 OK")
        }
    }

    @Test("Bodies that together take more than is set aside are refused")
    func memory() async throws {
        try await application { limits in
            limits.body = 64 << 10
            limits.memory = 100 << 10
            limits.arrivalTime = .seconds(6)
        }.serving { port in
            let half = String(repeating: " ", count: 60 << 10)
            let slow = (0..<2).compactMap { _ in RawConnection(port: port) }
            for connection in slow { connection.send("\(Self.head)content-length: 65536\r\n\r\n\(half)") }
            let received = await withTaskGroup(of: String?.self) { group in
                for connection in slow { group.addTask { await connection.receiveToEnd() } }
                return await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(received.contains { $0?.hasPrefix("HTTP/1.1 503") == true })
            #expect(await Self.ordinary(port) == "HTTP/1.1 200 OK")
        }
    }
}
