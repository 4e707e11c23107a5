import Documents
import Knowledge

/// K103: a row's name is not the name of its code. A code typed wrong, or `Esmoprazole`.
enum NameAndCodeCheck: LintCheck {
    static func findings(in context: LintContext) -> [LintFinding] {
        context.documents.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { table, document in
            columns.flatMap { findings(in: document, table, $0, context) }
        }
    }

    /// Columns that say one thing twice, by code and by name; the kind stands in a third where there may be classes.
    private struct Columns {
        var kind: String?
        var code: String
        var name: String
    }

    private static let columns = [
        Columns(code: "ingredient_rxcui", name: "ingredient"), Columns(code: "a_rxcui", name: "a_name"),
        Columns(code: "b_rxcui", name: "b_name"), Columns(kind: "type", code: "id", name: "name"),
        Columns(kind: "a_type", code: "a_id", name: "a_name"), Columns(kind: "b_type", code: "b_id", name: "b_name"),
        Columns(kind: "target_type", code: "target_id", name: "target_name"),
    ]

    private static func findings(
        in document: CSVTable, _ table: KnowledgeTable, _ columns: Columns, _ context: LintContext
    ) -> [LintFinding] {
        guard let code = document.column(columns.code), let name = document.column(columns.name) else { return [] }
        let kind = columns.kind.flatMap { document.column($0) }
        if columns.kind != nil && kind == nil { return [] }
        let titles = Dictionary(context.tables.classes.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        var findings: [LintFinding] = []
        for row in 0..<max(0, document.rowCount) {
            let said = document.text(row, name)
            let known: String?
            switch kind.map({ document.text(row, $0) }) ?? "ingredient" {
            case "ingredient": known = document.integer(row, code).flatMap { context.nameOf[$0] }
            case "class": known = titles[document.text(row, code)]
            default: continue
            }
            guard let known, known.lowercased() != said.lowercased() else { continue }
            let right = context.codeOf[said.lowercased()].map { "the code of \(said) is \($0)" }
                ?? NearestName.find(said.lowercased(), in: context.codeOf.keys.sorted()).map { "no ingredient is called \(said); \($0) is" }
                ?? "no ingredient is called \(said)"
            findings.append(
                LintFinding(
                    code: "K103", key: "\(table.rawValue):\(document.text(row, code)):\(said)", file: document.name,
                    line: document.line(of: row), message: "\(document.text(row, code)) is \(known), and the row says \(said)",
                    mend: "correct the code or the name: \(right)"))
        }
        return findings
    }
}

/// K109: a row leans on a code that was retired. A code that products contain is not: it is a form of its base.
enum RetiredCodeCheck: LintCheck {
    static func findings(in context: LintContext) -> [LintFinding] {
        let contained = Set(context.tables.products.flatMap { context.tables.ingredientSets[$0.ingredientSet] })
        let retired = Dictionary(
            context.tables.ingredients.filter { $0.termType == .ingredient && $0.base != nil && !contained.contains($0.rxcui) }
                .map { ($0.rxcui, $0.base ?? 0) },
            uniquingKeysWith: { first, _ in first })
        guard !retired.isEmpty else { return [] }
        var findings: [LintFinding] = []
        for (table, document) in context.documents.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            for name in ["ingredient_rxcui", "a_rxcui", "b_rxcui", "id", "a_id", "b_id", "target_id"] {
                guard let column = document.column(name) else { continue }
                for row in 0..<max(0, document.rowCount) {
                    guard let code = document.integer(row, column), let now = retired[code] else { continue }
                    findings.append(
                        LintFinding(
                            code: "K109", key: "\(table.rawValue):\(code)", file: document.name, line: document.line(of: row),
                            message: "the RxNorm code \(code) of \(context.name(code)) is retired", mend: "write \(now)"))
                }
            }
        }
        return findings
    }
}

/// K110: a source that was last said to be read more than five years ago, once for each table.
enum SourceAgeCheck: LintCheck {
    private static let years = 5

    static func findings(in context: LintContext) -> [LintFinding] {
        guard context.year > 0 else { return [] }
        var findings: [LintFinding] = []
        for (table, document) in context.documents.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            guard let column = document.column("source") ?? document.column("sources") else { continue }
            var firstRow: [String: Int] = [:]
            var counts: [String: Int] = [:]
            for row in 0..<max(0, document.rowCount) {
                let source = document.text(row, column)
                counts[source, default: 0] += 1
                if firstRow[source] == nil { firstRow[source] = row }
            }
            for (source, row) in firstRow.sorted(by: { $0.value < $1.value }) {
                guard let newest = years(in: source).max(), newest + years < context.year else { continue }
                findings.append(
                    LintFinding(
                        code: "K110", key: "\(table.rawValue):\(source)", file: document.name, line: document.line(of: row),
                        message: "\(counts[source] ?? 0) rows rest on a source of \(newest): \(source)",
                        mend: "read what has replaced it, and name its year; or explain why it still holds"))
            }
        }
        return findings
    }

    /// Numbers of four digits between 1950 and 2099 that stand alone.
    static func years(in text: String) -> [Int] {
        text.split { !$0.isASCII || !$0.isNumber }.compactMap { $0.utf8.count == 4 ? Int($0) : nil }.filter { (1950...2099).contains($0) }
    }
}
