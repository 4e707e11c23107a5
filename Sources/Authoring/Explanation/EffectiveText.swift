import Clinical
public import Documents
public import RuleLanguage

/// A rule as it is in force, for people and for programs.
public struct EffectiveText: Sendable {
    private let rule: EffectiveRule
    private let packs: [Pack]

    public init(_ rule: EffectiveRule, packs: [Pack]) {
        self.rule = rule
        self.packs = packs
    }

    /// What changes it, then its lines; those of a site begin with `>`.
    public var text: String {
        let pack = packs.isEmpty ? "" : ", pack " + packs.map(\.words).joined(separator: ", ")
        var lines = ["\(rule.id) v\(rule.version), \(rule.status)\(pack): \(count(rule.overrides.count, "override"))"]
        for override in rule.overrides {
            lines.append("  \(override.name) (\(override.file)), \(override.state.rawValue), until \(override.until?.description ?? "further notice")")
            lines.append("    \(override.changes.joined(separator: "; "))")
            lines.append("    because \(override.because); approved by \(override.approvedBy.joined(separator: " and "))")
        }
        lines.append("")
        let width = min(76, rule.lines.map(\.text.count).max() ?? 0)
        for line in rule.lines {
            let padding = String(repeating: " ", count: max(0, width - line.text.count))
            var origin = "\(line.file):\(line.line)"
            if let override = line.override { origin += "  \(override.because), until \(override.until?.description ?? "")" }
            lines.append("\(line.isOverridden ? ">" : " ") \(line.text)\(padding)  # \(origin)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The same as JSON.
    public var json: JSONValue {
        .object([
            ("rule", .string(rule.id)), ("version", .string(rule.version)), ("status", .string(rule.status)), ("file", .string(rule.file)),
            ("packs", .array(packs.map { .string($0.words) })), ("overrides", .array(rule.overrides.map(json))),
            (
                "lines",
                .array(
                    rule.lines.map { line in
                        .object(
                            [("text", .string(line.text)), ("file", .string(line.file)), ("line", .int(line.line))]
                                + (line.override.map { [("override", .string($0.name)), ("because", .string($0.because)), ("until", .string($0.until?.description ?? ""))] } ?? []))
                    })
            ),
        ])
    }

    private func json(_ override: OverrideStanding) -> JSONValue {
        .object([
            ("override", .string(override.name)), ("file", .string(override.file)), ("layer", .string(override.layer.rawValue)),
            ("state", .string(override.state.rawValue)), ("changes", .array(override.changes.map(JSONValue.string))),
            ("because", .string(override.because)), ("approvedBy", .array(override.approvedBy.map(JSONValue.string))),
            ("until", .string(override.until?.description ?? "")),
        ])
    }

    private func count(_ number: Int, _ noun: String) -> String {
        "\(number == 0 ? "no" : String(number)) \(noun)\(number == 1 ? "" : "s")"
    }
}
