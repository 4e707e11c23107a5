import Clinical
import Documents
import Knowledge

/// Lays what a site and a unit change over the rules of a pack: trees in, the trees that are in force out.
///
/// In one order: by layer, then by file, then as written. What has a mistake is left out, and said; so is what has expired.
struct Laying {
    private(set) var files: [RuleFile]
    private(set) var overrides: [OverrideStanding] = []
    private(set) var extensions: [SetExtension] = []
    private(set) var packs: [Pack] = []
    private let today: CivilDate
    let session: CheckSession
    private(set) var placeOfRule: [String: Int] = [:]
    /// Who changed what, so that one layer does not say two things of one place.
    private var changed: [Target: [(place: [String], operation: OverrideOperation, file: String)]] = [:]

    private struct Target: Hashable {
        let layer: Layer
        let rule: String
    }

    /// - Parameter files: in the order of their names; those that were laid over before are left as they are.
    init(_ files: [RuleFile], today: CivilDate, session: CheckSession) {
        self.files = files
        self.today = today
        self.session = session
        packs = files.compactMap { Pack.read($0, session) }
        let raw = files.indices.filter { files[$0].node.map(OverrideFile.isOverrides) ?? false }
        guard !raw.isEmpty else { return }
        for (index, file) in files.enumerated() { if let id = file.ruleID, file.node.map(OverrideFile.isOverrides) == false { placeOfRule[id] = index } }
        for index in raw.sorted(by: { (files[$0].layer, $0) < (files[$1].layer, $1) }) {
            if files[index].layer == .pack {
                refuse(files[index])
            } else if let read = reading(files[index]) {
                lay(read, isLaid: files[index].isLaid)
            }
            self.files[index] = RuleFile(files[index], changedTo: files[index].node, overlays: [], isLaid: true)
        }
    }

    /// What was laid before has been read aloud then.
    private func reading(_ file: RuleFile) -> OverrideFile? {
        file.isLaid ? session.silently { OverrideFile(file, packs: packs, session) } : OverrideFile(file, packs: packs, session)
    }

    private func refuse(_ file: RuleFile) {
        guard let entry = file.node?.entry("overrides") else { return }
        session.report(
            "V610", "a pack does not override: this belongs to a site", file: file.source.name, at: entry.key.range,
            help: ["put it into a folder of the site, and name that: `--site DIR`, or `site:` in vigil.yaml"])
    }

    private mutating func lay(_ read: OverrideFile, isLaid: Bool) {
        var lapsed: Set<String> = []
        for change in read.changes where !isLaid {
            if let file = target(of: change.rule, at: change.ruleRange, above: change.ground.layer, in: read.file), isInItsPack(change, file) {
                let state = apply(change, to: file)
                if state == .expired { lapsed.insert(change.rule) }
                overrides.append(change.standing(state))
            }
        }
        for one in read.extensions {
            let isExpired = one.ground.hasEnded(by: today)
            if !isExpired, isLaid || keepsFloors(one) { extensions.append(one) }
            guard !isLaid else { continue }
            if isExpired { reportExpired("`\(one.set)`", one.ground) }
            overrides.append(one.standing(isExpired ? .expired : .inForce))
        }
        if !isLaid { layCases(read, lapsed: lapsed) }
    }

    /// The file of the rule that is changed, which stands in a layer below.
    private func target(of rule: String, at range: SourceRange, above layer: Layer, in file: RuleFile) -> Int? {
        if let index = placeOfRule[rule], files[index].layer < layer { return index }
        let below = placeOfRule.filter { files[$0.value].layer < layer }.keys
        let isOwn = placeOfRule[rule] != nil
        session.report(
            "V602", isOwn ? "`\(rule)` is a rule of this layer: change it where it stands" : "there is no rule `\(rule)` to override",
            file: file.source.name, at: range, label: isOwn ? nil : NearestName.find(rule, in: below.sorted()).map { "did you mean `\($0)`?" })
        return nil
    }

    /// The pack of a rule is that in whose folder it stands, the innermost where one holds another.
    private func pack(of file: RuleFile) -> Pack? {
        packs.filter { $0.holds(file.source.name) }.max { $0.folders.count < $1.folders.count }
    }

