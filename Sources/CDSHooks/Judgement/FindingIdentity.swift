import Clinical
import Engine
import Knowledge

/// What makes two findings the same advice: rule, outcome, and who takes part, in whatever order.
struct FindingIdentity: Hashable {
    let meeting: FindingMeeting
    let grade: String
    let severity: Severity

    init(_ finding: Finding) {
        meeting = FindingMeeting(finding)
        grade = finding.grade
        severity = finding.severity
    }
}

/// A rule and those who take part in it; a finding with more to say about the same meeting replaces one with less.
struct FindingMeeting: Hashable {
    let rule: String
    let parts: [String]

    init(_ finding: Finding) {
        rule = finding.rule.id
        parts = finding.participants.isEmpty
            ? [finding.key]
            : Set(finding.participants.map { $0.rxcui.map(String.init) ?? $0.reference?.description ?? $0.name }).sorted()
                + (finding.rule.kind == DrugPatientTableKind.name ? [finding.grade] : [])
    }
}

extension Evaluation {
    /// One evaluation of several: of each meeting the most serious finding, of equal statements one.
    init(joining evaluations: [Evaluation]) {
        guard evaluations.count != 1 else {
            self = evaluations[0]
            return
        }
        var findings: [Finding] = [], places: [FindingMeeting: Int] = [:]
        for finding in evaluations.flatMap(\.findings) {
            let meeting = FindingMeeting(finding)
            if let place = places[meeting] {
                if findings[place].severity < finding.severity { findings[place] = finding }
            } else {
                places[meeting] = findings.count
                findings.append(finding)
            }
        }
        self.init(
            findings: findings, notChecked: NotChecked.joined(evaluations.flatMap(\.notChecked)),
            rulesConsidered: evaluations.map(\.rulesConsidered).max() ?? 0, silenced: evaluations.flatMap(\.silenced).unique)
    }
}

extension NotChecked {
    /// Each statement once, with the rules of all, for the prescriber where one of them was.
    static func joined(_ statements: [NotChecked]) -> [NotChecked] {
        var joined: [NotChecked] = [], places: [[String]: Int] = [:]
        for statement in statements {
            let words = [statement.what, statement.why, statement.about?.description ?? ""]
            guard let place = places[words] else {
                places[words] = joined.count
                joined.append(statement)
                continue
            }
            let known = joined[place]
            joined[place] = NotChecked(
                what: known.what, why: known.why, rules: Set(known.rules + statement.rules).sorted(),
                isForPrescriber: known.isForPrescriber || statement.isForPrescriber, about: known.about)
        }
        return joined
    }

    /// The same for those who run the service only.
    var forOperators: NotChecked {
        NotChecked(what: what, why: why, rules: rules, isForPrescriber: false, about: about)
    }
}
