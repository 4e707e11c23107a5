import Documents
import Knowledge

/// A published list of pairs as somebody digitised it, compared with itself and with our tables.
///
/// Columns: `a` and `b` (names), and where they are there `item` (its number on the paper), `severity`, `a_class` and `b_class`
/// (the class a name was expanded from), `alternatives` (names divided by `|`).
struct PublishedList {
    private let document: CSVTable

    init(_ path: String) throws(KnowledgeStoreError) {
        let bytes: [UInt8]
        do { bytes = try SourceFile.bytes(of: path) } catch { throw .file(path: path, problem: .unreadable(error.message)) }
        var diagnostics: [Diagnostic] = []
        document = CSVTable(name: path, bytes: bytes, diagnostics: &diagnostics)
        for name in ["a", "b"] where document.column(name) == nil {
            diagnostics.append(Diagnostic(code: "V802", message: "the column `\(name)` is missing", file: path))
        }
        if !diagnostics.isEmpty { throw .tables(diagnostics, sources: [path: Source(name: path, bytes: bytes)]) }
    }

    func findings(in context: LintContext) -> [LintFinding] {
        let rows = (0..<max(0, document.rowCount)).map { row in
            Row(
                number: row, a: cell(row, "a"), b: cell(row, "b"), item: Int(cell(row, "item")), severity: cell(row, "severity"),
                aClass: cell(row, "a_class"), bClass: cell(row, "b_class"),
                alternatives: cell(row, "alternatives").split(separator: "|").map(String.init))
        }
        return repeats(rows) + dominance(rows) + gaps(rows) + unknownNames(rows, context) + lost(rows, context)
            + alternatives(rows) + outsiders(rows, context)
    }

    private struct Row {
        var number: Int
        var a: String
        var b: String
        var item: Int?
        var severity: String
        var aClass: String
        var bClass: String
        var alternatives: [String]

        var pair: [String] { [a.lowercased(), b.lowercased()].sorted() }
    }

    private func cell(_ row: Int, _ column: String) -> String { document.column(column).map { document.text(row, $0) } ?? "" }

    private func finding(_ code: String, _ key: String, _ row: Int, _ message: String, _ mend: String) -> LintFinding {
        let name = document.name.split(separator: "/").last.map(String.init) ?? document.name
        return LintFinding(code: code, key: "\(name):\(key)", file: document.name, line: document.line(of: row), message: message, mend: mend)
    }

    /// K201: rows that tell one pair several times, or in its two directions differently.
    private func repeats(_ rows: [Row]) -> [LintFinding] {
        let groups = Dictionary(grouping: rows, by: \.pair).values.sorted { $0[0].number < $1[0].number }
        var findings: [LintFinding] = []
        if groups.count < rows.count, let first = groups.first(where: { $0.count > 1 }) {
            findings.append(
                finding(
                    "K201", "repeats", first[1].number, "\(rows.count) rows are \(groups.count) distinct pairs",
                    "count pairs, not rows, before saying how much is covered"))
        }
        for group in groups where Set(group.map(\.severity)).count > 1 {
            findings.append(
                finding(
                    "K202", group[0].pair.joined(separator: "|"), group[1].number,
                    "\(group[0].a) and \(group[0].b) are \(Set(group.map(\.severity)).sorted().joined(separator: " and "))",
                    "keep the one that its source says; never the average"))
        }
        return findings
    }

