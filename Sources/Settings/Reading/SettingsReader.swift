import Documents

/// Gives each setting its value: a flag's before the environment's before the file's before its own, and every complaint on the way.
struct SettingsReader {
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var sources: [Source] = []
    /// The entries of `clients`, with the source they stand in.
    private(set) var clients: [YAMLNode] = []
    let file: Source?
    private var said: [String: Said] = [:]
    /// The settings that were asked for, to show that all of them are.
    private(set) var asked: Set<String> = []

    init(_ input: SettingsInput) {
        file = input.file
        if let file = input.file { read(file) }
        read(input.environment)
        read(input.flags)
    }

    // MARK: - What a setting is

    /// The value of a setting; its fallback where nothing is said, or what is said cannot be read.
    mutating func value<Value>(_ setting: Setting<Value>) -> Value {
        asked.insert(setting.key.path)
        return Self.value(of: setting, in: said, &diagnostics) ?? setting.fallback
    }

    /// The value that was said; nothing where there is none, or it cannot be read, which is then complained about.
    static func value<Value>(of setting: Setting<Value>, in said: [String: Said], _ diagnostics: inout [Diagnostic]) -> Value? {
        guard let found = said[setting.key.path] else { return nil }
        do throws(SettingProblem) {
            return try setting.type.read(found.texts)
        } catch {
            diagnostics += ([error] + error.more).map { diagnostic($0, of: setting.key, found) }
            return nil
        }
    }

    private static func diagnostic(_ problem: SettingProblem, of key: SettingKey, _ found: Said) -> Diagnostic {
        let isOne = found.spots.indices.contains(problem.index)
        let text = isOne && !key.isSecret ? "`\(found.texts[problem.index])`" : "what is said"
        return Diagnostic(
            .value, "\(text) for `\(key.path)` is no \(problem.wanted)", at: isOne ? found.spots[problem.index] : found.spot,
            help: problem.nearest.map { ["did you mean `\($0)`?"] } ?? [])
    }

    /// Whether anything was said of a setting.
    func isSaid<Value>(_ setting: Setting<Value>) -> Bool { said[setting.key.path] != nil }

    /// Complains about what is said of a setting, or of the configuration as a whole where nothing is.
    mutating func complain<Value>(_ code: SettingCode, of setting: Setting<Value>, _ message: String, help: [String] = []) {
        complain(code, at: said[setting.key.path]?.spot, message, help: help)
    }

    mutating func complain(_ code: SettingCode, at spot: Said.Spot?, _ message: String, help: [String] = []) {
        diagnostics.append(Diagnostic(code, message, at: spot ?? Said.Spot(file: file?.name ?? "configuration", range: nil), help: help))
    }

    /// The complaints in the order of the file, those about flags and the environment behind them.
    var orderedDiagnostics: [Diagnostic] {
        func rank(_ diagnostic: Diagnostic) -> Int { diagnostic.file == file?.name ? diagnostic.range?.start ?? -1 : Int.max }
        return diagnostics.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
    }

    mutating func take(_ more: [Diagnostic]) { diagnostics += more }

    // MARK: - Where it is said

    private mutating func read(_ file: Source) {
        sources.append(file)
        let (node, problems) = YAMLReader.read(file)
        diagnostics += problems
        guard let node else { return }
        let settings = FileSettings(node, in: file, named: "a configuration", keys: Keys.all, listNames: ["clients"])
        diagnostics += settings.diagnostics
        said = settings.said
        clients = settings.lists["clients"] ?? []
    }

    /// Variables of ours that are no settings.
    private static let ownVariables: Set<String> = ["VIGIL_CONFIG", "VIGIL_RECORD"]

    private mutating func read(_ environment: [String: String]) {
        let known = Dictionary(Keys.all.compactMap { key in key.variable.map { ($0, key) } }, uniquingKeysWith: { first, _ in first })
        for (name, text) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("VIGIL_") && !text.isEmpty {
            if Self.ownVariables.contains(name) { continue }
            guard let key = known[name] else {
                let nearest = NearestName.find(name, in: known.keys)
                diagnostics.append(
                    Diagnostic(
                        .unknown, "no setting has the variable \(name)", at: Said.Spot(file: "environment", range: nil),
                        help: nearest.map { ["did you mean \($0)?"] } ?? []))
                continue
            }
            take(text, of: key, from: name)
        }
    }

    /// The text of a variable; a list has commas between its elements.
    private mutating func take(_ text: String, of key: SettingKey, from variable: String) {
        let source = Source(name: variable, bytes: key.isSecret ? [] : Array(text.utf8))
        sources.append(source)
        var spots: [Said.Spot] = [], texts: [String] = [], start = 0
        for part in key.isList ? text.split(separator: ",", omittingEmptySubsequences: false) : [text[...]] {
            let blanks = part.prefix { $0 == " " }.utf8.count
            let element = String(part.dropFirst(blanks).reversed().drop { $0 == " " }.reversed())
            let range = SourceRange(start: start + blanks, end: start + blanks + element.utf8.count)
            texts.append(element)
            spots.append(Said.Spot(file: variable, range: key.isSecret ? nil : range))
            start += part.utf8.count + 1
        }
        said[key.path] = Said(texts: texts, spots: spots, spot: Said.Spot(file: variable, range: nil))
    }

    private mutating func read(_ flags: [SettingsInput.Flag]) {
        let known = Dictionary(Keys.all.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        var given: [String: Said] = [:]
        for (number, flag) in flags.enumerated() {
            guard let key = known[flag.path], key.places.contains(.flag) else {
                let nearest = NearestName.find(flag.path, in: known.keys)
                diagnostics.append(
                    Diagnostic(
                        known[flag.path] == nil ? .unknown : .place,
                        known[flag.path] == nil ? "no setting is called `\(flag.path)`" : "`\(flag.path)` may not be given as a flag",
                        at: Said.Spot(file: flag.name, range: nil), help: nearest.map { ["did you mean `\($0)`?"] } ?? []))
                continue
            }
            // Each flag is a source of its own; a number tells those of one name apart.
            let isRepeated = flags[..<number].contains { $0.name == flag.name }
            let source = Source(name: isRepeated ? "\(flag.name) (\(number + 1))" : flag.name, bytes: Array(flag.text.utf8))
            sources.append(source)
            let spot = Said.Spot(file: source.name, range: SourceRange(start: 0, end: source.bytes.count))
            var all = key.isList ? given[key.path] ?? Said(texts: [], spots: [], spot: spot) : Said(texts: [], spots: [], spot: spot)
            all.texts.append(flag.text)
            all.spots.append(spot)
            given[key.path] = all
        }
        said.merge(given) { _, flag in flag }
    }
}
