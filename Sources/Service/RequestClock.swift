public import Clinical

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where the instant of a decision comes from; read once per request, and nowhere else in the house.
///
/// A fixed clock makes an answer repeatable: tests, demonstrations and replays use it (`--as-of`).
public enum RequestClock: Sendable, Hashable {
    /// The system's clock, told in the zone that decides which calendar day it is.
    case system(ZoneOffset)
    /// Always the same instant.
    case fixed(AsOf)

    /// The instant of a request that begins now.
    public func now() -> AsOf {
        switch self {
        case .fixed(let asOf): return asOf
        case .system(let zone):
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            let milliseconds = Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
            return AsOf(instant: Instant(milliseconds: milliseconds), zone: zone)
        }
    }
}
