/// Which FHIR servers may be asked on behalf of a client, and how much.
public struct FetchPolicy: Sendable, Hashable {
    /// The client's servers.
    public var allowedBases: [FHIRBase]
    public var limits: FetchLimits

    public init(allowedBases: [FHIRBase], limits: FetchLimits = FetchLimits()) {
        self.allowedBases = allowedBases
        self.limits = limits
    }

    /// The base that a call names as its `fhirServer`, where it is one of the client's or lies below one.
    func base(named url: String) -> FHIRBase? {
        guard let base = FHIRBase(url), allowedBases.contains(where: { $0.covers(base) }) else { return nil }
        return base
    }
}

/// How much one call may ask of a FHIR server.
public struct FetchLimits: Sendable, Hashable {
    /// Requests under way at one time.
    public var parallelRequests: Int
    /// The longest that one request may take.
    public var timeout: Duration
    /// The longest body of one answer, unpacked.
    public var bodyLimit: Int
    /// The sum of all bodies.
    public var totalLimit: Int
    /// The pages of one search that are read.
    public var pages: Int
    /// The redirects of one request that are followed, all within the server.
    public var redirects: Int
    /// What is kept of the time until the deadline, to decide and to answer.
    public var reserve: Duration

    public init(
        parallelRequests: Int = 8, timeout: Duration = .seconds(2), bodyLimit: Int = 8 << 20, totalLimit: Int = 32 << 20,
        pages: Int = 10, redirects: Int = 2, reserve: Duration = .milliseconds(50)
    ) {
        self.parallelRequests = parallelRequests
        self.timeout = timeout
        self.bodyLimit = bodyLimit
        self.totalLimit = totalLimit
        self.pages = pages
        self.redirects = redirects
        self.reserve = reserve
    }
}
