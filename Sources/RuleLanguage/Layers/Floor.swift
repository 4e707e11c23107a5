import Documents
import Engine
import Knowledge

/// What a pack does not let a site soften: rows that may not go below a severity.
///
/// `floor: major` at a row, or at the rule for every row that is as severe. Words may be changed freely, and what makes a card more
/// severe; whatever could take a patient away from such a row goes below its floor.
struct Floor {
    struct Row {
        let name: String
        let severity: Severity?
        let floor: Severity?
    }

    let rows: [Row]
    /// The floor of the rule as a whole, for kinds that have no rows.
    let ofRule: Severity?

    init(of rule: YAMLNode) {
        let ofRule = rule["floor"]?.text.flatMap(Severity.init)
        self.ofRule = ofRule
        rows = (rule["grades"]?.elements ?? []).map { row in
            let severity = row["severity"]?.text.flatMap(Severity.init)
            let inherited = ofRule.flatMap { floor in severity.flatMap { $0 >= floor ? floor : nil } }
            return Row(name: row["name"]?.text ?? "", severity: severity, floor: row["floor"]?.text.flatMap(Severity.init) ?? inherited)
        }
    }

    /// Keys that are only words, or that other checks look after.
    private static let words: Set<String> = [
        "summary", "detail", "consequence", "mechanism", "management", "suggest", "override_reasons", "category", "if_unknown",
    ]

    /// Why a change goes below a floor; nothing where it does not.
    func broken(by action: OverrideOperation.Action, at path: OverridePath?) -> String? {
        guard ofRule != nil || rows.contains(where: { $0.floor != nil }) else { return nil }
        switch action {
        case .set(_, let value):
            guard let path, let field = path.field, !Self.words.contains(field) else { return nil }
            guard let row = path.row else { return path.top == "grades" ? whole : rowsOf(field, value) }
            if field == "severity" { return lowered(row, to: value.text.flatMap(Severity.init)) }
            return row < rows.count && rows[row].floor != nil ? words(row) : passed(before: row + 1, severity: rows[row].severity)
        case .mute, .retire:
            return whole
        case .add(let row, let isBefore, let grade):
            let place = (rows.firstIndex { $0.name == grade } ?? 0) + (isBefore ? 0 : 1)
            return passed(before: place, severity: row["severity"]?.text.flatMap(Severity.init))
        }
    }

    private func lowered(_ row: Int, to severity: Severity?) -> String? {
        guard row < rows.count, let floor = rows[row].floor, let severity, severity < floor else { return nil }
        return words(row)
    }

    /// A severity at the top of a rule without rows; anything else there decides who meets or what is known.
    private func rowsOf(_ field: String, _ value: YAMLNode) -> String? {
        guard field == "severity", let floor = ofRule, let severity = value.text.flatMap(Severity.init) else { return whole }
        return severity < floor ? whole : nil
    }

    /// A row that decides before one with a floor, and is milder than that.
    private func passed(before place: Int, severity: Severity?) -> String? {
        let after = rows.indices.first { index in
            guard index >= place, let floor = rows[index].floor else { return false }
            return severity.map { $0 < floor } ?? true
        }
        return after.map(words)
    }

    private var whole: String? {
        if let row = rows.firstIndex(where: { $0.floor != nil }) { return words(row) }
        return ofRule.map { "the rule may not go below `\($0.rawValue)`" }
    }

    private func words(_ row: Int) -> String {
        "row `\(rows[row].name)` may not go below `\(rows[row].floor?.rawValue ?? "")`"
    }
}
