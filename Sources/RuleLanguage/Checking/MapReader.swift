import Documents

/// Reads a map by its keys and, at the end, speaks of those that nobody asked for.
final class MapReader {
    struct Entry {
        let key: String
        let keyRange: SourceRange
        let value: YAMLNode
    }

    let entries: [Entry]
    let range: SourceRange
    private let session: CheckSession
    private let file: String
    private var asked: [String] = []

    /// Nothing, and a complaint, where the node is no map.
    init?(_ node: YAMLNode, _ session: CheckSession, file: String, what: String) {
        guard let pairs = node.mapping else {
            session.report(
                "V112", "\(what) must be a map of `key: value`", file: file, at: node.range,
                label: "this is \(node.shapeWords)")
            return nil
        }
        entries = pairs.compactMap { pair in
            pair.key.text.map { Entry(key: $0, keyRange: pair.key.range, value: pair.value) }
        }
        range = node.range
        self.session = session
        self.file = file
    }

    /// The same map, of which nothing has been asked yet.
    func again() -> MapReader {
        MapReader(entries, range, session, file: file)
    }

    private init(_ entries: [Entry], _ range: SourceRange, _ session: CheckSession, file: String) {
        self.entries = entries
        self.range = range
        self.session = session
        self.file = file
    }

    /// The value under a key.
    func take(_ key: String) -> YAMLNode? {
        asked.append(key)
        return entries.first { $0.key == key }?.value
    }

    /// The value under a key that only an override can bring; what an author wrote there is not asked for.
    func taken(_ key: String) -> YAMLNode? {
        guard let value = entries.first(where: { $0.key == key && Overlay.holds($0.keyRange) })?.value else { return nil }
        asked.append(key)
        return value
    }

    /// The value under a key that must be there.
    func need(_ key: String, why: String, at range: SourceRange? = nil) -> YAMLNode? {
        if let value = take(key) { return value }
        session.report("V111", "`\(key)` is missing: \(why)", file: file, at: range ?? self.range.start(of: 1))
        return nil
    }

    func keyRange(_ key: String) -> SourceRange? {
        entries.first { $0.key == key }?.keyRange
    }

    /// Entries that no one asked for.
    var rest: [Entry] {
        entries.filter { !asked.contains($0.key) }
    }

    /// Reports what was not asked for.
    func finish(also others: [String] = []) {
        for entry in rest {
            let near = NearestName.find(entry.key, in: asked + others)
            session.report(
                "V110", "`\(entry.key)` is not a key that may stand here", file: file, at: entry.keyRange,
                label: near.map { "did you mean `\($0)`?" },
                help: ["keys here: " + Set(asked + others).sorted().map { "`\($0)`" }.joined(separator: ", ")])
        }
    }
}

extension SourceRange {
    /// Its first bytes, for a caret under the beginning of something long.
    func start(of length: Int) -> SourceRange {
        SourceRange(start: start, end: min(end, start + length))
    }
}