    /// Whether a rule is of the pack that the file of overrides names; what a site made is of none.
    private func isInItsPack(_ change: OverrideChange, _ index: Int) -> Bool {
        guard files[index].layer == .pack, !change.pack.isEmpty else { return true }
        let pack = pack(of: files[index])
        guard pack?.name != change.pack else { return true }
        session.report(
            "V609", "`\(change.rule)` is \(pack.map { "a rule of `\($0.words)`" } ?? "in no pack"), and this file overrides `\(change.pack)`",
            file: change.ground.file, at: change.ruleRange, help: ["write a file of overrides for each pack"])
        return false
    }

    // MARK: One change

    private mutating func apply(_ change: OverrideChange, to index: Int) -> OverrideStanding.State {
        guard !change.ground.hasEnded(by: today) else {
            reportExpired("`\(change.rule)`", change.ground)
            return .expired
        }
        let version = files[index].node?["version"]?.text.flatMap { Int($0) } ?? change.ofVersion
        if version != change.ofVersion { reportStale(change, version) }
        let number = overlay(change.ground.file, on: index)
        for operation in change.operations { apply(operation, of: change, to: index, number) }
        for name in change.changedCases { setAside(name, of: change, in: index, number) }
        return version > change.ofVersion ? .stale : .inForce
    }

    private mutating func apply(_ operation: OverrideOperation, of change: OverrideChange, to index: Int, _ number: Int) {
        guard let root = files[index].node else { return }
        var path: OverridePath?
        if case .set(let words, _) = operation.action {
            guard let found = resolve(words, operation, change, in: root) else { return }
            path = found
        }
        if let why = Floor(of: root).broken(by: operation.action, at: path), !change.ground.isApprovedByTwo {
            return reportBelowFloor(why, at: operation.range, in: change.ground.file)
        }
        guard path.map({ isOnlyOne(operation, at: $0.place, change) }) ?? true else { return }
        let node: YAMLNode
        switch operation.action {
        case .set(_, let value):
            guard let path else { return }
            if let current = path.current, current.says(theSameAs: value) { return reportWithoutEffect(operation, change) }
            node = path.setting(value.laid(over: number), keyRange: operation.range.laid(over: number), in: root)
        case .mute(let when):
            node = muting(root, when, change, number)
        case .retire(let value):
            node = OverridePath.status.setting(.scalar(text: "retired", style: .plain, range: value.range.laid(over: number)), keyRange: value.range, in: root)
        case .add(let row, let isBefore, let grade):
            guard let added = adding(row.laid(over: number), isBefore, grade, to: root) else {
                let rows = (root["grades"]?.elements ?? []).compactMap { $0["name"]?.text }
                return reportDeadEnd(OverridePath.DeadEnd(step: grade, before: "`grades`", known: rows), operation, change)
            }
            node = added
        }
        files[index] = RuleFile(files[index], changedTo: node)
    }

    /// Governance and tests are the pack's; a site may hold a rule back, and cannot put one into force.
    private static let untouchable: Set<String> = [
        "rule", "kind", "title", "version", "owner", "review_by", "approved", "evidence", "tests", "floor", "mute_when", "name",
    ]

    private func resolve(_ words: String, _ operation: OverrideOperation, _ change: OverrideChange, in root: YAMLNode) -> OverridePath? {
        do throws(OverridePath.DeadEnd) {
            let path = try OverridePath(words, in: root)
            var isRefused = path.field.map(Self.untouchable.contains) ?? true
            if case .set(_, let value) = operation.action, path.top == "status" { isRefused = value.text != "shadow" }
            guard isRefused else { return path }
            session.report(
                "V603", "an override cannot set `\(words)`", file: change.ground.file, at: operation.range,
                help: ["it may set texts, severities, conditions, facts and thresholds, and `status: shadow`; `retire: yes` takes a rule out"])
        } catch {
            reportDeadEnd(error, operation, change)
        }
        return nil
    }

    /// Whether more members of a set leave every floor of a pack where it is, or two have approved them.
    private func keepsFloors(_ one: SetExtension) -> Bool {
        guard !one.ground.isApprovedByTwo else { return true }
        let broken = files.lazy.filter { $0.layer == .pack }.compactMap { file in
            file.node.flatMap { Floor.broken(byMoreOf: one.set, in: $0) }.map { (rule: file.ruleID ?? "", why: $0) }
        }.first
        guard let broken else { return true }
        reportBelowFloor("`\(broken.rule)` names `\(one.set)`, and \(broken.why)", at: one.setRange, in: one.ground.file)
        return false
    }

