import Documents

extension TestReport {
    /// The report as JUnit XML, a suite for each rule; the form that build servers read.
    ///
    /// Times are left out, so that equal results give equal bytes.
    public func junit() -> String {
        var rules: [String] = []
        var byRule: [String: [TestResult]] = [:]
        for result in results {
            if byRule[result.rule] == nil { rules.append(result.rule) }
            byRule[result.rule, default: []].append(result)
        }
        var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
        lines.append(#"<testsuites name="vigil" tests="\#(results.count)" failures="\#(failed)" skipped="\#(skipped)">"#)
        for rule in rules { lines += Self.suite(rule, byRule[rule] ?? []) }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func suite(_ rule: String, _ results: [TestResult]) -> [String] {
        let failed = results.count(where: \.isFailed)
        var lines = [#"  <testsuite name="\#(rule.xmlEscaped)" tests="\#(results.count)" failures="\#(failed)">"#]
        for result in results {
            let attributes =
                #"name="\#(result.name.xmlEscaped)" classname="\#(rule.xmlEscaped)" "#
                + #"file="\#(result.file.xmlEscaped)" line="\#(result.line)""#
            if result.isPassed {
                lines.append("    <testcase \(attributes)/>")
            } else if case .skipped(let why) = result.verdict {
                lines.append(#"    <testcase \#(attributes)><skipped message="\#(why.xmlEscaped)"/></testcase>"#)
            } else {
                lines.append("    <testcase \(attributes)>")
                lines.append(#"      <failure message="\#(result.headline.xmlEscaped)">\#(result.text().xmlEscaped)</failure>"#)
                lines.append("    </testcase>")
            }
        }
        return lines + ["  </testsuite>"]
    }
}

extension TestResult {
    /// The first difference, in one line.
    fileprivate var headline: String {
        switch verdict {
        case .passed, .skipped: ""
        case .failed(let mismatches, _): mismatches.first.map { "\($0.field): expected \($0.expected), found \($0.found)" } ?? ""
        case .broken(let diagnostics): diagnostics.first.map { "\($0.code): \($0.message)" } ?? ""
        }
    }
}

extension String {
    /// Safe in XML text and attributes; what XML 1.0 cannot hold becomes U+FFFD.
    fileprivate var xmlEscaped: String {
        var escaped = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\t", "\n": escaped.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
