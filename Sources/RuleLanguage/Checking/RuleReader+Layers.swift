import Documents
import Engine
import Knowledge

/// What a rule says to those who override it, and what overrides have put into it.
extension RuleReader {
    /// The files of overrides that were laid over it.
    var overriddenBy: [String] { session.overlays(on: file) }

    func addOrigin(_ node: RuleOrigin.Node, _ range: SourceRange) {
        let place = session.place(file, range)
        origins.append(RuleOrigin(node: node, file: place.file, range: place.range))
    }

    /// `floor: major` at a row: no site may go below it.
    func readFloor(_ node: YAMLNode?, of severity: Severity?, _ name: String) {
        guard let node, let floor: Severity = word(node, "severity", among: Severity.allCases.map({ ($0.rawValue, $0) })) else { return }
        // An override that two have approved may have put the row below.
        guard let severity, severity < floor, overriddenBy.isEmpty else { return }
        report("V113", "row `\(name)` is `\(severity.rawValue)`, which is below its own floor", at: node.range)
    }

    /// `floor: major` at the rule: it counts for every row that is as severe.
    func readFloor() -> Severity? {
        word(map.take("floor"), "severity", among: Severity.allCases.map { ($0.rawValue, $0) })
    }

    /// The conditions under which overrides mute the rule.
    func readMutes() -> [PlannedMute] {
        (map.taken("mute_when")?.elements ?? []).compactMap { node in
            guard let when = node["when"].flatMap(readCriterion) else { return nil }
            return PlannedMute(when: when, override: node["override"]?.text ?? "", because: node["because"]?.text ?? "")
        }
    }
}
