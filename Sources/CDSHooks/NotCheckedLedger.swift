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
        var seen: Set<Words> = []
        let read = notes.map { NotChecked(what: $0.what, why: $0.why, isForPrescriber: false, about: $0.about) }
        statements = (evaluation.notChecked + read).filter { statement in
            !statement.what.isEmpty && seen.insert(Words(what: statement.what, why: statement.why, rules: statement.rules)).inserted
        }
    }

    /// What of a statement is written.
    private struct Words: Hashable {
        let what: String
        let why: String
        let rules: [String]

        func hash(into hasher: inout Hasher) {
            hasher.combine(what)
            hasher.combine(why)
        }
    }

    /// Writes the statements as a member; nothing where there are none.
    func write(_ key: String, to members: inout JSONWriter) {
        guard !statements.isEmpty else { return }
        members.member(key) { value in
            value.array { array in
                for statement in statements.prefix(Self.limit) { write(statement, to: &array) }
                guard statements.count > Self.limit else { return }
                array.object { last in
                    last.member("what", string: "\(statements.count - Self.limit) more")
                    last.member("why", string: "the list is cut here")
                }
            }
        }
    }

    private func write(_ statement: NotChecked, to array: inout JSONWriter) {
        array.object { entry in
            entry.member("what", text: PlainText.line(statement.what))
            entry.member("why", text: statement.why.isEmpty ? "the reason is not known" : PlainText.line(statement.why))
            entry.member("rules", each: statement.rules) { $1.string($0) }
        }
    }
}
