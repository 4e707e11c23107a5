/// How much the service takes at one time, and how long it waits.
public struct RequestLimits: Sendable, Hashable {
    /// The longest body of a request, in bytes.
    public var body = 16 << 20
    /// All header fields of a request together, in bytes.
    public var header = 16 << 10
    /// The bodies of all requests under way together, in bytes.
    public var memory = 128 << 20
    /// Requests under way.
    public var requests = 256
    /// Requests of one client under way.
    public var requestsPerClient = 128
    /// Requests under way for which something is fetched.
    public var fetching = 32
    public var connections = 1024
    /// For the handshake, and for each request to arrive whole.
    public var arrivalTime = Duration.seconds(15)
    /// How long a connection without a request is kept.
    public var idleTime = Duration.seconds(75)

    public init() {}

    init(_ reader: inout SettingsReader) {
        body = reader.value(Keys.bodyLimit)
        header = reader.value(Keys.headerLimit)
        memory = reader.value(Keys.memoryLimit)
        requests = reader.value(Keys.requestLimit)
        requestsPerClient = reader.value(Keys.clientRequestLimit)
        fetching = reader.value(Keys.fetchingLimit)
        connections = reader.value(Keys.connectionLimit)
        arrivalTime = reader.value(Keys.arrivalTime)
        idleTime = reader.value(Keys.idleTime)
        if memory < body {
            reader.complain(.contradiction, of: Keys.memoryLimit, "`limits.memory` is less than one body may take (`limits.body`)")
        }
    }
}
