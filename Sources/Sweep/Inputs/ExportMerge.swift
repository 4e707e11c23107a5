import Documents

/// Puts an export of what has changed onto an earlier, whole one: what came anew takes the place of what was there under the same type
/// and id, and what was deleted goes.
///
/// Memory holds a hash of each resource that has changed.
public struct ExportMerge: Sendable {
    private let earlier: String
    private let changed: String
    private let deleted: [String]

    /// - Parameters:
    ///   - earlier: the folder of the whole export.
    ///   - changed: the folder of the later one.
    ///   - deleted: files of Bundles that name what was deleted since.
    public init(earlier: String, changed: String, deleted: [String]) {
        self.earlier = earlier
        self.changed = changed
        self.deleted = deleted
    }

    private static let marker = "merged"

    /// Writes the whole of both into a folder; where that was done, nothing.
    public func write(into folder: String) throws(SweepError) {
        let target = try WorkFolder(folder)
        guard !target.exists(Self.marker) else { return }
        for name in target.names(beginningWith: "") where name != "." && name != ".." { target.remove(name) }
        var gone: Set<UInt64> = []
        let new = try files(in: changed)
        for input in new {
            let file = try MergedFile(target.path(input.name))
            let isWhole = try forEachLine(of: input) { (line, root) throws(SweepError) in
                if let root, let key = Self.key(of: root) { gone.insert(key) }
                try file.add(line)
            }
            try file.close(isWhole: isWhole)
        }
        for path in deleted { try readDeletions(path, &gone) }
        for input in try files(in: earlier) {
            // Its type stays in front of the first dot.
            let type = input.name.split(separator: ".").first.map(String.init) ?? "Resources"
            let file = try MergedFile(target.path("\(type).before.\(input.name)"))
            let isWhole = try forEachLine(of: input) { (line, root) throws(SweepError) in
                if let root, let key = Self.key(of: root), gone.contains(key) { return }
                try file.add(line)
            }
            try file.close(isWhole: isWhole)
        }
        try target.write([], to: Self.marker)
    }

    /// An export without a file has changed nothing.
    private func files(in folder: String) throws(SweepError) -> [SweepInput] {
        let names = try WorkFolder(existing: folder).names(beginningWith: "").filter { $0.hasSuffix(".ndjson") }
        return names.isEmpty ? [] : try SweepInput.files(at: names.map { "\(folder)/\($0)" })
    }

    /// Each entry of such a Bundle is a request to delete one resource.
    ///
    /// - Source: FHIR Bulk Data Access 2.0, "Response - Complete Status", `deleted`.
    private func readDeletions(_ path: String, _ gone: inout Set<UInt64>) throws(SweepError) {
        for input in try SweepInput.files(at: [path]) {
            try forEachLine(of: input) { (_, root) throws(SweepError) in
                for entry in root?["entry"]?.elements.map({ $0 }) ?? [] {
                    guard entry["request"]?["method"]?.equals("DELETE") == true, let url = entry["request"]?["url"]?.string else { continue }
                    let parts = url.prefix { $0 != "?" }.split(separator: "/").suffix(2)
                    if parts.count == 2 { gone.insert(stableHash(parts.joined(separator: "/").utf8)) }
                }
            }
        }
    }

    /// Lines that are no JSON come too: the sweep sets them aside.
    ///
    /// - Returns: false where the file ends within a line.
    @discardableResult
    private func forEachLine(
        of input: SweepInput, _ body: (UnsafeRawBufferPointer, JSONNode?) throws(SweepError) -> Void
    ) throws(SweepError) -> Bool {
        var blocks = LineBlocks([input])
        while let block = try blocks.nextBlock() {
            try block.forEachLine { (line, _) throws(SweepError) in
                try body(line, (try? JSONDocument(parsing: Array(line), limits: JSONLimits(size: LineBlocks.lineLimit)))?.root)
            }
        }
        return blocks.damaged.isEmpty
    }

    private static func key(of root: JSONNode) -> UInt64? {
        guard let type = root["resourceType"]?.string, let id = root["id"]?.string else { return nil }
        return stableHash("\(type)/\(id)".utf8)
    }
}

/// A file of a merged export. One that ended within a line ends so again: what was lost behind it is lost still.
private final class MergedFile {
    private let file: OutputFile
    private var isEmpty = true

    init(_ path: String) throws(SweepError) { file = try OutputFile(path) }

    func add(_ line: UnsafeRawBufferPointer) throws(SweepError) {
        if !isEmpty { try file.write("\n") }
        isEmpty = false
        try file.write(line)
    }

    func close(isWhole: Bool) throws(SweepError) {
        if isWhole, !isEmpty { try file.write("\n") }
        try file.close()
    }
}