    /// K203: one item is most of the list.
    private func dominance(_ rows: [Row]) -> [LintFinding] {
        var pairsOfItem: [Int: Set<[String]>] = [:]
        var all: Set<[String]> = []
        for row in rows {
            guard let item = row.item else { continue }
            if all.insert(row.pair).inserted { pairsOfItem[item, default: []].insert(row.pair) }
        }
        guard pairsOfItem.count > 2,
            let (item, pairs) = pairsOfItem.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }), pairs.count * 2 > all.count
        else { return [] }
        let row = rows.first { $0.item == item }?.number ?? 0
        return [
            finding(
                "K203", "item \(item)", row,
                "item \(item) makes \(pairs.count) of the \(all.count) pairs; as equals they drown the other \(pairsOfItem.count - 1) items",
                "weigh by item, and answer it with a rule that looks at the patient")
        ]
    }

    /// K204: numbers of the published list that are not here.
    private func gaps(_ rows: [Row]) -> [LintFinding] {
        let items = Set(rows.compactMap(\.item))
        guard let last = items.max(), last < 10_000 else { return [] }
        let missing = (1...max(1, last)).filter { !items.contains($0) }
        guard !missing.isEmpty else { return [] }
        let names = missing.map(String.init).joined(separator: ", ")
        return [
            finding(
                "K204", "items \(names)", 0, "items \(names) of the list are not here: \(items.count) of \(last) were kept",
                "look them up in the publication, and map what was dropped")
        ]
    }

    /// K205: names that lead to no ingredient, each once.
    private func unknownNames(_ rows: [Row], _ context: LintContext) -> [LintFinding] {
        var seen: Set<String> = []
        var findings: [LintFinding] = []
        let names = context.base.names(of: .drug)
        for row in rows {
            for name in [row.a, row.b] where seen.insert(name.lowercased()).inserted {
                if context.base.ingredient(named: name) != nil { continue }
                let nearest = NearestName.find(name.lowercased(), in: names).map { "is `\($0)` meant?" }
                findings.append(
                    finding(
                        "K205", name, row.number,
                        name.isEmpty ? "a name is missing" : "no ingredient is called \(name): its pairs are lost",
                        nearest ?? "give it a code, or say that it is left out"))
            }
        }
        return findings
    }

    /// K206: pairs of the list that our tables do not have.
    private func lost(_ rows: [Row], _ context: LintContext) -> [LintFinding] {
        var seen: Set<[String]> = []
        return rows.compactMap { row in
            guard seen.insert(row.pair).inserted, let a = context.base.ingredient(named: row.a), let b = context.base.ingredient(named: row.b),
                a != b, context.base.interaction(a, b) == nil
            else { return nil }
            return finding(
                "K206", row.pair.joined(separator: "|"), row.number, "\(row.a) and \(row.b) are on the list, and our tables know no interaction",
                "write a rule for them, or say why the list is not followed")
        }
    }

    /// K207: an alternative that the list itself warns of with the same partner, as badly.
    private func alternatives(_ rows: [Row]) -> [LintFinding] {
        var severities: [[String]: Set<String>] = [:]
        for row in rows { severities[row.pair, default: []].insert(row.severity.lowercased()) }
        var findings: [LintFinding] = []
        for row in rows {
            for alternative in row.alternatives {
                for partner in [row.a, row.b] {
                    let pair = [alternative.lowercased(), partner.lowercased()].sorted()
                    guard alternative.lowercased() != partner.lowercased(),
                        severities[pair]?.contains(row.severity.lowercased()) == true
                    else { continue }
                    findings.append(
                        finding(
                            "K207", "\(row.pair.joined(separator: "|")):\(alternative.lowercased())", row.number,
                            "\(row.a) and \(row.b): \(alternative) is recommended, and with \(partner) it is \(row.severity) as well",
                            "recommend what does not interact"))
                }
            }
        }
        return findings
    }

    /// K208: a name that was expanded from a class to which it does not belong, and a class without a member that it has.
    private func outsiders(_ rows: [Row], _ context: LintContext) -> [LintFinding] {
        var expanded: [String: [Int: Row]] = [:]
        for row in rows {
            for (name, title) in [(row.a, row.aClass), (row.b, row.bClass)] where !title.isEmpty {
                guard let code = context.codeOf[name.lowercased()] else { continue }
                if expanded[title.lowercased()]?[code] == nil { expanded[title.lowercased(), default: [:]][code] = row }
            }
        }
        let titles = Dictionary(context.tables.classes.map { ($0.id, $0.name.lowercased()) }, uniquingKeysWith: { first, _ in first })
        var findings: [LintFinding] = []
        for (title, members) in expanded.sorted(by: { $0.key < $1.key }) {
            // A class of ours or of the FDA that has the same title, or `salicylate` for `salicylates`.
            let known = context.members.filter { id, _ in
                titles[id].map { $0 == title || $0 + "s" == title || $0 == title + "s" } ?? false
            }
            guard !known.isEmpty else { continue }
            let right = known.values.reduce(into: Set<Int>()) { $0.formUnion($1) }
            for (code, row) in members.sorted(by: { $0.key < $1.key }) where !right.contains(code) {
                findings.append(
                    finding(
                        "K208", "\(title):\(code)", row.number, "\(context.name(code)) is listed as one of the \(title), and is none",
                        "remove its pairs"))
            }
            for code in right.sorted() where members[code] == nil {
                findings.append(
                    finding(
                        "K209", "\(title):\(code)", members.values.map(\.number).min() ?? 0,
                        "the \(title) of the list lack \(context.name(code))", "add its pairs, or say why it is left out"))
            }
        }
        return findings
    }
}
