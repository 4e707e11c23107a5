public import Documents

extension TestReport {
    /// The report for a terminal: a block for each failure, then `82 passed, 0 failed`.
    ///
    /// - Parameter sources: the rule files by name, for the lines that messages show.
    public func text(sources: [String: Source] = [:]) -> String {
        var text = ""
        for failure in failures { text += failure.text(sources: sources) + "\n" }
        return text + closingLine + "\n"
    }

    /// `82 passed, 0 failed`; says so where there was nothing to run, and how many were skipped.
    public var closingLine: String {
        if results.isEmpty { return "no tests" }
        return "\(passed) passed, \(failed) failed" + (skipped > 0 ? ", \(skipped) skipped" : "")
    }
}

extension TestResult {
    /// One failure: rule, case and place; then what was expected against what was found.
    public func text(sources: [String: Source] = [:]) -> String {
        var lines = ["FAIL \(rule): \(name)", "  --> \(file):\(line):\(column)"]
        switch verdict {
        case .passed: return "ok \(rule): \(name)\n"
        case .skipped(let why): return "skipped \(rule): \(name) (\(why))\n"
        case .broken(let diagnostics):
            let rendered = DiagnosticRenderer(format: .text).render(diagnostics, sources: sources)
            lines += rendered.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  \($0)" }
            while lines.last == "" { lines.removeLast() }
        case .failed(let mismatches, let ledger):
            let width = mismatches.map(\.field.count).max() ?? 0
            for mismatch in mismatches { lines += mismatch.lines(fieldWidth: width) }
            lines += ledger.map { "   = ledger: \($0)" }
            lines += helpWithOverrides
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension TestResult {
    /// A case of a pack that an override makes untrue must be answered or named: V608.
    fileprivate var helpWithOverrides: [String] {
        guard !overriddenBy.isEmpty else { return [] }
        let code = "V608"
        return [
            "   = help[\(code)]: \(overriddenBy.joined(separator: ", ")) changes this rule of the pack. Is this what is meant?",
            "     Then answer with a case of the same name under `tests:` there, or name it under `changes_cases:` of the change",
        ]
    }
}

extension Mismatch {
    fileprivate func lines(fieldWidth: Int) -> [String] {
        let field = self.field + String(repeating: " ", count: max(0, fieldWidth - self.field.count))
        let blank = String(repeating: " ", count: field.count)
        return ["   \(field)  expected  \(expected)", "   \(blank)  found     \(found)"]
    }
}
