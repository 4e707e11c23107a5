import CDSHooks
import Trust

/// The settings of one entry of `clients`: a list of maps, in the file only.
enum ClientKeys {
    static let all: [SettingKey] = [
        name.key, issuer.key, keySetURL.key, keySetFile.key, keySet.key, algorithms.key, audiences.key, subjects.key, tenants.key,
        lifetime.key, roles.key, services.key, fhirBases.key, dialect.key, deleteForm.key, selectionBehavior.key, oneAction.key,
        topics.key, updates.key,
    ]

    static let name = optional("name", .text, "The name by which logs and metrics call it. Required.")
    static let issuer = optional(
        "issuer", .text,
        "Its `iss`, compared byte by byte; each customer of an EHR vendor is an issuer of its own. Required.")
    static let keySetURL = optional(
        "jku", .url,
        """
        The https URL under which it publishes its keys; a `jku` in a token must equal it. With `keys` or `keys_file` it is not \
        fetched, and only says what the token may say.
        """)
    static let keySetFile = optional("keys_file", .path, "A file with its JWK Set, exchanged out of band.")
    static let keySet = optional("keys", .text, "Its JWK Set itself, as JSON text: `keys: |` and the JSON below, indented.")
    static let algorithms = list(
        "algorithms", SettingType<SigningAlgorithm>.choice("algorithm"), [.es384, .rs384], "What it may sign with.")
    static let audiences = list(
        "audiences", .text, [], "Audiences accepted beside the URL of the endpoint, for clients whose `aud` is typed by hand.")
    static let subjects = list("subjects", .text, [], "The values of `sub` it may send; any where none is listed.")
    static let tenants = list("tenants", .text, [], "The values of `tenant` of which it must send one; any or none where none is listed.")
    static let lifetime = setting(
        "lifetime", .duration(.seconds(1)...(.seconds(86_400))), .seconds(3600), "The longest time from `iat` to `exp`.")
    static let roles = list(
        "roles", SettingType<ClientRole>.choice("role"), [.ehr],
        "What it may do: `ehr` calls hooks and sends feedback, `author` reloads rules, `auditor` reads metrics.")
    static let services = list("services", .text, [], "The services it may call, by id; all where none is listed.")
    static let fhirBases = list(
        "fhir_bases", .url, [], "The FHIR servers from which records may be fetched on its behalf; what lies below a base is included.")
    static let dialect = setting(
        "dialect", SettingType<Dialect>.choice("dialect", of: [("standard", .standard), ("1.0", .version1), ("epic", .epic)]), .standard,
        "What it makes of cards; the switches below change one thing of it.")
    static let deleteForm = optional(
        "delete_form", SettingType<Dialect.DeleteForm>.choice("form"), "The member in which an action names what it deletes.")
    static let selectionBehavior = optional(
        "selection_behavior", SettingType<Dialect.SelectionBehavior>.choice("behavior"),
        "How many suggestions of a card may be accepted.")
    static let oneAction = optional("one_action", .flag, "Whether each suggestion has one action only.")
    static let topics = optional("topics", .flag, "Whether `source.topic` is sent.")
    static let updates = optional("updates", .flag, "Whether suggestions may change what is on record.")

    private static func setting<Value>(_ path: String, _ type: SettingType<Value>, _ fallback: Value, _ help: String) -> Setting<Value> {
        Setting(path, type, default: fallback, places: [.file], isReloaded: true, help)
    }

    private static func optional<Value>(_ path: String, _ type: SettingType<Value>, _ help: String) -> Setting<Value?> {
        setting(path, type.optional, nil, help)
    }

    private static func list<Value>(_ path: String, _ type: SettingType<Value>, _ fallback: [Value], _ help: String) -> Setting<[Value]> {
        setting(path, type.list, fallback, help)
    }
}