    /// Within a layer one place is changed once, and so is what lies in it; a later layer may change it again.
    private mutating func isOnlyOne(_ operation: OverrideOperation, at place: [String], _ change: OverrideChange) -> Bool {
        let target = Target(layer: change.ground.layer, rule: change.rule)
        let first = changed[target, default: []].first { place.starts(with: $0.place) || $0.place.starts(with: place) }
        guard let first else {
            changed[target, default: []].append((place, operation, change.ground.file))
            return true
        }
        let words = place.joined(separator: "."), other = first.place.joined(separator: ".")
        session.report(
            "V607", "`\(words)` of `\(change.rule)` is set twice" + (words == other ? "" : ": `\(other)` is set, too"), file: change.ground.file,
            at: operation.range, related: [Diagnostic.Related(file: first.file, range: first.operation.range, message: "the first time")])
        return false
    }

    // MARK: Trees

    /// The number of a file among those laid over a rule.
    mutating func overlay(_ name: String, on index: Int) -> Int {
        let overlays = files[index].overlays
        if let known = overlays.firstIndex(where: { $0.name == name }) { return known + 1 }
        guard let source = session.source(name) else { return 0 }
        files[index] = RuleFile(files[index], changedTo: files[index].node, overlays: overlays + [source])
        session.overlay(source.name, on: files[index].source.name)
        return overlays.count + 1
    }

    mutating func change(_ index: Int, _ body: (YAMLNode) -> YAMLNode) {
        guard let node = files[index].node else { return }
        files[index] = RuleFile(files[index], changedTo: body(node))
    }

    private func adding(_ row: YAMLNode, _ isBefore: Bool, _ grade: String, to root: YAMLNode) -> YAMLNode? {
        guard let rows = root["grades"]?.sequence, let place = rows.firstIndex(where: { $0["name"]?.text == grade }) else { return nil }
        var all = rows
        all.insert(row, at: isBefore ? place : place + 1)
        return root.changing([.key("grades")]) { .sequence(all, range: $0.range, isFlow: $0.isFlow) }
    }

    /// A list of what mutes the rule, as only this writes it.
    private func muting(_ root: YAMLNode, _ when: YAMLNode, _ change: OverrideChange, _ number: Int) -> YAMLNode {
        let range = when.range.laid(over: number)
        func scalar(_ text: String) -> YAMLNode { .scalar(text: text, style: .plain, range: range) }
        let mute = YAMLNode.mapping(
            [
                (scalar("when"), when.laid(over: number)), (scalar("override"), scalar(change.ground.name)), (scalar("because"), scalar(change.ground.because)),
            ], range: range, isFlow: false)
        guard let known = root["mute_when"]?.sequence else { return root.adding(scalar("mute_when"), .sequence([mute], range: range, isFlow: false)) }
        return root.changing([.key("mute_when")]) { _ in .sequence(known + [mute], range: range, isFlow: false) } ?? root
    }

    // MARK: Messages

    private func reportExpired(_ what: String, _ ground: OverrideGround) {
        guard let until = ground.until else { return }
        session.report(
            "V606", .warning, "this override of \(what) ended on \(until.day): it no longer counts", file: ground.file, at: until.range,
            help: ["prolong it with a new approval, or take it away"])
    }

    private func reportBelowFloor(_ why: String, at range: SourceRange, in file: String) {
        session.report(
            "V605", "\(why): the pack has set a floor", file: file, at: range,
            help: ["below a floor an override needs two who approve it: `approved: [{ by: …, date: … }, { by: …, date: … }]`"])
    }

    private func reportStale(_ change: OverrideChange, _ version: Int) {
        session.report(
            "V601", .warning, "`\(change.rule)` is now version \(version), and this overrides version \(change.ofVersion)", file: change.ground.file,
            at: change.ofVersionRange, help: ["reread the rule (`vigil effective \(change.rule)`), then write `of_version: \(version)`"])
    }

    private func reportWithoutEffect(_ operation: OverrideOperation, _ change: OverrideChange) {
        session.report(
            "V604", .warning, "this changes nothing: the rule says the same", file: change.ground.file, at: operation.range,
            help: ["take it away; the pack may have taken it over"])
    }

    private func reportDeadEnd(_ end: OverridePath.DeadEnd, _ operation: OverrideOperation, _ change: OverrideChange) {
        session.report(
            "V603", "\(end.before) of `\(change.rule)` has no `\(end.step)`", file: change.ground.file, at: operation.range,
            label: NearestName.find(end.step, in: end.known).map { "did you mean `\($0)`?" },
            help: end.known.isEmpty ? [] : ["there is: " + end.known.map { "`\($0)`" }.joined(separator: ", ")])
    }
}
