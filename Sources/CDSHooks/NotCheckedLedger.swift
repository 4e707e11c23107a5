import Documents
import Engine
import Intake

/// Everything that was not checked or not used, with the reason: the ledger in the response's extension.
///
/// A prescriber need not read it; whoever runs the service or questions an answer can.
struct NotCheckedLedger {
    /// What is stated at most; one statement then says how many more there were.
    private static let limit = 200

    private let statements: [NotChecked]

    init(_ evaluation: Evaluation, notes: [IntakeNote]) {
        var seen: Set<[String]> = []
        let read = notes.map { NotChecked(what: $0.what, why: $0.why, isForPrescriber: false, about: $0.about) }
        statements = (evaluation.notChecked + read).filter { statement in
            !statement.what.isEmpty && seen.insert([statement.what, statement.why] + statement.rules).inserted
        }
    }

    /// The statements as JSON; `nil` where there are none.
    var json: JSONValue? {
        guard !statements.isEmpty else { return nil }
        let shown = statements.prefix(Self.limit).map { statement in
            JSONValue.compact([
                ("what", .string(PlainText.line(statement.what))),
                ("why", .string(statement.why.isEmpty ? "the reason is not known" : PlainText.line(statement.why))),
                ("rules", .array(statement.rules.map(JSONValue.string))),
            ])
        }
        let more = statements.count - shown.count
        let last: [JSONValue] = more > 0 ? [.object([("what", .string("\(more) more")), ("why", "the list is cut here")])] : []
        return .array(shown + last)
    }
}
