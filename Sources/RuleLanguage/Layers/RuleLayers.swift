public import Documents

/// Where rules are read from: packs, then a site's folder, then one unit of it. One direction, and no other order.
public struct RuleLayers: Sendable, Hashable {
    /// Files and folders of packs.
    public var packs: [String]
    /// A site's folder, with its overrides, sets and rules of its own.
    public var site: String?
    /// The folder below the site's `unit/` that counts, too.
    public var unit: String?

    public init(packs: [String], site: String? = nil, unit: String? = nil) {
        self.packs = packs
        self.site = site
        self.unit = unit
    }

    /// The files, read as YAML; by layer, then by name.
    ///
    /// - Throws: `SourceFileError` where a path cannot be read.
    public func read() throws(SourceFileError) -> [RuleFile] {
        var read: [RuleFile] = []
        for (path, layer) in try files() { read.append(RuleFile(try SourceFile.read(path), layer: layer)) }
        return read
    }

    /// The paths of those files, unread.
    public func files() throws(SourceFileError) -> [(path: String, layer: Layer)] {
        var files = try RuleFolder.files(at: packs).map { (path: $0, layer: Layer.pack) }
        guard let site else { return files }
        let units = Self.folder("unit", in: site)
        files += try RuleFolder.files(at: [site]).filter { !$0.hasPrefix(units + "/") }.map { ($0, .site) }
        if let unit { files += try RuleFolder.files(at: [Self.folder(unit, in: units)]).map { ($0, .unit) } }
        return files
    }

    /// The layer of a file that stands, or may yet stand, below these folders.
    public func layer(of path: String) -> Layer {
        guard let site, path.hasPrefix(Self.folder("", in: site)) else { return .pack }
        return path.hasPrefix(Self.folder("unit/", in: site)) ? .unit : .site
    }

    /// The folders in a line, for people.
    public var description: String {
        (packs + [site.map { "site \($0)" }, unit.map { "unit \($0)" }].compactMap(\.self)).joined(separator: ", ")
    }

    private static func folder(_ name: String, in path: String) -> String {
        path.hasSuffix("/") ? path + name : "\(path)/\(name)"
    }
}
