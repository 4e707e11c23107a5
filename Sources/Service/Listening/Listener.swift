import Hummingbird
import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCore
import Settings

/// How connections are accepted and bounded.
struct Listener {
    let configuration: ServiceConfiguration
    /// Nothing where it listens without TLS.
    let certificate: ServerCertificate?

    /// What accepts connections: with a certificate HTTP/2 and HTTP/1.1 over TLS, else HTTP/1.1.
    var server: HTTPServerBuilder {
        let certificate = certificate, limit = TimeAmount(configuration.limits.arrivalTime)
        let stream = streamConfiguration, connection = connectionConfiguration
        return HTTPServerBuilder { responder in
            let http1 = HTTP1Channel(responder: responder, configuration: stream)
            guard let certificate else { return http1 }
            return SecureChannel(
                certificate: certificate, handshakeLimit: limit, http1: http1,
                http2: HTTP2Channel(responder: responder, configuration: connection))
        }
    }

    /// Where it listens, and how many connections it holds.
    func application(logger: Logger) -> ApplicationConfiguration {
        ApplicationConfiguration(
            address: .hostname(configuration.listening.address, port: configuration.listening.port), serverName: "Vigil",
            availableConnectionsDelegate: .maximum(configuration.limits.connections, logger: logger))
    }

    private var streamConfiguration: HTTP1Channel.Configuration {
        let limits = configuration.limits
        let limit = TimeAmount(limits.arrivalTime)
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [ArrivalDeadline(limit: limit)], idleTimeout: TimeAmount(limits.idleTime),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.header, maxHeaderListSize: limits.header, maxHeaderFieldCount: 200))
    }

    private var connectionConfiguration: HTTP2Channel.Configuration {
        HTTP2Channel.Configuration(
            idleTimeout: configuration.limits.idleTime, gracefulCloseTimeout: configuration.limits.arrivalTime,
            streamConfiguration: streamConfiguration)
    }
}
