extension Keys {
    static let limits = SettingGroup(
        "How much it takes",
        [
            bodyLimit.key, headerLimit.key, memoryLimit.key, requestLimit.key, clientRequestLimit.key, fetchingLimit.key,
            connectionLimit.key, arrivalTime.key, idleTime.key,
        ])

    static let bodyLimit = Setting(
        "limits.body", .bytes(1024...(1 << 30)), default: 16 << 20, flag: "--body-limit", "The longest body of a request; 413 beyond.")
    static let headerLimit = Setting(
        "limits.header", .bytes(1024...(1 << 20)), default: 16 << 10, "The longest header of a request of HTTP/1.1, all fields together; beyond that the connection is closed.")
    static let memoryLimit = Setting(
        "limits.memory", .bytes((1 << 20)...(1 << 40)), default: 128 << 20,
        "What the bodies of all requests under way may take together; 503 beyond.")
    static let requestLimit = Setting(
        "limits.requests", .number(1...1_000_000), default: 256, "Requests that are read or answered at one time; 503 beyond.")
    static let clientRequestLimit = Setting(
        "limits.requests_per_client", .number(1...1_000_000), default: 128,
        "Requests of one client that are read or answered at one time; 429 beyond.")
    static let fetchingLimit = Setting(
        "limits.fetching", .number(1...10_000), default: 32,
        "Requests for which records are fetched at one time, each up to `fetch.total`; others are answered on what came with them.")
    static let connectionLimit = Setting(
        "limits.connections", .number(1...1_000_000), default: 1024, "Connections held open at one time; others wait to be accepted.")
    static let arrivalTime = Setting(
        "limits.arrival_time", .duration(.milliseconds(100)...(.seconds(600))), default: .seconds(15),
        "How long a connection may take for its handshake and for each request to arrive whole; it is closed then.")
    static let idleTime = Setting(
        "limits.idle_time", .duration(.milliseconds(100)...(.seconds(86_400))), default: .seconds(75),
        "How long a connection without a request is kept.")
}
