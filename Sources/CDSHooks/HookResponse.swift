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
        body = JSONValue.object([
            ("cards", .array(cards.map { $0.json(dialect) })),
            ("extension", .compact([
                ("org.vigil.not-checked", ledger.json),
                ("org.vigil.already-shown", .array(repeated.map { .string($0.source.topic.code) })),
                ("org.vigil.edition", .compact([
                    ("rules", .string(edition.rules)), ("knowledge", .string(edition.knowledge)),
                    ("vigil", .string(edition.vigil)), ("knowledgeVersion", .string(edition.knowledgeVersion)),
                ])),
            ])),
        ]).bytes
    }
}
