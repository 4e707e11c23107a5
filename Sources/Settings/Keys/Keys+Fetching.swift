extension Keys {
    static let fetching = SettingGroup(
        "What it fetches",
        [
            fetches.key, fetchBudget.key, fetchTimeout.key, fetchReserve.key, fetchParallel.key, fetchBody.key, fetchTotal.key,
            fetchPages.key, fetchRedirects.key, reachesPrivate.key, reachesLoopback.key,
        ])

    static let fetches = Setting(
        "fetch.enabled", .flag, default: true, isReloaded: true,
        "Whether what a call leaves out is fetched from the FHIR server it names, where the client's `fhir_bases` include it.")
    static let fetchBudget = Setting(
        "fetch.budget", .duration(.milliseconds(100)...(.seconds(60))), default: .seconds(2), isReloaded: true,
        "The time from when a call has arrived to its answer, where something has to be fetched.")
    static let fetchTimeout = Setting(
        "fetch.timeout", .duration(.milliseconds(50)...(.seconds(60))), default: .milliseconds(1500), isReloaded: true,
        "The longest that one request to a FHIR server may take.")
    static let fetchReserve = Setting(
        "fetch.reserve", .duration(.zero...(.seconds(10))), default: .milliseconds(100), isReloaded: true,
        "What is kept of the budget, to decide and to answer.")
    static let fetchParallel = Setting(
        "fetch.parallel", .number(1...64), default: 8, isReloaded: true, "Requests to a FHIR server at one time, for one call.")
    static let fetchBody = Setting(
        "fetch.body", .bytes(1024...(64 << 20)), default: 8 << 20, isReloaded: true, "The longest answer of a FHIR server, unpacked.")
    static let fetchTotal = Setting(
        "fetch.total", .bytes(1024...(1 << 30)), default: 32 << 20, isReloaded: true, "All answers for one call together.")
    static let fetchPages = Setting("fetch.pages", .number(1...1000), default: 10, isReloaded: true, "Pages of one search that are read.")
    static let fetchRedirects = Setting(
        "fetch.redirects", .number(0...10), default: 2, isReloaded: true, "Redirects that are followed, within the server.")
    static let reachesPrivate = Setting(
        "outbound.private_addresses", .flag, default: false,
        "Whether FHIR servers and key sets may stand on private addresses (RFC 1918, RFC 4193, RFC 6598).")
    static let reachesLoopback = Setting(
        "outbound.loopback", .flag, default: false, "Whether they may stand on this machine, by http too: for tests and demonstrations.")
}
