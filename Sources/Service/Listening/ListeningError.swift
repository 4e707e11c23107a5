import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why the service cannot listen where it was told to.
public struct ListeningError: Error, CustomStringConvertible, Sendable {
    public let description: String

    /// Nothing for what does not come of the address.
    init?(_ error: IOError, address: String, port: Int) {
        let why: String
        switch error.errnoCode {
        case EADDRINUSE: why = "something else listens there; stop it, or choose another port with --port"
        case EACCES: why = "this user may not use that port; choose one above 1023 with --port"
        case EADDRNOTAVAIL: why = "this machine does not have that address; choose another with --host"
        default: return nil
        }
        description = "cannot listen on \(address), port \(port): \(why)"
    }
}
