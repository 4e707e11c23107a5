import Clinical
import Documents
import Knowledge

/// A file of overrides, read: what a site or a unit changes of a pack, why, by whom and until when.
///
/// ```yaml
/// overrides: st-elsewhere
/// pack: { name: core, version: 2026.1 }
/// changes:
///   - rule: aldosterone-antagonist-raas
///     of_version: 2
///     because: Renal clinic monitors weekly
///     approved: { by: P&T Committee, date: 2026-01-06 }
///     until: 2026-12-31
///     set: { grades.monitor.severity: minor }
/// ```
struct OverrideFile {
    let file: RuleFile
    let name: String
    let changes: [OverrideChange]
    let extensions: [SetExtension]
    let cases: [SiteCase]

    /// True for a file of overrides.
    static func isOverrides(_ node: YAMLNode) -> Bool { node["overrides"] != nil && node["rule"] == nil }

    /// Reads the file; what has a mistake is left out, and said.
    init?(_ file: RuleFile, packs: [Pack], _ session: CheckSession) {
        guard let node = file.node, let map = MapReader(node, session, file: file.source.name, what: "a file of overrides") else { return nil }
        let reader = RuleReader(map, session, file: file.source.name)
        self.file = file
        let name = reader.text(map.need("overrides", why: "who overrides"), "`overrides`") ?? ""
        self.name = name
        let pack = reader.readPack(map.need("pack", why: "what is overridden: `{ name: core, version: 2026.1 }`"), among: packs)
        changes = reader.list(map.take("changes"), "changes").compactMap { reader.readChange($0, of: name, in: pack ?? "", layer: file.layer) }
        extensions = map.take("extend").map { reader.readExtensions($0, of: name, layer: file.layer) } ?? []
        cases = reader.list(map.take("tests"), "tests").compactMap(reader.readSiteCase)
        map.finish()
    }
}

extension RuleReader {
    fileprivate func list(_ node: YAMLNode?, _ what: String) -> [YAMLNode] {
        guard let node else { return [] }
        if let list = node.sequence { return list }
        report("V112", "`\(what)` must be a list", at: node.range, label: "this is \(node.shapeWords)")
        return []
    }

    /// The name of the pack, which must be one that is loaded; that it has moved on is a reason to reread, and no more.
    fileprivate func readPack(_ node: YAMLNode?, among packs: [Pack]) -> String? {
        guard let node, let entry = MapReader(node, session, file: file, what: "`pack`") else { return nil }
        let nameNode = entry.need("name", why: "which pack is overridden")
        let versionNode = entry.take("version")
        entry.finish()
        guard let nameNode, let name = text(nameNode, "`name`") else { return nil }
        guard let pack = packs.first(where: { $0.name == name }) else {
            let loaded = packs.isEmpty ? "no pack that is loaded has a `pack.yaml`" : "loaded: " + packs.map(\.words).joined(separator: ", ")
            report("V609", "the pack `\(name)` is not loaded", at: nameNode.range, help: [loaded])
            return nil
        }
        if let versionNode, let version = text(versionNode, "`version`"), version != pack.version {
            report(
                "V609", .warning, "written for `\(name)@\(version)`, and `\(pack.words)` is loaded", at: versionNode.range,
                help: ["read what has changed: `vigil effective` shows each rule as it is in force; then write \(pack.version) here"])
        }
        return name
    }

    fileprivate func readChange(_ node: YAMLNode, of name: String, in pack: String, layer: Layer) -> OverrideChange? {
        let errors = session.errorCount
        guard let map = MapReader(node, session, file: file, what: "a change") else { return nil }
        let ruleNode = map.need("rule", why: "which rule is changed")
        let versionNode = map.need("of_version", why: "the version of the rule that was read before it was overridden")
        let because = text(map.need("because", why: "why it is overridden here"), "`because`")
        let approvers = readApprovers(map.need("approved", why: "who approved it, and when"))
        let until = readUntil(map.need("until", why: "an override ends by itself unless somebody prolongs it"))
        var operations: [OverrideOperation] = []
        if let node = map.take("set"), let set = MapReader(node, session, file: file, what: "`set`") {
            operations += set.entries.map { OverrideOperation(action: .set(path: $0.key, $0.value), range: $0.keyRange) }
        }
        if let node = map.take("mute_when") { operations.append(OverrideOperation(action: .mute(when: node), range: node.range)) }
        for key in ["before", "after"] {
            for row in map.take(key)?.listOrSelf ?? [] { operations += readRowToAdd(row, isBefore: key == "before").map { [$0] } ?? [] }
        }
        if let node = map.take("retire"), yesNo(node, "`retire`") == true {
            operations.append(OverrideOperation(action: .retire(node), range: node.range))
        }
        let changedCases = list(map.take("changes_cases"), "changes_cases")
        map.finish()
        if operations.isEmpty, session.errorCount == errors {
            report("V111", "this changes nothing", at: node.range.start(of: 1), help: ["write `set`, `mute_when`, `before`, `after` or `retire`"])
        }
        guard session.errorCount == errors, let ruleNode, let rule = text(ruleNode, "`rule`"), let versionNode,
            let version = count(versionNode, "`of_version`"), let because, let until
        else { return nil }
        return OverrideChange(
            ground: OverrideGround(name: name, file: file, layer: layer, because: because, approvers: approvers, until: until), pack: pack,
            rule: rule, ruleRange: ruleNode.range, ofVersion: version, ofVersionRange: versionNode.range, operations: operations,
            changedCases: changedCases, extent: node.range)
    }

