/// One thing that can be configured: its name, what it is for, how it is read, and what counts where nothing is said.
///
/// It is the same value that the reader reads by and that help and documentation are written from.
public struct Setting<Value: Sendable>: Sendable {
    public let key: SettingKey
    let type: SettingType<Value>
    let fallback: Value

    /// - Parameters:
    ///   - path: where it stands in the file, such as `listen.port`.
    ///   - flag: the flag of `vigil serve` that says the same; every other key can be given as `--set path=value`.
    ///   - places: where it may be said.
    ///   - isReloaded: whether it is read again while the service runs.
    ///   - isSecret: whether its value stays out of messages.
    init(
        _ path: String, _ type: SettingType<Value>, default fallback: Value, flag: String? = nil,
        places: Set<SettingKey.Place> = [.file, .environment, .flag], isReloaded: Bool = false, isSecret: Bool = false, _ help: String
    ) {
        key = SettingKey(
            path: path, typeName: type.name, isList: type.isList, fallback: type.write(fallback), flag: flag, places: places,
            isReloaded: isReloaded, isSecret: isSecret, help: help)
        self.type = type
        self.fallback = fallback
    }
}

extension Setting {
    /// A setting that need not be said.
    init<Some>(
        _ path: String, _ type: SettingType<Some>, flag: String? = nil,
        places: Set<SettingKey.Place> = [.file, .environment, .flag], isReloaded: Bool = false, isSecret: Bool = false, _ help: String
    ) where Value == Some? {
        self.init(path, type.optional, default: nil, flag: flag, places: places, isReloaded: isReloaded, isSecret: isSecret, help)
    }
}

extension Setting {
    /// A setting that takes several values.
    init<Element>(
        _ path: String, listOf type: SettingType<Element>, default fallback: [Element], flag: String? = nil,
        places: Set<SettingKey.Place> = [.file, .environment, .flag], isReloaded: Bool = false, _ help: String
    ) where Value == [Element] {
        self.init(path, type.list, default: fallback, flag: flag, places: places, isReloaded: isReloaded, help)
    }
}

/// What is to be known of a setting without its value's type: for help, documentation and names that nobody knows.
public struct SettingKey: Sendable, Hashable {
    /// Where something may be said.
    public enum Place: Sendable, Hashable { case file, environment, flag }

    /// Where it stands in the file, such as `listen.port`.
    public let path: String
    public let typeName: String
    public let isList: Bool
    /// What counts where nothing is said; empty for nothing at all.
    public let fallback: [String]
    public let flag: String?
    public let places: Set<Place>
    public let isReloaded: Bool
    /// Whether its value stays out of messages.
    public let isSecret: Bool
    public let help: String

    /// The variable that says the same, such as `VIGIL_LISTEN_PORT`; nil where the environment may not.
    public var variable: String? {
        guard places.contains(.environment) else { return nil }
        return "VIGIL_" + path.uppercased().map { $0 == "." ? "_" : String($0) }.joined()
    }
}

/// Settings that belong together, under a heading.
public struct SettingGroup: Sendable {
    public let title: String
    public let keys: [SettingKey]

    init(_ title: String, _ keys: [SettingKey]) {
        self.title = title
        self.keys = keys
    }
}
