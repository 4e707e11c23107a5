import Documents
public import Engine

/// What goes back to the caller: a status and a JSON body; and what it was made of, for those who log.
public struct HookResponse: Sendable {
    public let status: Int
    public let body: [UInt8]
    /// The cards that were given; empty where there was a problem.
    public let cards: [Card]
    /// The cards that were left out, because the client asked not to see again what it was shown.
    public let repeated: [Card]
    /// What was decided; `nil` where there was a problem.
    public let evaluation: Evaluation?

    /// The answer to a call that could not be answered otherwise.
    public init(_ problem: HookProblem) {
        status = problem.status
        body = OperationOutcome.body(problem)
        cards = []
        repeated = []
        evaluation = nil
    }

    init(
        cards: [Card], repeated: [Card], ledger: NotCheckedLedger, edition: PublishedEdition, evaluation: Evaluation, dialect: Dialect
    ) {
        status = 200
        self.cards = cards
        self.repeated = repeated
        self.evaluation = evaluation
        var writer = JSONWriter(capacity: 4096 + 2048 * cards.count)
        writer.object { response in
            response.member("cards") { value in
                value.array { array in
                    for card in cards { card.write(to: &array, dialect) }
                }
            }
            response.member("extension") { value in
                value.object { members in
                    ledger.write("org.vigil.not-checked", to: &members)
                    members.member("org.vigil.already-shown", each: repeated) { $1.string($0.source.topic.code) }
                    edition.write("org.vigil.edition", to: &members)
                }
            }
        }
        body = writer.bytes
    }
}

extension PublishedEdition {
    fileprivate func write(_ key: String, to members: inout JSONWriter) {
        members.member(key) { value in
            value.object { edition in
                edition.member("rules", text: rules)
                edition.member("knowledge", text: knowledge)
                edition.member("vigil", text: vigil)
                edition.member("knowledgeVersion", text: knowledgeVersion)
            }
        }
    }
}
