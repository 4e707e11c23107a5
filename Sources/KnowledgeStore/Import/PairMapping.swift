import Clinical
import Documents
import Knowledge

/// What a table of interactions means: which column says what, in whose words.
///
/// Declared in YAML by whoever brings the table; `docs/knowledge.md` shows one.
struct PairMapping {
    /// How the two drugs of a row are told.
    enum Match: String, CaseIterable { case rxcui, ndc, unii, atc, name }

    /// A column by its name, or by its number from 1.
    typealias Column = String

    var name = ""
    var title = ""
    var version = ""
    var rank = Interaction.Layer.vendor
    var lowering = ""
    var delimiter = UInt8(ascii: ",")
    var isLatin = false
    var hasHeader = true
    var match = Match.rxcui
    var columns: [String: Column] = [:]
    /// Their word to ours; `nil` for a word whose rows are left out on purpose.
    var severities: [String: Severity?] = [:]
    /// Their name, lower case, to ours.
    var names: [String: String] = [:]
    var crosswalk: Crosswalk?

    /// A second table that leads from the vendor's code to RxNorm's.
    struct Crosswalk {
        var file: String
        var code: Column
        var rxcui: Column
    }

    static let columnNames = ["a", "b", "severity", "id", "effect", "mechanism", "management", "evidence"]
}

/// Reads a mapping, and says everything that is wrong with it in one run.
struct PairMappingReader {
    private let source: Source
    private var diagnostics: [Diagnostic] = []
    private var mapping = PairMapping()

    static func read(_ path: String) throws(KnowledgeImportError) -> PairMapping {
        let source: Source
        do {
            source = try SourceFile.read(path)
        } catch {
            throw .unreadable(path: path, why: error.message)
        }
        return try read(source)
    }

    static func read(_ source: Source) throws(KnowledgeImportError) -> PairMapping {
        var reader = PairMappingReader(source: source)
        let (node, problems) = YAMLReader.read(source)
        reader.diagnostics = problems
        if let node { reader.read(node) }
        guard reader.diagnostics.isEmpty else { throw .mapping(reader.diagnostics, sources: [source.name: source]) }
        return reader.mapping
    }

    private init(source: Source) {
        self.source = source
    }

    private mutating func read(_ root: YAMLNode) {
        guard root.mapping != nil else {
            report(root, "a mapping is a map of keys", help: "begin with `name:`")
            return
        }
        for (key, value) in root.entries { read(key, value) }
        for (name, isMissing) in [
            ("name", mapping.name.isEmpty), ("title", mapping.title.isEmpty), ("version", mapping.version.isEmpty),
            ("severity", mapping.severities.isEmpty),
        ] where isMissing && root[name] == nil {
            report(root, "`\(name)` is missing", help: "the keys name, title, version, columns and severity are needed")
        }
        for name in ["a", "b", "severity"] where mapping.columns[name] == nil {
            report(root["columns"] ?? root, "the column of `\(name)` is not declared", help: "write `\(name):` under `columns:`")
        }
        if !mapping.hasHeader {
            for (name, column) in mapping.columns.sorted(by: { $0.key < $1.key }) where Int(column) == nil {
                report(root["columns"] ?? root, "without a header the column of `\(name)` needs a number", help: "count from 1")
            }
        }
    }

    private mutating func read(_ key: YAMLNode, _ value: YAMLNode) {
        switch key.text ?? "" {
        case "name": mapping.name = identifier(value)
        case "title": mapping.title = text(value)
        case "version": mapping.version = text(value)
        case "rank": mapping.rank = word(value, ["vendor": .vendor, "local": .local]) ?? .vendor
        case "may-lower-because": mapping.lowering = text(value)
        case "format":
            let formats = ["csv": UInt8(ascii: ","), "tsv": UInt8(ascii: "\t"), "bar": UInt8(ascii: "|"), "semicolon": UInt8(ascii: ";")]
            mapping.delimiter = word(value, formats) ?? mapping.delimiter
        case "encoding": mapping.isLatin = word(value, ["utf-8": false, "latin-1": true]) ?? false
        case "header": mapping.hasHeader = word(value, ["true": true, "false": false]) ?? true
        case "match":
            let kinds = Dictionary(uniqueKeysWithValues: PairMapping.Match.allCases.map { ($0.rawValue, $0) })
            mapping.match = word(value, kinds) ?? .rxcui
        case "columns":
            for (name, column) in value.entries {
                let name = name.text ?? ""
                if PairMapping.columnNames.contains(name) {
                    mapping.columns[name] = text(column)
                } else {
                    report(column, "`\(name)` is no column that an interaction has", help: Self.list(PairMapping.columnNames))
                }
            }
        case "severity":
            let known = Dictionary(uniqueKeysWithValues: Severity.allCases.map { ($0.rawValue, Severity?.some($0)) })
                .merging(["skip": Severity?.none]) { first, _ in first }
            for (theirs, ours) in value.entries {
                if let severity = word(ours, known) { mapping.severities[(theirs.text ?? "").lowercased()] = .some(severity) }
            }
        case "names":
            for (theirs, ours) in value.entries { mapping.names[(theirs.text ?? "").lowercased()] = text(ours) }
        case "crosswalk":
            guard let file = value["file"], let code = value["code"], let rxcui = value["rxcui"] else {
                report(value, "a crosswalk needs `file`, `code` and `rxcui`", help: "name the table and its two columns")
                return
            }
            mapping.crosswalk = .init(file: text(file), code: text(code), rxcui: text(rxcui))
        case let other:
            report(
                key, "`\(other)` is no key of a mapping",
                help: Self.list([
                    "name", "title", "version", "rank", "may-lower-because", "format", "encoding", "header", "match", "columns",
                    "severity", "names", "crosswalk",
                ]))
        }
    }

    private mutating func text(_ node: YAMLNode) -> String {
        if let text = node.text, !text.isEmpty { return text }
        report(node, "a text is needed here", help: "write it behind the colon")
        return ""
    }

    /// What stands in file names and beside rules: letters, digits and hyphens.
    private mutating func identifier(_ node: YAMLNode) -> String {
        let name = text(node)
        let isPlain = name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
        if !isPlain { report(node, "`\(name)` is no name for a source", help: "small letters, digits and hyphens") }
        return name
    }

    private mutating func word<Value>(_ node: YAMLNode, _ words: [String: Value]) -> Value? {
        let text = node.text ?? ""
        if let value = words[text] { return value }
        report(node, "`\(text)` is not one of the words for this", help: Self.list(words.keys.sorted()))
        return nil
    }

    private mutating func report(_ node: YAMLNode, _ message: String, help: String) {
        diagnostics.append(Diagnostic(code: "K201", message: message, file: source.name, range: node.range, help: [help]))
    }

    private static func list(_ words: [String]) -> String { "write one of: \(words.joined(separator: ", "))" }
}
