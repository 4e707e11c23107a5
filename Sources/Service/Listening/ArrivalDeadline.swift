import NIOCore
import NIOHTTPTypes
import NIOTLS

/// Closes a connection, or a stream of HTTP/2, whose client is too slow: to send a request whole, once it began or once the
/// connection stands, and to take the answer.
///
/// Between requests there is no hurry: a connection that is idle is another's to close.
///
/// - Source: RFC 9110 §15.5.9 has 408 for this; a client that is this slow would hardly read it, so there is none.
final class ArrivalDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limit: TimeAmount
    private var arrival: Scheduled<Void>?
    private var delivery: Scheduled<Void>?

    init(limit: TimeAmount) {
        self.limit = limit
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { expectArrival(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        arrival?.cancel()
        delivery?.cancel()
    }

    func channelActive(context: ChannelHandlerContext) {
        expectArrival(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        arrival?.cancel()
        delivery?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: expectArrival(context)
        case .body: break
        case .end: arrival?.cancel()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head:
            delivery?.cancel()
            delivery = schedule(context)
            context.write(data, promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            let taken = promise ?? context.eventLoop.makePromise(of: Void.self)
            taken.futureResult.assumeIsolated().whenComplete { [delivery] _ in delivery?.cancel() }
            context.write(data, promise: taken)
        }
    }

    private func expectArrival(_ context: ChannelHandlerContext) {
        arrival?.cancel()
        arrival = schedule(context)
    }

    private func schedule(_ context: ChannelHandlerContext) -> Scheduled<Void> {
        context.eventLoop.assumeIsolated().scheduleTask(in: limit) { context.close(promise: nil) }
    }
}

@available(*, unavailable)
extension ArrivalDeadline: Sendable {}

/// Closes a connection whose client does not bring its TLS handshake to an end.
final class HandshakeDeadline: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let limit: TimeAmount
    private var handshake: Scheduled<Void>?

    init(limit: TimeAmount) {
        self.limit = limit
    }

    func handlerAdded(context: ChannelHandlerContext) {
        handshake = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { context.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        handshake?.cancel()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { handshake?.cancel() }
        context.fireUserInboundEventTriggered(event)
    }
}

@available(*, unavailable)
extension HandshakeDeadline: Sendable {}
