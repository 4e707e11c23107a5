public import Clinical
public import Documents
public import Knowledge
public import RuleLanguage

/// A language server for rule files: messages of an editor in, messages to it out; no streams and no clock.
///
/// Diagnostics as `vigil check` gives them, completion of keys and of every name, hover with members and sources,
/// definitions, rename of a fact, formatting. It never fails on a message: what it does not know it answers so.
///
/// - Source: Language Server Protocol 3.17.
public struct LanguageServer {
    let knowledge: KnowledgeBase
    let compiler: RuleCompiler
    /// The open files, by URI.
    var documents: [String: Source] = [:]
    /// Files of sets that are not open, by path.
    private let namesOnDisk: [(place: String, file: RuleFile)]
    /// All files with where they stand, for those that override rules.
    let filesOnDisk: [(place: String, file: RuleFile)]
    /// Where a path leads: an editor spells it otherwise than the command line.
    let canonical: @Sendable (String) -> String
    /// True once the editor asked to end.
    public private(set) var isShutDown = false
    public private(set) var hasExited = false

    /// - Parameters:
    ///   - files: what stands in the folder of rules; files of sets are read, and where an override is open those that it changes.
    ///   - canonical: where a path leads, whatever its spelling: two paths to one file come to one.
    public init(_ files: [RuleFile], knowledge: KnowledgeBase, today: CivilDate, canonical: @escaping @Sendable (String) -> String = { $0 }) {
        self.knowledge = knowledge
        compiler = RuleCompiler(knowledge: knowledge, today: today)
        self.canonical = canonical
        filesOnDisk = files.map { (canonical($0.source.name), $0) }
        namesOnDisk = filesOnDisk.filter { $0.file.holdsNames && !$0.file.holdsOverrides }
    }

    /// The answers and notes that follow from a message, in their order.
    public mutating func handle(_ message: JSONNode) -> [JSONValue] {
        guard let method = message["method"]?.string else { return [] }
        let parameters = message["params"]
        guard let id = message["id"].map(JSONValue.init) else { return notice(method, parameters) }
        if isShutDown { return [Self.failure(id, -32600, "the server was shut down")] }
        guard let result = answer(method, parameters) else { return [Self.failure(id, -32601, "there is no method \(method)")] }
        return [.object([("jsonrpc", .string("2.0")), ("id", id), ("result", result)])]
    }

    private mutating func answer(_ method: String, _ parameters: JSONNode?) -> JSONValue? {
        switch method {
        case "initialize": return Self.capabilities
        case "shutdown":
            isShutDown = true
            return .null
        case "textDocument/completion": return place(parameters).map { completion(at: $0.offset, in: $0.source) } ?? .null
        case "textDocument/hover": return place(parameters).flatMap { hover(at: $0.offset, in: $0.source) } ?? .null
        case "textDocument/definition": return place(parameters).flatMap { definition(at: $0.offset, in: $0.source) } ?? .null
        case "textDocument/prepareRename": return place(parameters).flatMap { renamed(at: $0.offset, in: $0.source)?.range.json(in: $0.source) } ?? .null
        case "textDocument/rename":
            return place(parameters).flatMap { rename(at: $0.offset, in: $0.source, to: parameters?["newName"]?.string ?? "") } ?? .null
        case "textDocument/formatting": return document(parameters).map(formatting) ?? .null
        default: return nil
        }
    }

    private mutating func notice(_ method: String, _ parameters: JSONNode?) -> [JSONValue] {
        guard let uri = parameters?["textDocument"]?["uri"]?.string else {
            if method == "exit" { hasExited = true }
            return []
        }
        switch method {
        case "textDocument/didOpen":
            documents[uri] = Source(name: Self.path(of: uri), text: parameters?["textDocument"]?["text"]?.string ?? "")
            return published()
        case "textDocument/didChange":
            guard let text = parameters?["contentChanges"].flatMap({ Array($0.elements).last?["text"]?.string }) else { return [] }
            documents[uri] = Source(name: Self.path(of: uri), text: text)
            return published(only: holdsNames(uri) ? nil : uri)
        case "textDocument/didClose":
            documents[uri] = nil
            return [Self.note("textDocument/publishDiagnostics", [("uri", .string(uri)), ("diagnostics", .array([]))])]
        default:
            return []
        }
    }

    // MARK: Documents

    /// The files of sets: those that are open as they are now, the others as they are on disk.
    var names: [RuleFile] {
        let open = documents.values.map { RuleFile($0) }.sorted { $0.source.name < $1.source.name }
        let places = Set(open.map { canonical($0.source.name) })
        return open.filter(\.holdsNames) + namesOnDisk.filter { !places.contains($0.place) }.map(\.file)
    }

    var siteNames: SiteNames { SiteNames(names, knowledge: knowledge) }

    private func holdsNames(_ uri: String) -> Bool { documents[uri].map { RuleFile($0).holdsNames } ?? false }

    private func document(_ parameters: JSONNode?) -> Source? {
        parameters?["textDocument"]?["uri"]?.string.flatMap { documents[$0] }
    }

    private func place(_ parameters: JSONNode?) -> (source: Source, offset: Int)? {
        guard let source = document(parameters), let position = LinePosition(parameters?["position"]) else { return nil }
        return (source, position.offset(in: source))
    }

    /// `file:///a/b%20c.yaml` is `/a/b c.yaml`.
    static func path(of uri: String) -> String {
        guard uri.hasPrefix("file://") else { return uri }
        var bytes: [UInt8] = []
        var rest = Array(uri.utf8.dropFirst(7))[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    func uri(of path: String) -> String {
        let place = canonical(path)
        if let open = documents.first(where: { canonical($0.value.name) == place }) { return open.key }
        return place.hasPrefix("/") ? "file://" + place : place
    }

    // MARK: Messages

    private static let capabilities = JSONValue.object([
        ("capabilities", .object([
            ("positionEncoding", .string("utf-16")), ("textDocumentSync", .int(1)),
            ("completionProvider", .object([("triggerCharacters", .array([":", " ", "[", "{", "$", "."].map(JSONValue.string)))])),
            ("hoverProvider", .bool(true)), ("definitionProvider", .bool(true)),
            ("renameProvider", .object([("prepareProvider", .bool(true))])), ("documentFormattingProvider", .bool(true)),
        ])),
        ("serverInfo", .object([("name", .string("vigil"))])),
    ])

    static func note(_ method: String, _ parameters: [(String, JSONValue)]) -> JSONValue {
        .object([("jsonrpc", .string("2.0")), ("method", .string(method)), ("params", .object(parameters))])
    }

    private static func failure(_ id: JSONValue, _ code: Int, _ message: String) -> JSONValue {
        .object([
            ("jsonrpc", .string("2.0")), ("id", id),
            ("error", .object([("code", .int(code)), ("message", .string(message))])),
        ])
    }
}
