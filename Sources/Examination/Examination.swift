public import CDSHooks
public import Clinical
import Documents
public import Knowledge

/// Plays stories against the production reader and the answerer of the service, in this process, and judges what is said.
///
/// The same deck, rules and knowledge give the same verdicts: every story plays in the evening of the deck's own day.
public struct Examination: Sendable {
    private let answerer: Answerer
    private let knowledge: KnowledgeBase
    private let names: DeckNames

    /// - Parameter names: what `names.yaml` beside the decks says.
    public init(_ answerer: Answerer, knowledge: KnowledgeBase, names: DeckNames = DeckNames()) {
        self.answerer = answerer
        self.knowledge = knowledge
        self.names = names
    }

    /// Plays every story of a deck, in its order.
    ///
    /// - Throws: `DeckError` where a story says something that cannot be told as FHIR.
    public func play(_ deck: ExaminationDeck) throws(DeckError) -> [ExaminationResult] {
        guard let asOf = AsOf("\(deck.asOf)T18:00:00Z") else { return [] }
        var results: [ExaminationResult] = []
        for story in deck.cases {
            let answer = try answer(to: story, asOf: asOf)
            let failure = CaseJudge(story, answer, names: names).failure()
            results.append(ExaminationResult(story: story, answer: answer, failure: failure))
        }
        return results
    }

    /// The bodies with which an EHR would call about a story, by the services they are for.
    public func calls(about story: ExaminationCase, asOf: AsOf) throws(DeckError) -> [(service: String, body: [UInt8])] {
        let record = try CaseRecord(story, names: names, knowledge: knowledge, today: asOf.today)
        let call = CaseCall(record)
        var calls: [(service: String, body: [UInt8])] = []
        for service in answerer.catalogue.services where service.hook.name == story.hook {
            calls.append((service.id, try call.body(for: service)))
        }
        return calls
    }

    private func answer(to story: ExaminationCase, asOf: AsOf) throws(DeckError) -> CaseAnswer {
        var answer = CaseAnswer()
        for (service, body) in try calls(about: story, asOf: asOf) {
            answer.add(answerer.answer(service: service, body: body, asOf: asOf))
        }
        return answer
    }
}

/// How one story went.
public struct ExaminationResult: Sendable {
    public let story: ExaminationCase
    public let answer: CaseAnswer
    /// Why it failed; `nil` where it passed.
    public let failure: String?

    public var isPassed: Bool { failure == nil }
}
