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
        /// True where an override says whom it is about.
        let isMoved: Bool
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
            return Row(
                name: row["name"]?.text ?? "", severity: severity, floor: row["floor"]?.text.flatMap(Severity.init) ?? inherited,
                isMoved: Overlay.holds(row.range) || row["when"]?.isLaidOver ?? false)
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

    /// A row below its own floor; or one that decides before a row with a floor, for patients whom an override gave it.
    private func lowered(_ row: Int, to severity: Severity?) -> String? {
        guard row < rows.count, let severity else { return nil }
        if let floor = rows[row].floor, severity < floor { return words(row) }
        return rows[row].isMoved ? passed(before: row + 1, severity: severity) : nil
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

    /// Why more members of a set go below a floor; nothing where they only make more patients meet, or nothing names the set.
    static func broken(byMoreOf set: String, in rule: YAMLNode) -> String? {
        let floor = Floor(of: rule)
        guard let whole = floor.whole else { return nil }
        let elsewhere = (rule.mapping ?? []).contains { key, value in
            meeting.contains(key.text ?? "") ? value.exceptions.contains { $0.names(set) } : key.text != "tests" && value.names(set)
        }
        return elsewhere ? whole : nil
    }

    /// Keys under which more members of a set can only make more patients meet.
    private static let meeting: Set<String> = ["between", "allergic_to", "ordering", "among"]

    private var whole: String? {
        if let row = rows.firstIndex(where: { $0.floor != nil }) { return words(row) }
        return ofRule.map { "the rule may not go below `\($0.rawValue)`" }
    }

    private func words(_ row: Int) -> String {
        "row `\(rows[row].name)` may not go below `\(rows[row].floor?.rawValue ?? "")`"
    }
}

extension YAMLNode {
    /// True where a scalar in it is this word.
    fileprivate func names(_ word: String) -> Bool {
        switch self {
        case .scalar(let text, _, _): text == word
        case .sequence(let elements, _, _): elements.contains { $0.names(word) }
        case .mapping(let entries, _, _): entries.contains { $0.value.names(word) }
        }
    }

    /// What stands under `except` in it.
    fileprivate var exceptions: [YAMLNode] {
        switch self {
        case .scalar: []
        case .sequence(let elements, _, _): elements.flatMap(\.exceptions)
        case .mapping(let entries, _, _): entries.flatMap { $0.key.text == "except" ? [$0.value] : $0.value.exceptions }
        }
    }
}
