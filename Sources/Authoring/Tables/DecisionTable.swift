public import Documents
import Engine
public import Knowledge
public import RuleLanguage

/// Rules as tables that a committee can read, agree to and sign: who meets, which facts, which row decides what.
public struct DecisionTable {
    private let knowledge: KnowledgeBase

    public init(knowledge: KnowledgeBase) {
        self.knowledge = knowledge
    }

    /// All rules of a set: a list first, then each.
    public func document(of rules: RuleSet, files: [RuleFile]) -> RuleDocument {
        let nodes = Dictionary(files.map { ($0.source.name, $0.node) }, uniquingKeysWith: { first, _ in first })
        let sorted = rules.rules.sorted { ($0.unit ?? "", $0.rule.heading.id) < ($1.unit ?? "", $1.rule.heading.id) }
        var document = RuleDocument(title: "Rules as decision tables")
        document.blocks.append(.paragraph("\(sorted.count) rules, edition \(rules.digest.prefix(12)), knowledge \(knowledge.version.name)."))
        document.blocks.append(
            .table(
                head: ["Rule", "Title", "Kind", "Status", "Version"],
                rows: sorted.map { [$0.rule.heading.id, $0.rule.heading.title, $0.rule.heading.kind, $0.status.rawValue, String($0.rule.heading.version)] }))
        for rule in sorted {
            if let node = nodes[rule.file] ?? nil { document.blocks += blocks(of: rule, node) }
        }
        return document
    }

    private func blocks(of rule: CheckedRule, _ node: YAMLNode) -> [RuleDocument.Block] {
        var blocks: [RuleDocument.Block] = [.heading(2, rule.rule.heading.title), .table(head: ["", ""], rows: governance(of: rule, node))]
        blocks += [.heading(3, "Who meets"), .table(head: ["Role", "Drugs or patients", "Members"], rows: whoMeets(node))]
        if let facts = node["facts"]?.entries, !facts.isEmpty {
            let rows = facts.map { [$0.key.text ?? "", $0.value.without("missing").conditionWords, $0.value["missing"]?.text ?? ""] }
            blocks += [.heading(3, "Facts"), .table(head: ["Fact", "Where it comes from", "Words where it is missing"], rows: rows)]
        }
        blocks += [.heading(3, "Decision")]
        blocks.append(node["grades"] == nil ? gap(node) : ladder(node))
        blocks += [.heading(3, "Tests"), .table(head: ["Patient", "Expected"], rows: tests(node))]
        return blocks
    }

    private func governance(of rule: CheckedRule, _ node: YAMLNode) -> [[String]] {
        let approved = [node["approved"]?["by"]?.text, node["approved"]?["date"]?.text].compactMap(\.self).joined(separator: ", ")
        let evidence = rule.rule.heading.evidence.map { [$0.cite, $0.grade.map { "(\($0))" }, $0.note].compactMap(\.self).joined(separator: " ") }
        return [
            ["Rule", "\(rule.rule.heading.id), version \(rule.rule.heading.version), \(rule.status.rawValue)"],
            ["Kind", rule.rule.heading.kind],
            ["Owner", node["owner"]?.text ?? "none"],
            ["Approved", approved.isEmpty ? "not approved" : approved],
            ["Review by", node["review_by"]?.text ?? "no date"],
            ["Evidence", evidence.isEmpty ? "none" : evidence.joined(separator: "\n")],
        ]
    }

    // MARK: Who meets

    private func whoMeets(_ node: YAMLNode) -> [[String]] {
        var rows: [[String]] = []
        for key in ["between", "allergic_to", "ordering", "taking", "among", "population", "severities"] {
            guard let value = node[key] else { continue }
            let name = String(key.map { $0 == "_" ? " " : $0 })
            if key == "between" || key == "allergic_to" || key == "taking" || (key == "ordering" && value.text == nil) {
                for role in value.entries {
                    rows.append(["\(role.key.text ?? "") (\(name))", role.value.conditionWords, members(of: role.value).joined(separator: ", ")])
                }
            } else {
                rows.append([name, value.conditionWords, members(of: value).joined(separator: ", ")])
            }
        }
        if let least = node["at_least"]?.text { rows.append(["at least", least, ""]) }
        return rows
    }

    /// The drugs of the classes that are named, wherever they stand.
    private func members(of node: YAMLNode) -> [String] {
        var names: Set<String> = []
        func collect(_ node: YAMLNode) {
            for entry in node.entries {
                if entry.key.text == "class" {
                    for item in entry.value.sequence ?? [entry.value] {
                        guard let found = item.text.flatMap({ knowledge.drugClass(named: $0) }) else { continue }
                        names.formUnion(found.members.map { knowledge.ingredient($0).name })
                    }
                } else if entry.key.text != "except" {
                    collect(entry.value)
                }
            }
            for element in node.elements { collect(element) }
        }
        collect(node)
        return names.sorted()
    }

    // MARK: Decision

    private func ladder(_ node: YAMLNode) -> RuleDocument.Block {
        let rows = (node["grades"]?.elements ?? []).enumerated().map { index, row -> [String] in
            let condition = row["when"].map(\.conditionWords) ?? "otherwise"
            let suggestions = (row["suggest"] ?? node["suggest"])?.elements.compactMap { $0["label"]?.text } ?? []
            return [
                String(index + 1), row["name"]?.text ?? "", condition, row["severity"]?.text ?? "", (row["summary"] ?? node["summary"])?.text ?? "",
                suggestions.joined(separator: "\n"),
            ]
        }
        return .table(head: ["", "Row", "When", "Severity", "Card", "Offers"], rows: rows)
    }

    private func gap(_ node: YAMLNode) -> RuleDocument.Block {
        var rows: [[String]] = []
        for key in ["population", "exclude", "done_by", "not_due_while", "grace", "due_soon"] {
            guard let value = node[key] else { continue }
            let words = value.sequence.map { $0.map(\.conditionWords).joined(separator: "\nor ") } ?? value.conditionWords
            rows.append([String(key.map { $0 == "_" ? " " : $0 }), words])
        }
        if let every = node["every"] {
            let words = every.sequence?.map { row in
                (row["interval"]?.text ?? "") + (row["when"].map { " when \($0.conditionWords)" } ?? " otherwise")
            }
            rows.append(["every", words?.joined(separator: "\n") ?? every.text ?? ""])
        }
        rows.append(["severity", node["severity"]?.text ?? ""])
        for state in node["summary"]?.entries ?? [] { rows.append(["card when \(state.key.text ?? "")", state.value.text ?? ""]) }
        return .table(head: ["", ""], rows: rows)
    }

    private func tests(_ node: YAMLNode) -> [[String]] {
        (node["tests"]?.elements ?? []).map { test in
            [test["case"]?.text ?? "", test["expect"].map { $0.text ?? $0.entries.map { "\($0.key.text ?? ""): \($0.value.conditionWords)" }.joined(separator: "\n") } ?? ""]
        }
    }
}

extension YAMLNode {
    fileprivate func without(_ key: String) -> YAMLNode {
        changing([.key(key)]) { _ in nil } ?? self
    }
}