    private func readRowToAdd(_ node: YAMLNode, isBefore: Bool) -> OverrideOperation? {
        guard let map = MapReader(node, session, file: file, what: "a row to add") else { return nil }
        let grade = text(map.need("grade", why: "beside which row it goes"), "`grade`")
        let row = map.need("add", why: "the row: `{ name: …, when: …, severity: … }`")
        map.finish()
        guard let grade, let row else { return nil }
        guard row.mapping != nil else {
            report("V112", "`add` must be a row, a map of `key: value`", at: row.range, label: "this is \(row.shapeWords)")
            return nil
        }
        return OverrideOperation(action: .add(row: row, isBefore: isBefore, grade: grade), range: row.range)
    }

    /// One who approved, or a list of them.
    private func readApprovers(_ node: YAMLNode?) -> [String] {
        (node?.listOrSelf ?? []).compactMap { item in
            guard let entry = MapReader(item, session, file: file, what: "`approved`") else { return nil }
            let who = text(entry.need("by", why: "who approved it"), "`by`")
            _ = date(entry.need("date", why: "when it was approved"))
            _ = entry.take("note").flatMap { text($0, "`note`") }
            entry.finish()
            return who
        }
    }

    private func readUntil(_ node: YAMLNode?) -> (day: CivilDate, range: SourceRange)? {
        guard let node, let date = date(node) else { return nil }
        return (date, node.range)
    }

    private func date(_ node: YAMLNode?) -> CivilDate? {
        guard let node, let words = text(node, "a date") else { return nil }
        if let date = CivilDate(words) { return date }
        report("V113", "`\(words)` is not a date", at: node.range, help: ["write it as `2026-12-31`"])
        return nil
    }

    fileprivate func readExtensions(_ node: YAMLNode, of name: String, layer: Layer) -> [SetExtension] {
        guard let map = MapReader(node, session, file: file, what: "`extend`") else { return [] }
        var extensions: [SetExtension] = []
        for section in ["classes"] + CodeSetKind.allCases.map(\.section) {
            guard let node = map.take(section), let sets = MapReader(node, session, file: file, what: "`\(section)`") else { continue }
            for entry in sets.entries {
                guard let one = MapReader(entry.value, session, file: file, what: "`\(entry.key)`") else { continue }
                let add = one.need("add", why: "what is added")
                let because = text(one.need("because", why: "why it is added here"), "`because`")
                let approvers = one.take("approved").map(readApprovers) ?? []
                let until = one.take("until").flatMap(readUntil)
                one.finish()
                guard let add, let because else { continue }
                extensions.append(
                    SetExtension(
                        ground: OverrideGround(name: name, file: file, layer: layer, because: because, approvers: approvers, until: until),
                        section: section, set: entry.key, setRange: entry.keyRange, add: add))
            }
        }
        map.finish()
        return extensions
    }

    /// A case with the rule it is for; without that it is one of the rule's own.
    fileprivate func readSiteCase(_ node: YAMLNode) -> SiteCase? {
        guard let map = MapReader(node, session, file: file, what: "a case") else { return nil }
        let ruleNode = map.need("rule", why: "which rule the case is for")
        let name = text(map.need("case", why: "what the case shows"), "`case`")
        guard let ruleNode, let rule = text(ruleNode, "`rule`"), let name, let bare = node.changing([.key("rule")], { _ in nil }) else { return nil }
        return SiteCase(rule: rule, ruleRange: ruleNode.range, name: name, node: bare)
    }
}
