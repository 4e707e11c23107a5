// swift-tools-version:6.1
import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdHTTP2 = Target.Dependency.product(name: "HummingbirdHTTP2", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let inMemoryTracing = Target.Dependency.product(name: "InMemoryTracing", package: "swift-distributed-tracing")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let tracing = Target.Dependency.product(name: "Tracing", package: "swift-distributed-tracing")

let package = Package(
    name: "vigil",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "vigil", targets: ["vigil"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.0"),
    ],
    targets: [
        // Meaning: what a patient is, what is known of drugs, what follows.
        .target(name: "Clinical"),
        .target(name: "Knowledge", dependencies: ["Clinical"]),
        .target(name: "Immunization", dependencies: ["Clinical", "Knowledge"]),
        .target(name: "Engine", dependencies: ["Clinical", "Knowledge", "Immunization"]),
        // Text: bytes to trees that remember where everything stood.
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "Documents", dependencies: ["CYAML"]),
        .target(name: "Digests", dependencies: [crypto]),
        // Translation: from one to the other.
        .target(name: "RuleLanguage", dependencies: ["Documents", "Digests", "Clinical", "Knowledge", "Engine"]),
        .target(name: "Intake", dependencies: ["Documents", "Clinical"]),
        .target(name: "CDSHooks", dependencies: ["Documents", "Digests", "Clinical", "Knowledge", "Intake", "Engine"]),
        .target(name: "KnowledgeStore", dependencies: ["Documents", "Digests", "Clinical", "Knowledge", grdb]),
        // Running: what replays, what keeps, what serves.
        .target(name: "AuditLog", dependencies: ["Documents", "Digests", "Clinical", "Engine", grdb, crypto]),
        .target(
            name: "Replay",
            dependencies: ["Documents", "Clinical", "Knowledge", "Immunization", "Engine", "RuleLanguage", "Intake"]),
        .target(
            name: "Authoring",
            dependencies: ["Documents", "Clinical", "Knowledge", "Engine", "RuleLanguage", "Intake", "CDSHooks", "Replay"]),
        .target(name: "Examination", dependencies: ["Documents", "Clinical", "Knowledge", "CDSHooks"]),
        .target(name: "Telemetry", dependencies: ["Documents", "Clinical", logging, metrics, tracing]),
        .target(name: "CareGaps", dependencies: ["Documents", "Digests", "Clinical", "Engine"]),
        .target(
            name: "Sweep",
            dependencies: ["CareGaps", "Documents", "Digests", "Clinical", "Engine", "Intake", grdb, grdbSQLite]),
        .target(name: "Trust", dependencies: ["Documents", "Digests", "Clinical", jwtKit]),
        .target(name: "FHIRAccess", dependencies: ["Documents", "Digests", "Trust", asyncHTTPClient]),
        .target(name: "Settings", dependencies: ["Documents", "Clinical", "CDSHooks", "Trust", "FHIRAccess"]),
        .target(
            name: "Service",
            dependencies: [
                "Settings", "Trust", "FHIRAccess", "Telemetry", "Documents", "Digests", "Clinical", "Knowledge", "KnowledgeStore", "Engine",
                "RuleLanguage", "Intake", "CDSHooks", "CareGaps", "AuditLog", hummingbird, hummingbirdHTTP2, logging, metrics, tracing,
            ]),
        // The door.
        .executableTarget(
            name: "vigil",
            dependencies: [
                "Service", "Settings", "FHIRAccess", "Trust", "AuditLog", "Telemetry", "Authoring", "Replay", "Sweep", "CareGaps", "Examination", "RuleLanguage", "KnowledgeStore", "Knowledge", "CDSHooks", "Intake",
                "Engine", "Immunization",
                "Documents", "Digests", "Clinical", argumentParser, logging,
            ]),
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                "Service", "RuleLanguage", "KnowledgeStore", "Knowledge", "CDSHooks", "Intake", "Engine", "Documents",
                "Clinical", "Spoiling", hummingbird, argumentParser, logging,
            ],
            path: "Benchmarks"),
        // Tests mirror the rooms.
        .target(name: "Spoiling", dependencies: ["CDSHooks", "RuleLanguage", "Documents", "Clinical"], path: "Tests/Spoiling"),
        .testTarget(name: "HouseTests"),
        .testTarget(name: "ClinicalTests", dependencies: ["Clinical"]),
        .testTarget(name: "KnowledgeTests", dependencies: ["Knowledge", "Clinical"]),
        .testTarget(name: "ImmunizationTests", dependencies: ["Immunization", "Knowledge", "Clinical"]),
        .testTarget(name: "EngineTests", dependencies: ["Engine", "Knowledge", "Clinical"]),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Spoiling"]),
        .testTarget(name: "DigestsTests", dependencies: ["Digests"]),
        .testTarget(name: "RuleLanguageTests", dependencies: ["SamplePack", "RuleLanguage", "Spoiling", "Digests", "Engine", "Documents", "Knowledge", "KnowledgeStore", "Clinical"]),
        .testTarget(name: "IntakeTests", dependencies: ["Intake", "Spoiling", "Documents", "Clinical"]),
        .testTarget(
            name: "CDSHooksTests",
            dependencies: ["CDSHooks", "Spoiling", "Digests", "Intake", "Engine", "RuleLanguage", "KnowledgeStore", "Knowledge", "Documents", "Clinical"]),
        .testTarget(
            name: "KnowledgeStoreTests",
            dependencies: ["KnowledgeStore", "RuleLanguage", "Knowledge", "Documents", "Digests", "Clinical"]),
        .testTarget(
            name: "ReplayTests",
            dependencies: ["SamplePack", "Replay", "RuleLanguage", "KnowledgeStore", "Knowledge", "Immunization", "Engine", "Intake", "Documents", "Clinical"]),
        .testTarget(
            name: "AuthoringTests",
            dependencies: ["SamplePack", "Authoring", "Replay", "RuleLanguage", "KnowledgeStore", "Knowledge", "Engine", "Intake", "CDSHooks", "Documents", "Clinical"]),
        .testTarget(
            name: "ExaminationTests",
            dependencies: ["Examination", "RuleLanguage", "KnowledgeStore", "Knowledge", "Engine", "CDSHooks", "Documents", "Clinical"]),
        .testTarget(
            name: "SweepTests",
            dependencies: ["Sweep", "CareGaps", "Service", "CDSHooks", "Replay", "RuleLanguage", "KnowledgeStore", "Knowledge", "Engine", "Intake", "Documents", "Digests", "Clinical", grdb]),
        .testTarget(name: "AuditLogTests", dependencies: ["AuditLog", "Documents", "Digests", "Clinical", "Knowledge", "Engine"]),
        .testTarget(name: "TelemetryTests", dependencies: ["Telemetry", "Documents", "Clinical", logging, metrics]),
        .testTarget(name: "TrustTests", dependencies: ["Trust", "Documents", "Clinical", jwtKit, crypto, cryptoExtras]),
        .target(name: "SamplePack", dependencies: ["RuleLanguage", "Documents"], path: "Tests/SamplePack"),
        .target(name: "Loopback", dependencies: [hummingbird, hummingbirdTLS, crypto], path: "Tests/Loopback"),
        .testTarget(
            name: "FHIRAccessTests", dependencies: ["Loopback", "FHIRAccess", "Trust", "Documents", hummingbird, hummingbirdTLS, crypto]),
        .testTarget(name: "SettingsTests", dependencies: ["Settings", "Trust", "FHIRAccess", "CDSHooks", "Documents", "Clinical"]),
        .testTarget(
            name: "ServiceTests",
            dependencies: [
                "Loopback", "Service", "CareGaps", "Settings", "Trust", "FHIRAccess", "AuditLog", "Telemetry", "Engine", "Digests", "KnowledgeStore", "Knowledge",
                "RuleLanguage", "CDSHooks", "Documents", "Clinical", hummingbirdTesting, inMemoryTracing, asyncHTTPClient, crypto,
            ]),
    ],
    swiftLanguageModes: [.v6]
)

/// One set of settings for every target.
for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
