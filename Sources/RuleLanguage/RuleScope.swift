public import Documents

/// Some files of rules, and what must be read beside them: a file of a pack speaks of conditions, sets and rules of its neighbours.
///
/// What is read is the whole pack around each path, or what is named as its rules; what is spoken of is at the paths alone.
public struct RuleScope: Sendable {
    /// All that is read.
    public let layers: RuleLayers
    private let paths: [String]
    /// The places that are spoken of; nothing where that is all that is read.
    private let places: [String]?

    /// - Parameters:
    ///   - paths: files and folders that are spoken of.
    ///   - rules: what is read beside them; where there are none, the folder of the nearest `pack.yaml` above each path.
    public init(_ paths: [String], rules: [String] = [], site: String? = nil, unit: String? = nil) {
        var read: [String] = []
        for path in rules.isEmpty ? paths.map({ Self.pack(around: $0) ?? $0 }) : rules + paths where !read.contains(path) { read.append(path) }
        self.paths = paths
        layers = RuleLayers(packs: read, site: site, unit: unit)
        // What a site says is spoken of wherever it stands.
        places = read == paths ? nil : (paths + [site].compactMap(\.self)).map { SourceFile.place(of: $0) }
    }

    /// True where nothing is read beside what is spoken of.
    public var isWhole: Bool { places == nil }

    /// The files, read as YAML; none where there are none at the paths.
    ///
    /// - Throws: `SourceFileError` where a path cannot be read.
    public func read() throws(SourceFileError) -> [RuleFile] {
        if !isWhole, try RuleFolder.files(at: paths).isEmpty { return [] }
        return try layers.read()
    }

    /// True for a file that is spoken of.
    public func contains(_ file: String) -> Bool {
        guard let places else { return true }
        let place = SourceFile.place(of: file)
        return places.contains { place == $0 || place.hasPrefix($0 + "/") }
    }

    /// The folder of the nearest `pack.yaml` at a path or above it; nothing where there is none.
    public static func pack(around path: String) -> String? {
        var folder = path
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        while true {
            if let source = try? SourceFile.read(folder == "/" ? "/pack.yaml" : "\(folder)/pack.yaml"), RuleFile(source).node.map(Pack.isPack) == true {
                return folder
            }
            guard let above = parent(of: folder) else { return nil }
            folder = above
        }
    }

    /// As it was spelled for as long as that tells it, so that messages name files as their reader does.
    private static func parent(of folder: String) -> String? {
        let last = folder.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        if last == "." || last == ".." {
            let place = SourceFile.place(of: folder)
            return place == folder ? nil : place.hasPrefix("/") ? parent(of: place) : nil
        }
        guard let slash = folder.lastIndex(of: "/") else { return folder.isEmpty ? nil : "." }
        guard slash > folder.startIndex else { return folder == "/" ? nil : "/" }
        return String(folder[..<slash])
    }
}

extension RuleSet {
    /// The same rules in the same plan; its list has those alone that a scope speaks of, and so have their tests.
    public func narrowed(to scope: RuleScope) -> RuleSet {
        guard !scope.isWhole else { return self }
        return RuleSet(
            plan: plan, digest: digest, rules: rules.filter { scope.contains($0.file) }, overrides: overrides, packs: packs, files: files, sources: sources)
    }
}
