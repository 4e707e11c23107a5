public import FHIRAccess

/// What is fetched of what a call leaves out, and in how much time.
public struct FetchSettings: Sendable, Hashable {
    public var isOn = true
    /// From the arrival of a call to its answer.
    public var budget = Duration.seconds(2)
    public var limits = FetchLimits(timeout: .milliseconds(1500), reserve: .milliseconds(100))

    public init() {}

    init(_ reader: inout SettingsReader) {
        isOn = reader.value(Keys.fetches)
        budget = reader.value(Keys.fetchBudget)
        limits = FetchLimits(
            parallelRequests: reader.value(Keys.fetchParallel), timeout: reader.value(Keys.fetchTimeout),
            bodyLimit: reader.value(Keys.fetchBody), totalLimit: reader.value(Keys.fetchTotal), pages: reader.value(Keys.fetchPages),
            redirects: reader.value(Keys.fetchRedirects), reserve: reader.value(Keys.fetchReserve))
        if limits.reserve >= budget {
            reader.complain(.contradiction, of: Keys.fetchReserve, "`fetch.reserve` leaves nothing of `fetch.budget` to fetch in")
        }
    }
}
