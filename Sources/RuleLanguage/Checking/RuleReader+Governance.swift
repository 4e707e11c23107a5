import Clinical
import Documents
import Engine

/// Who answers for a rule, and in what state it is.
struct Governance {
    let id: String
    let kind: (any RuleKind.Type)?
    let title: String
    let version: Int
    let status: RuleStatus
    let evidence: [Evidence]
    let approvedBy: String
    let category: String?
    let hooks: [Occasion]?
}

/// Where a rule is in its life.
public enum RuleStatus: String, Sendable, Hashable, CaseIterable {
    /// Being written: tested, never loaded by a service.
    case draft
    /// Evaluated and logged, never shown.
    case shadow
    case active
    /// Kept for the record only.
    case retired
}

extension RuleReader {
    func readGovernance() -> Governance? {
        guard let idNode = map.need("rule", why: "every rule has an id"), let id = text(idNode, "`rule`") else { return nil }
        if id.isEmpty || !id.utf8.allSatisfy({ $0 == 45 || (48...57).contains($0) || (97...122).contains($0) }) {
            report(
                "V113", "`\(id)` cannot be the id of a rule", at: idNode.range,
                help: ["use small letters, digits and hyphens, as in `warfarin-nsaid`"])
        } else {
            checkFileName(id, at: idNode.range)
        }
        let kindNode = map.need("kind", why: "it says who meets: " + RuleKindCatalog.all.map { "`\($0.name)`" }.joined(separator: ", "))
        let kind = word(kindNode, "kind of rule", among: RuleKindCatalog.all.map { ($0.name, $0) })
        let title = text(map.need("title", why: "a line that a pharmacist knows the rule by"), "`title`") ?? id
        let version = count(map.need("version", why: "a number that rises with each change"), "`version`") ?? 1
        let status =
            word(map.need("status", why: "`draft`, `shadow`, `active` or `retired`"), "status",
                among: RuleStatus.allCases.map { ($0.rawValue, $0) }) ?? .draft
        let evidence = readEvidence(isActive: status == .active)
        let approvedBy = readApproval(isActive: status == .active, version: version)
        return Governance(
            id: id, kind: kind, title: title, version: version, status: status, evidence: evidence, approvedBy: approvedBy,
            category: text(map.take("category"), "`category`"), hooks: readHooks(kind))
    }

    private func checkFileName(_ id: String, at range: SourceRange) {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        guard name.hasSuffix(".yaml") || name.hasSuffix(".yml"), !name.hasPrefix("\(id).") else { return }
        report("V114", .warning, "the rule is called `\(id)`, its file `\(name)`", at: range, help: ["call the file `\(id).yaml`"])
    }

    /// Hooks narrow those of the kind: an order rule has nothing to look at when a chart is opened.
    private func readHooks(_ kind: (any RuleKind.Type)?) -> [Occasion]? {
        guard let node = map.take("hooks") else { return nil }
        let known = kind?.occasions ?? [.orderSelect, .orderSign, .patientView]
        if node.listOrSelf.isEmpty { report("V111", "`hooks` is empty: the rule would never be asked", at: node.range) }
        return node.listOrSelf.compactMap { word($0, "hook", among: known.map { ($0.rawValue, $0) }) }
    }

    private func readEvidence(isActive: Bool) -> [Evidence] {
        guard let node = map.take("evidence") else {
            if isActive {
                report(
                    "V502", "an active rule names its `evidence`", at: map.range.start(of: 1),
                    help: ["write it as `evidence: [{ cite: the source, so that a reader finds it }]`"])
            }
            return []
        }
        return node.listOrSelf.compactMap { item in
            guard let entry = MapReader(item, session, file: file, what: "an entry of `evidence`") else { return nil }
            let cite = text(entry.need("cite", why: "the source, so that a reader finds it"), "`cite`")
            let grade = text(entry.take("grade"), "`grade`")
            let note = text(entry.take("note"), "`note`")
            _ = entry.take("strength").flatMap { text($0, "`strength`") }
            _ = entry.take("url").flatMap { text($0, "`url`") }
            entry.finish()
            return cite.map { Evidence(cite: $0, grade: grade, note: note) }
        }
    }

    /// Owner, review date and approval, which an active rule must have.
    private func readApproval(isActive: Bool, version: Int) -> String {
        let owner = map.take("owner")
        _ = text(owner, "`owner`")
        let review = map.take("review_by")
        if let review, let words = text(review, "`review_by`") {
            if let date = CivilDate(words) {
                if date < session.today {
                    report(
                        "V501", .warning, "the review of this rule was due on \(date)", at: review.range,
                        help: ["it keeps firing: reread it, and set a new `review_by`"])
                }
            } else {
                report("V113", "`\(words)` is not a date", at: review.range, help: ["write it as `2027-06-30`"])
            }
        }
        let approved = map.take("approved")
        let governance = [
            (owner, "owner", "who answers for it"), (review, "review_by", "2027-06-30"), (approved, "approved", "{ by: who approved it, date: 2026-01-15 }"),
        ]
        for (node, key, example) in governance where node == nil && isActive {
            report("V502", "an active rule needs `\(key)`", at: map.range.start(of: 1), help: ["write it as `\(key): \(example)`"])
        }
        guard let approved, let entry = MapReader(approved, session, file: file, what: "`approved`") else { return "" }
        let who = text(entry.need("by", why: "who approved this version"), "`by`") ?? ""
        if let date = entry.need("date", why: "when it was approved"), let words = text(date, "`date`"), CivilDate(words) == nil {
            report("V113", "`\(words)` is not a date", at: date.range, help: ["write it as `2026-01-15`"])
        }
        if let node = entry.take("version"), let approvedVersion = count(node, "`version`"), approvedVersion != version {
            report(
                "V503", "version \(approvedVersion) was approved, and this is version \(version)", at: node.range,
                help: ["have version \(version) approved, and write who did it and when"])
        }
        _ = entry.take("note").flatMap { text($0, "`note`") }
        entry.finish()
        return who
    }
}
