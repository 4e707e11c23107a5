import Documents

/// A map of the file taken apart into settings by their paths.
struct FileSettings {
    let source: Source
    private(set) var said: [String: Said] = [:]
    private(set) var diagnostics: [Diagnostic] = []
    /// The lists of maps that stand beside the settings, by name.
    private(set) var lists: [String: [YAMLNode]] = [:]
    private let keys: [String: SettingKey]
    private let name: String
    private let listNames: Set<String>

    /// - Parameters:
    ///   - keys: what may stand there.
    ///   - name: what the map is called in messages.
    ///   - listNames: the names of lists of maps, handed back as they are.
    init(_ node: YAMLNode, in source: Source, named name: String, keys: [SettingKey], listNames: Set<String> = []) {
        self.source = source
        self.name = name
        self.keys = Dictionary(keys.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        self.listNames = listNames
        read(node, below: "")
    }

    /// Reads a map; sections are at most as deep as paths are, so this ends.
    private mutating func read(_ node: YAMLNode, below prefix: String) {
        guard let entries = node.mapping else {
            let what = prefix.isEmpty ? name : "`\(prefix.dropLast())`"
            return complain(.form, "\(what) is a map of settings", at: node.range)
        }
        for (key, value) in entries {
            guard let name = key.text else { continue }
            let path = prefix + name
            if let known = keys[path] {
                take(value, of: known, namedAt: key.range)
            } else if prefix.isEmpty, listNames.contains(name) {
                takeList(value, named: name)
            } else if keys.keys.contains(where: { $0.hasPrefix(path + ".") }) {
                read(value, below: path + ".")
            } else {
                refuse(path, below: prefix, at: key.range)
            }
        }
    }

    private mutating func take(_ value: YAMLNode, of key: SettingKey, namedAt name: SourceRange) {
        guard key.places.contains(.file) else {
            return complain(
                .place, "`\(key.path)` may not stand in the file", at: name,
                help: key.variable.map { ["say it in the environment, as \($0)"] } ?? [])
        }
        guard !value.isEmptyScalar else { return complain(.form, "nothing is said for `\(key.path)`", at: name) }
        let elements = key.isList ? value.sequence ?? [value] : [value]
        let texts = elements.compactMap(\.text)
        guard texts.count == elements.count else {
            let wanted = key.isList ? "a list, its elements texts" : "one value"
            return complain(.form, "`\(key.path)` takes \(wanted)", at: value.range, label: "expected \(key.typeName)")
        }
        said[key.path] = Said(texts: texts, spots: elements.map { spot($0.range) }, spot: spot(name))
    }

    private mutating func takeList(_ value: YAMLNode, named name: String) {
        if value.isEmptyScalar { return }
        guard let elements = value.sequence else { return complain(.form, "`\(name)` is a list", at: value.range) }
        lists[name] = elements
    }

    private mutating func refuse(_ path: String, below prefix: String, at range: SourceRange) {
        let names = Set(keys.keys).union(listNames)
        // Names beside it first, then whole paths: a setting may have been put into the wrong section.
        let beside = Set(names.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count).prefix { $0 != "." }) })
        let name = String(path.dropFirst(prefix.count))
        let nearest = NearestName.find(name, in: beside).map { prefix + $0 } ?? names.sorted().first { $0.hasSuffix(".\(name)") || $0 == name }
            ?? NearestName.find(path, in: names)
        complain(.unknown, "no setting is called `\(path)`", at: range, help: nearest.map { ["did you mean `\($0)`?"] } ?? [])
    }

    // MARK: - Smaller steps

    private func spot(_ range: SourceRange) -> Said.Spot { Said.Spot(file: source.name, range: range) }

    private mutating func complain(_ code: SettingCode, _ message: String, at range: SourceRange, label: String? = nil, help: [String] = []) {
        diagnostics.append(Diagnostic(code, message, at: spot(range), label: label, help: help))
    }
}
