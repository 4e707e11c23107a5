/// Which rooms there are, and what each may import: the picture of `docs/architecture.md` as a table.
///
/// A room that is not listed may not exist, and a module that is not listed may not be imported.
enum Doors {
    static let meaning: Set<String> = ["Clinical", "Knowledge", "Immunization", "Engine"]
    static let text: Set<String> = ["Documents", "Digests", "CYAML"]

    static let allowed: [String: Set<String>] = [
        // Meaning: the standard library and each other.
        "Clinical": [],
        "Knowledge": ["Clinical"],
        "Immunization": ["Clinical", "Knowledge"],
        "Engine": ["Clinical", "Knowledge", "Immunization"],
        // Text: reading a file needs the C library, nothing else does.
        "CYAML": [],
        "Documents": ["CYAML"] + system,
        "Digests": ["Crypto"],
        // Translation.
        "RuleLanguage": ["Documents", "Digests", "Clinical", "Knowledge", "Engine"] + system,
        "Intake": ["Documents", "Clinical"],
        "CDSHooks": ["Documents", "Digests", "Clinical", "Knowledge", "Intake", "Engine", "Synchronization"],
        "KnowledgeStore": ["Documents", "Digests", "Clinical", "Knowledge", "GRDB"] + system,
        // Running.
        "Replay": ["Documents", "Clinical", "Knowledge", "Immunization", "Engine", "RuleLanguage", "Intake"],
        "Authoring": ["Documents", "Clinical", "Knowledge", "Engine", "RuleLanguage", "Intake", "CDSHooks", "Replay"] + system,
        "Examination": ["Documents", "Clinical", "Knowledge", "CDSHooks"],
        "CareGaps": ["Documents", "Digests", "Clinical", "Engine"],
        "Sweep": ["CareGaps", "Documents", "Digests", "Clinical", "Engine", "Intake", "GRDB", "GRDBSQLite", "Synchronization"] + system,
        "AuditLog": ["Documents", "Digests", "Clinical", "Engine", "GRDB", "Crypto", "Synchronization"] + system,
        "Telemetry": [
            "Documents", "Clinical", "CoreMetrics", "Logging", "ServiceContextModule", "Synchronization",
        ] + system,
        "Trust": ["Documents", "Digests", "Clinical", "JWTKit", "Synchronization"],
        "FHIRAccess": [
            "Documents", "Digests", "Trust", "AsyncHTTPClient", "NIOCore", "NIOHTTP1", "NIOHTTPCompression", "NIOSSL", "Synchronization",
        ] + system,
        "Settings": ["Documents", "Clinical", "CDSHooks", "Trust", "FHIRAccess"],
        "Service": [
            "Settings", "Trust", "FHIRAccess", "Telemetry", "AuditLog", "Documents", "Digests", "Clinical", "Knowledge", "KnowledgeStore",
            "Engine", "RuleLanguage", "Intake", "CDSHooks", "CareGaps", "Hummingbird", "HummingbirdCore", "HummingbirdHTTP2", "HTTPTypes", "Logging",
            "CoreMetrics", "Tracing", "NIOHTTPTypes", "NIOHTTP2", "NIOSSL", "NIOTLS",
            "Instrumentation", "ServiceContextModule", "ServiceLifecycle", "UnixSignals", "NIOCore", "Synchronization",
        ] + system,
        // The door.
        "vigil": [
            "Service", "Settings", "FHIRAccess", "Trust", "AuditLog", "Telemetry", "Authoring", "Replay", "Sweep", "CareGaps", "Examination", "RuleLanguage", "KnowledgeStore", "Knowledge", "CDSHooks", "Intake",
            "Engine", "Immunization", "Documents",
            "Digests", "Clinical", "ArgumentParser", "Logging", "Foundation", "Dispatch", "Synchronization",
        ] + system,
    ]

    /// The C library, by its names.
    private static let system: Set<String> = ["Glibc", "Musl", "Darwin"]
}

private func + (left: Set<String>, right: Set<String>) -> Set<String> { left.union(right) }
