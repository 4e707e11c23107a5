extension ConditionCoverage {
    public var rowCount: Int { rules.reduce(0) { $0 + $1.rows.count(where: \.decides) } }
    public var reachedRows: Int { rules.reduce(0) { $0 + $1.rows.count { $0.decides && !$0.reachedBy.isEmpty } } }
    public var conditionCount: Int { rules.reduce(0) { $0 + $1.conditions.count } }
    public var coveredConditions: Int { rules.reduce(0) { $0 + $1.conditions.count { $0.missing == nil } } }

    /// A line for each rule, below it what no test has shown; then the sums.
    public var text: String {
        var lines: [String] = []
        let width = rules.map(\.id.count).max() ?? 0
        for rule in rules {
            let name = rule.id + String(repeating: " ", count: width - rule.id.count)
            let rows = rule.rows.filter(\.decides)
            let reached = rows.count { !$0.reachedBy.isEmpty }
            let both = rule.conditions.count { $0.missing == nil }
            lines.append("\(name)  rows \(reached)/\(rows.count)  conditions both ways \(both)/\(rule.conditions.count)  silent in \(rule.silentIn.count)")
            for row in rule.rows {
                if row.decides, row.reachedBy.isEmpty { lines.append("  \(rule.file):\(row.line): row `\(row.name)` is reached by no test") }
                for condition in row.conditions {
                    guard let missing = condition.missing else { continue }
                    lines.append("  \(rule.file):\(row.line): `\(row.name)`: \(condition.words): \(missing)")
                }
            }
        }
        lines.append("rows reached \(reachedRows) of \(rowCount), conditions both ways \(coveredConditions) of \(conditionCount)")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The same as one page that needs nothing beside it.
    public var html: String {
        var body = "<h1>What the tests of rules reach</h1>\n"
        body += "<p>Rows reached \(reachedRows) of \(rowCount), conditions both ways \(coveredConditions) of \(conditionCount).</p>\n"
        for rule in rules {
            body += "<h2 id=\"\(rule.id.htmlEscaped)\">\(rule.title.htmlEscaped) <small>\(rule.id.htmlEscaped)</small></h2>\n"
            body += "<p>\(rule.file.htmlEscaped); silent in: \(rule.silentIn.isEmpty ? "no test" : rule.silentIn.joined(separator: "; ").htmlEscaped)</p>\n"
            body += "<table><tr><th>row</th><th>reached by</th><th>condition</th><th>yes</th><th>no</th><th>unknown</th></tr>\n"
            for row in rule.rows { body += Self.rows(row) }
            body += "</table>\n"
        }
        return HTMLPage(title: "What the tests of rules reach", body: body).text
    }

    private static func rows(_ row: Row) -> String {
        let span = max(1, row.conditions.count)
        let reached = row.decides ? (row.reachedBy.isEmpty ? "no test" : row.reachedBy.joined(separator: "; ")) : ""
        let mark = row.decides && row.reachedBy.isEmpty ? " class=\"missing\"" : ""
        var text = "<tr><td rowspan=\"\(span)\">\(row.name.htmlEscaped)</td><td rowspan=\"\(span)\"\(mark)>\(reached.htmlEscaped)</td>"
        if row.conditions.isEmpty { return text + "<td colspan=\"4\"></td></tr>\n" }
        for (number, condition) in row.conditions.enumerated() {
            if number > 0 { text += "<tr>" }
            text += "<td>\(condition.words.htmlEscaped)</td>"
            text += "<td\(condition.yes == 0 ? " class=\"missing\"" : "")>\(condition.yes)</td>"
            text += "<td\(condition.no + condition.unknown == 0 ? " class=\"missing\"" : "")>\(condition.no)</td><td>\(condition.unknown)</td></tr>\n"
        }
        return text
    }
}
