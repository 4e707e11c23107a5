extension Keys {
    static let trust = SettingGroup("Whom it believes", [skew.key, replayCapacity.key, keySetAge.key, authorities.key])

    static let skew = Setting(
        "tokens.skew", .duration(.zero...(.seconds(300))), default: .seconds(60), isReloaded: true,
        "How far the clocks of a client and of this service may stand apart.")
    static let replayCapacity = Setting(
        "tokens.remembered", .number(1000...100_000_000), default: 1_000_000,
        "How many tokens are remembered until they expire, so that each is used once; 503 beyond. A million takes 100 MB.")
    static let keySetAge = Setting(
        "tokens.keys_age", .duration(.seconds(10)...(.seconds(86_400))), default: .seconds(900),
        "How old a fetched key set may grow before it is fetched again.")
    static let authorities = Setting<String?>(
        "outbound.authorities", .path, "A PEM file of certificate authorities to trust beside the system's, for FHIR servers and key sets.")
}
