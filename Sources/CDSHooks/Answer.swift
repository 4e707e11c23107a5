public import Clinical
import Documents
public import Engine

/// Answers calls of CDS Hooks: bytes in, bytes out, no clock, no network.
///
/// The same edition, body and instant give the same bytes. Whatever a caller can get wrong becomes a status from 400 to
/// 499 with an OperationOutcome; nothing here throws or traps.
public struct Answerer: Sendable {
    public let catalogue: ServiceCatalogue
    private let evaluator: Evaluator
    private let edition: PublishedEdition

    /// An answerer for one edition; what its services ask for follows from what the rules read.
    public init(evaluator: Evaluator, edition: PublishedEdition, hooks: [any Hook] = HookCatalog.all) {
        self.evaluator = evaluator
        self.edition = edition
        catalogue = ServiceCatalogue(hooks: hooks) { evaluator.needs(on: $0) }
    }

    /// The answer of the service `id` to `body`.
    public func answer(service id: String, body: [UInt8], asOf: AsOf) -> HookResponse {
        do throws(HookProblem) {
            return try Answer.answer(service: id, of: catalogue, body: body, asOf: asOf, edition: edition) { snapshot, hook in
                evaluator.evaluate(snapshot, on: hook.occasion, at: asOf)
            }
        } catch {
            return HookResponse(error)
        }
    }
}

/// The walk of one call, stage by stage.
enum Answer {
    static func answer(
        service id: String, of catalogue: ServiceCatalogue, body: [UInt8], asOf: AsOf, edition: PublishedEdition,
        evaluate: (Snapshot, any Hook) -> Evaluation
    ) throws(HookProblem) -> HookResponse {
        let service = try service(id, of: catalogue)
        let document = try document(body)
        let request = try HookRequest(document.root, for: service)
        let record = HookRecord(request, asOf: asOf)
        let evaluation = evaluate(record.snapshot, service.hook)
        let context = CardContext(service: service, request: request, record: record, asOf: asOf, edition: edition)
        let cards = CardWriter(context).cards(evaluation)
        let ledger = NotCheckedLedger(evaluation, notes: record.notes)
        return HookResponse(cards: cards, ledger: ledger, edition: edition, evaluation: evaluation)
    }

    private static func service(_ id: String, of catalogue: ServiceCatalogue) throws(HookProblem) -> CDSService {
        guard let service = catalogue[id] else { throw .unknownService }
        return service
    }

    private static func document(_ body: [UInt8]) throws(HookProblem) -> JSONDocument {
        do throws(JSONError) {
            return try JSONDocument(parsing: body)
        } catch {
            if case .tooLarge = error.problem { throw HookProblem(status: 413, [.init(.tooLong, error.description)]) }
            throw HookProblem(status: 400, [.init(.structure, "the body is not JSON: \(error.description)")])
        }
    }
}
