import Documents
import Foundation
import Testing

@testable import Settings

/// The configuration that a file says, with what the environment and flags say.
func settings(_ file: String? = nil, environment: [String: String] = [:], flags: [String: String] = [:]) throws(SettingsError) -> Settings {
    try Settings(input(file, environment: environment, flags: flags))
}

func input(_ file: String?, environment: [String: String] = [:], flags: [String: String] = [:]) -> SettingsInput {
    SettingsInput(
        file: file.map { Source(name: "vigil.yaml", bytes: Array($0.utf8)) }, environment: environment,
        flags: flags.sorted { $0.key < $1.key }.map { SettingsInput.Flag(path: $0.key, name: "--set \($0.key)", text: $0.value) })
}

/// What is wrong with a file, as a person reads it; empty where nothing is.
func complaints(_ file: String?, environment: [String: String] = [:], flags: [String: String] = [:]) -> String {
    do {
        _ = try Settings(input(file, environment: environment, flags: flags))
        return ""
    } catch {
        return error.description
    }
}

/// A text that stands in a file beside these tests or in the repository; `VIGIL_RECORD=1` writes it anew.
func expectGolden(_ text: String, at path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(path)
    if ProcessInfo.processInfo.environment["VIGIL_RECORD"] == "1" {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
    let golden = try String(decoding: Data(contentsOf: file), as: UTF8.self)
    guard golden != text else { return }
    let pairs = zip(golden.split(separator: "\n", omittingEmptySubsequences: false), text.split(separator: "\n", omittingEmptySubsequences: false))
    let first = pairs.first { $0 != $1 }
    Issue.record("\(path) differs: `\(first?.0 ?? "the end")` became `\(first?.1 ?? "the end")`", sourceLocation: sourceLocation)
}

/// A JWK Set with one public key (RFC 7517, appendix A.1, its curve P-256), on one line.
let jwks = """
    {"keys":[{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",\
    "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","kid":"1"}]}
    """
