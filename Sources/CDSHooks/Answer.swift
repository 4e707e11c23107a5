public import Clinical
public import Documents
public import Engine
public import Intake
import Knowledge

/// Answers calls of CDS Hooks: bytes in, bytes out, no clock, no network.
///
/// The same edition, body and instant give the same bytes; only where an ``AlertMemory`` is given and a call asks for it,
/// what was shown before counts too. Whatever a caller can get wrong becomes a status from 400 to 499 with an
/// OperationOutcome.
public struct Answerer: Sendable {
    public let catalogue: ServiceCatalogue
    private let evaluator: Evaluator
    private let edition: PublishedEdition
    private let memory: RepeatMemory

    /// An answerer for one edition; what its services ask for follows from what the rules read.
    ///
    /// - Parameter memory: what was shown before; without it nothing is filtered.
    public init(
        evaluator: Evaluator, edition: PublishedEdition, hooks: [any Hook] = HookCatalog.all, memory: AlertMemory? = nil
    ) {
        self.evaluator = evaluator
        self.edition = edition
        self.memory = memory.map(RepeatMemory.process) ?? .none
        catalogue = ServiceCatalogue(hooks: hooks) { evaluator.needs(on: $0) }
    }

    /// The answer of the service `id` to `body`, from what came with it.
    public func answer(service id: String, body: [UInt8], asOf: AsOf, dialect: Dialect = .standard) -> HookResponse {
        do throws(HookProblem) {
            return answer(try request(service: id, body: body), asOf: asOf, dialect: dialect)
        } catch {
            return HookResponse(error)
        }
    }

    /// The call that `body` makes of the service `id`, before anything is fetched for it.
    ///
    /// - Throws: ``HookProblem`` 404, 413 or 400.
    public func request(service id: String, body: [UInt8]) throws(HookProblem) -> HookRequest {
        try Answer.request(service: id, of: catalogue, body: body)
    }

    /// The body of the call that a record of another format makes of the service `id`; nothing where there is no such service.
    public func body(of record: ConvertedRecord, service id: String) -> [UInt8]? {
        catalogue[id].map { RecordCall(record: record, service: $0).body }
    }

    /// The answer to a call, as it came or completed by what was fetched.
    ///
    /// - Parameters:
    ///   - memory: what tells which alerts are repeated, where it is not what this answerer remembers.
    ///   - entering: told of each stage as it begins.
    public func answer(
        _ request: HookRequest, asOf: AsOf, dialect: Dialect = .standard, memory: RepeatMemory? = nil,
        entering: (AnswerStage) -> Void = { _ in }
    ) -> HookResponse {
        let judge = Judge(
            asOf: asOf, evaluateAt: { evaluator.evaluate($0, on: $1, at: $2) },
            drug: { medication in
                let ingredients = evaluator.knowledge.resolve(medication).drug?.ingredients ?? []
                return ingredients.isEmpty ? nil : ingredients.map { Int($0.index) }
            })
        do throws(HookProblem) {
            return try Answer.answer(
                request, asOf: asOf, edition: edition, dialect: dialect, memory: memory ?? self.memory, judge: judge,
                entering: entering)
        } catch {
            return HookResponse(error)
        }
    }

    /// The patient as a call tells of them, for those who ask how an answer came about.
    public func snapshot(of request: HookRequest, asOf: AsOf) -> Snapshot {
        record(of: request, asOf: asOf).snapshot
    }

    /// The patient as a call tells of them, and the resources of which that is made, as they were sent.
    public func record(of request: HookRequest, asOf: AsOf) -> (snapshot: Snapshot, resource: (ResourceReference) -> JSONNode?) {
        let record = HookRecord(request, asOf: asOf)
        return (record.snapshot, record.resource)
    }

    /// What clinicians did with cards of the service `id`.
    ///
    /// - Throws: ``HookProblem`` 404, 413 or 400; then no entry of the body counts.
    public func feedback(service id: String, body: [UInt8]) throws(HookProblem) -> [CardFeedback] {
        _ = try Answer.service(id, of: catalogue)
        return try FeedbackReader.entries(Answer.document(body).root)
    }
}

/// The walk of one call, stage by stage.
enum Answer {
    static func request(service id: String, of catalogue: ServiceCatalogue, body: [UInt8]) throws(HookProblem) -> HookRequest {
        let service = try service(id, of: catalogue)
        let document = try document(body)
        return try HookRequest(document.root, for: service)
    }

    static func answer(
        _ request: HookRequest, asOf: AsOf, edition: PublishedEdition, dialect: Dialect, memory: RepeatMemory, judge: Judge,
        entering: (AnswerStage) -> Void = { _ in }
    ) throws(HookProblem) -> HookResponse {
        let hook = request.service.hook
        entering(.read)
        try PrefetchAnswer.require(request.prefetch, for: hook.subject)
        let record = HookRecord(request, asOf: asOf)
        entering(.evaluate)
        let evaluation = judge.evaluation(of: record, for: hook)
        entering(.cards)
        let context = CardContext(request: request, record: record, asOf: asOf, edition: edition, dialect: dialect)
        let cards = CardWriter(context).cards(evaluation)
        let (new, repeated) = memory.split(cards, by: request.repeats, at: asOf.instant)
        let ledger = NotCheckedLedger(evaluation, notes: record.notes)
        return HookResponse(
            cards: new, repeated: repeated, ledger: ledger, edition: edition, evaluation: evaluation, dialect: dialect)
    }

    static func service(_ id: String, of catalogue: ServiceCatalogue) throws(HookProblem) -> CDSService {
        guard let service = catalogue[id] else { throw .unknownService }
        return service
    }

    static func document(_ body: [UInt8]) throws(HookProblem) -> JSONDocument {
        do throws(JSONError) {
            return try JSONDocument(parsing: body)
        } catch {
            if case .tooLarge = error.problem { throw HookProblem(status: 413, [.init(.tooLong, error.description)]) }
            throw HookProblem(status: 400, [.init(.structure, "the body is not JSON: \(error.description)")])
        }
    }
}
