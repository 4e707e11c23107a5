import Documents
import Settings

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where the configuration of a service is said: its file and environment, read anew each time, and the flags it was started with.
struct SettingsSource: Sendable {
    /// The file that --config names.
    let file: String?
    let flags: [SettingsInput.Flag]

    /// What is said now.
    ///
    /// - Throws: what keeps the file from being read, and `SettingsError` with everything that is wrong with what it says.
    func settings() throws -> Settings {
        try Settings(SettingsInput(file: try source(), environment: Self.environment(), flags: flags))
    }

    /// The configuration file, where there is one.
    private func source() throws -> Source? {
        let variable = getenv("VIGIL_CONFIG").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        if let named = file ?? variable { return try SourceFile.read(named) }
        return access("vigil.yaml", F_OK) == 0 ? try SourceFile.read("vigil.yaml") : nil
    }

    /// The variables of this process that are ours.
    private static func environment() -> [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            let name = text.prefix { $0 != "=" }
            if name.hasPrefix("VIGIL_") { variables[String(name)] = String(text.dropFirst(name.count + 1)) }
            next += 1
        }
        return variables
    }
}
