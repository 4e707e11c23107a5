import Documents
import Testing

@testable import Settings

@Suite("The catalogue of settings")
struct CatalogueTests {
    @Test("Every setting of the catalogue is read, and nothing else")
    func allRead() {
        var reader = SettingsReader(SettingsInput())
        _ = Settings(&reader)
        #expect(reader.asked == Set(Keys.all.map(\.path)))
    }

    @Test("No two settings share a path, a variable or a flag")
    func unique() {
        let paths = Keys.all.map(\.path), variables = Keys.all.compactMap(\.variable), flags = Keys.all.compactMap(\.flag)
        #expect(Set(paths).count == paths.count)
        #expect(Set(variables).count == variables.count)
        #expect(Set(flags).count == flags.count)
        #expect(Set(Keys.clients.map(\.path)).count == Keys.clients.count)
        // A path that is the beginning of another could not be told from a section.
        for path in paths { #expect(!paths.contains { $0.hasPrefix(path + ".") }, "\(path)") }
    }

    @Test("What counts where nothing is said can be said")
    func fallbacks() throws {
        let said = Keys.all.filter { !$0.fallback.isEmpty && $0.places.contains(.environment) }
        let environment = Dictionary(uniqueKeysWithValues: said.map { ($0.variable ?? "", $0.fallback.joined(separator: ",")) })
        #expect(environment.count > 25)
        let plain = try settings(), explicit = try settings(environment: environment)
        #expect(explicit.listening == plain.listening)
        #expect(explicit.limits == plain.limits)
        #expect(explicit.fetching == plain.fetching)
        #expect(explicit.trust == plain.trust)
        #expect(explicit.journal == plain.journal)
        #expect(explicit.operation == plain.operation)
        #expect(explicit.rules == plain.rules)
    }

    @Test("Values made in code are those of the catalogue")
    func initializers() throws {
        let plain = try settings()
        #expect(plain.listening == ListeningSettings())
        #expect(plain.limits == RequestLimits())
        #expect(plain.fetching == FetchSettings())
        #expect(plain.trust == TrustSettings())
        #expect(plain.operation == OperationSettings())
    }

    @Test("Every key has a sentence that ends")
    func sentences() {
        for key in Keys.all + Keys.clients { #expect(key.help.hasSuffix("."), "\(key.path)") }
    }

    @Test("The example of the page can be read, but for the files that it names")
    func example() {
        let text = complaints(ConfigurationPage.example)
        #expect(text.split(separator: "error[").count == 1)
        #expect(text.contains("/etc/vigil/monitoring.jwks: there is no such file"))
    }

    @Test("The help of --help-config")
    func help() throws {
        try expectGolden(SettingsHelp.text, at: "Goldens/help-config.txt")
    }

    @Test("docs/configuration.md has every setting as the catalogue has it")
    func page() throws {
        try expectGolden(ConfigurationPage.text, at: "../../docs/configuration.md")
    }
}
