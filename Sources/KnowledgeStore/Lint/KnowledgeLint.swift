import Documents

/// Reads tables the way a suspicious pharmacist would.
///
/// Building refuses what cannot be; lint finds what can be and is probably wrong.
public enum KnowledgeLint {
    /// Every check over a folder of tables, published lists and a built file.
    ///
    /// - Parameters:
    ///   - lists: tables of published pairs (list, item, a, b, severity …), to be compared with ours; `docs/knowledge.md` tells the columns.
    ///   - file: a knowledge file, for what was imported into it; `nil` for the tables alone.
    ///   - year: the year against which the age of sources counts; that of the tables' version if nil.
    public static func run(
        tables directory: String, lists: [String] = [], file: String? = nil, year: Int? = nil
    ) throws(KnowledgeStoreError) -> LintReport {
        let context = try LintContext(directory, year: year)
        var findings = checks.flatMap { $0.findings(in: context) }
        for list in lists { findings += try PublishedList(list).findings(in: context) }
        if let file { findings += try ImportedFileCheck.findings(in: file, context) }
        return explain(findings.sorted { ($0.code, $0.file, $0.line, $0.key) < ($1.code, $1.file, $1.line, $1.key) }, directory)
    }

    private static var checks: [any LintCheck.Type] {
        [
            OutsiderCheck.self, MissingMemberCheck.self, NameAndCodeCheck.self, SymmetryCheck.self, AlternativeCheck.self,
            RuleSeverityCheck.self, PublicSeverityCheck.self, ListSeverityCheck.self, RetiredCodeCheck.self, SourceAgeCheck.self,
            LostPairCheck.self, DominantRuleCheck.self, UnspokenFormCheck.self,
        ]
    }

    /// Sets apart what `lint-explained.csv` (key, reason) explains; an explanation of nothing is itself a finding.
    private static func explain(_ findings: [LintFinding], _ directory: String) -> LintReport {
        let path = "\(directory)/lint-explained.csv"
        var reasons: [String: (reason: String, line: Int)] = [:]
        var diagnostics: [Diagnostic] = []
        if let bytes = try? SourceFile.bytes(of: path) {
            let table = CSVTable(name: path, bytes: bytes, diagnostics: &diagnostics)
            if let key = table.column("key"), let reason = table.column("reason") {
                for row in 0..<max(0, table.rowCount) { reasons[table.text(row, key)] = (table.text(row, reason), table.line(of: row)) }
            }
        }
        var open: [LintFinding] = []
        var explained: [(finding: LintFinding, reason: String)] = []
        for finding in findings {
            if let found = reasons[finding.key], !found.reason.isEmpty {
                explained.append((finding, found.reason))
            } else {
                open.append(finding)
            }
        }
        let keys = Set(findings.map(\.key))
        for (key, entry) in reasons.sorted(by: { $0.value.line < $1.value.line }) where !keys.contains(key) {
            open.append(
                LintFinding(
                    code: "K190", key: key, file: path, line: entry.line, message: "this explains `\(key)`, which is no finding any more",
                    mend: "remove the row"))
        }
        return LintReport(open: open, explained: explained)
    }
}

/// One kind of suspicion.
protocol LintCheck {
    static func findings(in context: LintContext) -> [LintFinding]
}

extension CSVTable {
    /// The line of a data row, counted from 1.
    func line(of row: Int) -> Int {
        guard let start = range(row, 0)?.start else { return 0 }
        return 1 + bytes[..<min(start, bytes.count)].count { $0 == UInt8(ascii: "\n") }
    }
}
