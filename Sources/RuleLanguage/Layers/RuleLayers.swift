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
    ///
    /// A file counts once, however many paths lead to it. Where one folder lies in the other, what stands in the inner one is of
    /// its layer: a site's folder may lie in a pack's, and a pack in a site's stays a pack.
    public func files() throws(SourceFileError) -> [(path: String, layer: Layer)] {
        var seen: Set<String> = []
        func once(_ paths: [String], _ layer: Layer, isLeftOut: (_ place: String) -> Bool = { _ in false }) -> [(path: String, layer: Layer)] {
            paths.compactMap { path in
                let place = SourceFile.place(of: path)
                return !isLeftOut(place) && seen.insert(place).inserted ? (path, layer) : nil
            }
        }
        guard let site else { return once(try RuleFolder.files(at: packs), .pack) }
        let sitePlace = SourceFile.place(of: site)
        let inner = packs.map { SourceFile.place(of: $0) }.filter { $0.isBelow(sitePlace) }
        func isOfInnerPack(_ place: String) -> Bool { inner.contains { place.isBelow($0) } }
        let units = Self.folder("unit", in: site)
        var files = once(try RuleFolder.files(at: packs), .pack) { $0.isBelow(sitePlace) && !isOfInnerPack($0) }
        files += once(try RuleFolder.files(at: [site]).filter { !$0.hasPrefix(units + "/") }, .site, isLeftOut: isOfInnerPack)
        if let unit { files += once(try RuleFolder.files(at: [Self.folder(unit, in: units)]), .unit, isLeftOut: isOfInnerPack) }
        return files
    }

    /// The layer of a file that stands, or may yet stand, below these folders.
    public func layer(of path: String) -> Layer {
        guard let site, path.hasPrefix(Self.folder("", in: site)) else { return .pack }
        if packs.contains(where: { $0.hasPrefix(Self.folder("", in: site)) && path.hasPrefix(Self.folder("", in: $0)) }) { return .pack }
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

extension String {
    /// Whether a place is this folder or lies in it.
    fileprivate func isBelow(_ folder: String) -> Bool { self == folder || hasPrefix(folder + "/") }
}
