public import FHIRAccess

/// How tokens are judged, and where their keys may be fetched from.
public struct TrustSettings: Sendable, Hashable {
    /// How far the clocks of client and service may stand apart.
    public var skew = Duration.seconds(60)
    /// How many used tokens are remembered.
    public var replayCapacity = 1_000_000
    /// How old a fetched key set may grow.
    public var keySetAge = Duration.seconds(900)
    /// A file of certificate authorities, for key sets and FHIR servers.
    public var authorities: String?
    /// Which addresses may be reached, beside those of the Internet at large.
    public var reach: NetworkReach = []

    public init() {}

    init(_ reader: inout SettingsReader) {
        skew = reader.value(Keys.skew)
        replayCapacity = reader.value(Keys.replayCapacity)
        keySetAge = reader.value(Keys.keySetAge)
        authorities = reader.value(Keys.authorities)
        if reader.value(Keys.reachesPrivate) { reach.insert(.privateNetworks) }
        if reader.value(Keys.reachesLoopback) { reach.insert(.loopback) }
    }
}
