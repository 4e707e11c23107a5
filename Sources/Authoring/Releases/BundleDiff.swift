import Documents
public import RuleLanguage

/// What a release changes, for those who answer for it: rules that come and go, and of the others each row, threshold and word.
///
/// Rules are compared as they are in force on the day on which each bundle was published.
public struct BundleDiff: Sendable {
    public let text: String
    /// True where nothing that is evaluated differs.
    public let isEmpty: Bool

    public init(_ old: RuleBundle, _ new: RuleBundle, laid: (RuleBundle) -> [RuleFile]) {
        let (before, after) = (laid(old), laid(new))
        var lines = Self.head(old, new)
        let heading = lines.count
        let (oldRules, newRules) = (Self.byID(before), Self.byID(after))
        for id in Set(oldRules.keys).union(newRules.keys).sorted() { lines += Self.rule(id, oldRules[id], newRules[id]) }
        let (oldOthers, newOthers) = (Self.byPath(before), Self.byPath(after))
        for path in Set(oldOthers.keys).union(newOthers.keys).sorted() { lines += Self.other(path, oldOthers[path], newOthers[path]) }
        isEmpty = lines.count == heading
        if isEmpty { lines.append("no rule, set or override differs") }
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func head(_ old: RuleBundle, _ new: RuleBundle) -> [String] {
        func words(_ bundle: RuleBundle) -> String {
            let manifest = bundle.manifest
            return "\("\(bundle.id)".prefix(12))  \(manifest.packs.joined(separator: ", "))  \(manifest.ruleCount) rules, published \(manifest.published), knowledge \(manifest.knowledgeVersion)"
        }
        var lines = ["from \(words(old))", "to   \(words(new))"]
        if old.manifest.knowledge != new.manifest.knowledge { lines.append("the knowledge file is another: `vigil knowledge diff` tells what changes there") }
        return lines + [""]
    }

    private static func rule(_ id: String, _ old: YAMLNode?, _ new: YAMLNode?) -> [String] {
        switch (old, new) {
        case (let old?, nil): return ["removed  \(id): \(old["title"]?.text ?? "")"]
        case (nil, let new?): return ["added    \(id) v\(new["version"]?.text ?? ""), \(new["status"]?.text ?? ""): \(new["title"]?.text ?? "")"]
        case (let old?, let new?):
            let changes = TreeDiff.lines(old, new).filter { !$0.hasPrefix("tests.") && !$0.hasPrefix("version: ") }
            let tests = TreeDiff.lines(old, new).count { $0.hasPrefix("tests.") }
            guard !changes.isEmpty || tests > 0 || old["version"]?.text != new["version"]?.text else { return [] }
            let versions = [old, new].map { "v\($0["version"]?.text ?? "")" }
            let head = "changed  \(id) \(versions[0] == versions[1] ? versions[0] : versions.joined(separator: " → "))"
            return [head] + changes.map { "  \($0)" } + (tests > 0 ? ["  \(tests) of its tests are other ones"] : [])
        case (nil, nil): return []
        }
    }

    private static func other(_ path: String, _ old: YAMLNode?, _ new: YAMLNode?) -> [String] {
        switch (old, new) {
        case (_?, nil): return ["removed  \(path)"]
        case (nil, _?): return ["added    \(path)"]
        case (let old?, let new?):
            let changes = TreeDiff.lines(old, new)
            return changes.isEmpty ? [] : ["changed  \(path)"] + changes.map { "  \($0)" }
        case (nil, nil): return []
        }
    }

    private static func byID(_ files: [RuleFile]) -> [String: YAMLNode] {
        Dictionary(files.compactMap { file in file.ruleID.flatMap { id in file.node.map { (id, $0) } } }, uniquingKeysWith: { first, _ in first })
    }

    private static func byPath(_ files: [RuleFile]) -> [String: YAMLNode] {
        Dictionary(
            files.compactMap { file in file.ruleID == nil ? file.node.map { (file.source.name, $0) } : nil }, uniquingKeysWith: { first, _ in first })
    }
}
