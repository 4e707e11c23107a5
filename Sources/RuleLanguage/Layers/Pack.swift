public import Documents

/// A pack of rules: what its `pack.yaml` says of it.
///
/// ```yaml
/// pack: core
/// version: 2026.1
/// title: Medication safety for hospitals
/// ```
public struct Pack: Sendable, Hashable {
    public let name: String
    public let version: String
    /// The file that says so.
    public let file: String
    public let range: SourceRange

    /// `core@2026.1`
    public var words: String { "\(name)@\(version)" }

    /// True for files in its folder, and below that.
    func holds(_ path: String) -> Bool { Self.folders(of: path).starts(with: folders) }

    /// The folders above the file that says so, `.` left out: `./core/pack.yaml` and `core/pack.yaml` stand in one.
    var folders: [Substring] { Self.folders(of: file) }

    private static func folders(of path: String) -> [Substring] { path.split(separator: "/").filter { $0 != "." }.dropLast() }

    /// True for a file that names a pack.
    static func isPack(_ node: YAMLNode) -> Bool {
        node["pack"]?.text != nil && node["rule"] == nil && node["overrides"] == nil
    }

    /// Reads the file; a complaint for each thing that is wrong.
    static func read(_ file: RuleFile, _ session: CheckSession) -> Pack? {
        let name = file.source.name
        guard let node = file.node, isPack(node), let map = MapReader(node, session, file: name, what: "a pack") else { return nil }
        let reader = RuleReader(map, session, file: name)
        let words = map.take("pack").flatMap { reader.text($0, "`pack`") } ?? ""
        let version = reader.text(map.need("version", why: "overrides say for which version they were written"), "`version`")
        for key in ["title", "owner", "licence", "note"] { _ = map.take(key).flatMap { reader.text($0, "`\(key)`") } }
        map.finish()
        guard let version else { return nil }
        let pack = Pack(name: words, version: version, file: name, range: node.range.start(of: 4))
        // A folder called core@2026.1 holds that, and nothing else.
        let folder = name.split(separator: "/").dropLast().last.map(String.init) ?? ""
        if folder.contains("@"), folder != pack.words {
            session.report("V609", "the folder is called `\(folder)`, and holds `\(pack.words)`", file: name, at: pack.range)
        }
        return pack
    }
}
