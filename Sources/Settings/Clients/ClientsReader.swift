import CDSHooks
import Documents
import FHIRAccess
import Trust

/// Reads the entries of `clients`.
enum ClientsReader {
    /// The clients that can be read; complaints about the others are the reader's.
    static func clients(_ reader: inout SettingsReader) -> [ClientSettings] {
        guard let source = reader.file else { return [] }
        var clients: [ClientSettings] = []
        var seen: [String: String] = [:]
        for node in reader.clients {
            var entry = ClientEntry(node, in: source)
            let client = entry.client()
            if let issuer = client?.policy.issuer, let name = client?.policy.name {
                if let other = seen.updateValue(name, forKey: issuer) {
                    entry.complain(.contradiction, of: ClientKeys.issuer, "client `\(other)` has the issuer `\(issuer)` already")
                }
                if clients.contains(where: { $0.policy.name == name }) {
                    entry.complain(.contradiction, of: ClientKeys.name, "another client is called `\(name)` already")
                }
            }
            if let client { clients.append(client) }
            reader.take(entry.diagnostics)
        }
        return clients
    }
}

/// One entry under way.
private struct ClientEntry {
    let node: YAMLNode
    let source: Source
    private let said: [String: Said]
    private(set) var diagnostics: [Diagnostic]

    init(_ node: YAMLNode, in source: Source) {
        let settings = FileSettings(node, in: source, named: "an entry of `clients`", keys: ClientKeys.all)
        self.node = node
        self.source = source
        said = settings.said
        diagnostics = settings.diagnostics
    }

    mutating func client() -> ClientSettings? {
        guard node.mapping != nil else { return nil }
        let name = required(ClientKeys.name), issuer = required(ClientKeys.issuer), keys = keySource()
        let dialect = dialect(), bases = fhirBases()
        let algorithms = Set(value(ClientKeys.algorithms)), roles = Set(value(ClientKeys.roles)), services = Set(value(ClientKeys.services))
        let subjects = Set(value(ClientKeys.subjects)), tenants = Set(value(ClientKeys.tenants))
        let audiences = Set(value(ClientKeys.audiences)), lifetime = value(ClientKeys.lifetime)
        guard let name, let issuer, let keys else { return nil }
        let policy = ClientPolicy(
            name: name, issuer: issuer, keys: keys, algorithms: algorithms, extraAudiences: audiences,
            subjects: subjects.isEmpty ? nil : subjects, tenants: tenants.isEmpty ? nil : tenants, fhirBases: bases,
            services: services.isEmpty ? .all : .only(services), roles: roles, maximumLifetime: lifetime)
        // What the directory would refuse, said at this place.
        do throws(ClientDirectoryError) { _ = try ClientDirectory([policy]) } catch { complain(.contradiction, of: ClientKeys.name, error.description) }
        return ClientSettings(policy: policy, dialect: dialect)
    }

    // MARK: - Its parts

    /// Where its keys come from: one of three ways.
    private mutating func keySource() -> KeySource? {
        let url = value(ClientKeys.keySetURL), file = value(ClientKeys.keySetFile), text = value(ClientKeys.keySet)
        if file != nil, text != nil {
            complain(.contradiction, of: ClientKeys.keySetFile, "the keys are given twice, as `keys` and as `keys_file`")
        }
        if let text { return inline(Array(text.utf8), url, ClientKeys.keySet) }
        if let file {
            do throws(SourceFileError) {
                return inline(try SourceFile.bytes(of: file, limit: KeySetCache.sizeLimit), url, ClientKeys.keySetFile)
            } catch {
                complain(.value, of: ClientKeys.keySetFile, error.message)
                return nil
            }
        }
        if let url { return .published(url: url) }
        let isSaid = [ClientKeys.keySetURL.key, ClientKeys.keySetFile.key, ClientKeys.keySet.key].contains { said[$0.path] != nil }
        if !isSaid { complain(.missing, at: nil, "a client needs keys: one of `jku`, `keys_file` and `keys`") }
        return nil
    }

    private mutating func inline(_ bytes: [UInt8], _ url: String?, _ setting: Setting<String?>) -> KeySource? {
        do throws(KeySetError) {
            return .inline(try KeySet(parsing: bytes), urls: Set([url].compactMap(\.self)))
        } catch {
            complain(.value, of: setting, error.description)
            return nil
        }
    }

    private mutating func dialect() -> Dialect {
        var dialect = value(ClientKeys.dialect)
        if let form = value(ClientKeys.deleteForm) { dialect.deleteForm = form }
        if let behavior = value(ClientKeys.selectionBehavior) { dialect.selectionBehavior = behavior }
        if let isOne = value(ClientKeys.oneAction) { dialect.hasOneActionPerSuggestion = isOne }
        if let hasTopics = value(ClientKeys.topics) { dialect.hasTopics = hasTopics }
        if let hasUpdates = value(ClientKeys.updates) { dialect.hasUpdates = hasUpdates }
        return dialect
    }

    private mutating func fhirBases() -> [String] {
        let bases = value(ClientKeys.fhirBases)
        for (index, base) in bases.enumerated() where FHIRBase(base) == nil {
            let said = said[ClientKeys.fhirBases.key.path]
            let spot = said.flatMap { $0.spots.indices.contains(index) ? $0.spots[index] : nil }
            complain(.value, at: spot, "`\(base)` is no base of a FHIR server: a plain http or https URL without user and dot segments")
        }
        return bases
    }

    // MARK: - Smaller steps

    private mutating func value<Value>(_ setting: Setting<Value>) -> Value {
        SettingsReader.value(of: setting, in: said, &diagnostics) ?? setting.fallback
    }

    private mutating func required(_ setting: Setting<String?>) -> String? {
        let found = value(setting)
        if said[setting.key.path] == nil { complain(.missing, at: nil, "a client needs `\(setting.key.path)`") }
        return found
    }

    mutating func complain<Value>(_ code: SettingCode, of setting: Setting<Value>, _ message: String) {
        complain(code, at: said[setting.key.path]?.spot, message)
    }

    /// At a spot, or at the beginning of the entry.
    private mutating func complain(_ code: SettingCode, at spot: Said.Spot?, _ message: String) {
        let start = SourceRange(start: node.range.start, end: min(node.range.end, node.range.start + 1))
        diagnostics.append(Diagnostic(code, message, at: spot ?? Said.Spot(file: source.name, range: start)))
    }
}
