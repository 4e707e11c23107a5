public import CDSHooks
public import Clinical
import Documents
public import Engine
public import Intake
public import Knowledge
public import RuleLanguage

/// One loaded state of the service: rules and knowledge as they were at one moment, and everything that follows from them.
///
/// Immutable, so that a request which begins on it ends on it.
public struct Edition: Sendable {
    /// The version of this program.
    public static let program = "0.1.0"

    /// Names rules, knowledge and program, and stands in every answer; a decision can be replayed from it.
    public let id: PublishedEdition
    public let knowledge: KnowledgeBase
    /// What was noted in the rules: no errors, or there would be no edition.
    public let complaints: Complaints
    /// When it was loaded.
    public let loaded: AsOf
    /// How many rules are evaluated; drafts and retired ones are not.
    public let ruleCount: Int
    /// How many of them were written as rules; each row of a table is one of the others.
    public let writtenRuleCount: Int
    /// What a site changes of the rules, and what of that has ended.
    public let overrides: [OverrideStanding]
    /// The id of the bundle that the rules came in.
    public let bundle: String?
    private let discovery: (prefetchOnly: [UInt8], withServers: [UInt8])
    /// Rules and knowledge, ready to evaluate.
    public let evaluator: Evaluator
    private let answerer: Answerer

    /// The edition that rules and knowledge make together.
    ///
    /// - Parameter memory: what was shown before, which outlives an edition; without it no alert is held back as repeated.
    public init(
        rules: RuleSet, knowledge: KnowledgeBase, complaints: Complaints, loaded: AsOf, bundle: String? = nil,
        memory: AlertMemory? = nil
    ) {
        let version = knowledge.version
        id = PublishedEdition(
            rules: rules.digest, knowledge: version.digest, vigil: Self.program, knowledgeVersion: version.name)
        self.knowledge = knowledge
        self.complaints = complaints
        self.loaded = loaded
        ruleCount = rules.plan.rules.count
        writtenRuleCount = rules.rules.count { $0.status == .active || $0.status == .shadow }
        overrides = rules.overrides
        self.bundle = bundle
        evaluator = Evaluator(plan: rules.plan, knowledge: knowledge)
        answerer = Answerer(evaluator: evaluator, edition: id, memory: memory)
        discovery = (
            Discovery.document(of: answerer.catalogue), Discovery.document(of: answerer.catalogue, callsServers: true)
        )
    }

    /// `133 rules, 509 with those of the tables`
    public var ruleWords: String {
        let written = "\(writtenRuleCount) rule\(writtenRuleCount == 1 ? "" : "s")"
        return writtenRuleCount == ruleCount ? written : "\(written), \(ruleCount) with those of the tables,"
    }

    /// True where an override counts in it whose last day is past.
    func holdsOverrides(endedBy today: CivilDate) -> Bool {
        overrides.contains { override in override.state != .expired && override.until.map { $0 < today } ?? false }
    }

    /// The answer of a service to the body of a call; the same body, edition and instant give the same bytes.
    public func answer(service: String, body: [UInt8], asOf: AsOf) -> HookResponse {
        answerer.answer(service: service, body: body, asOf: asOf)
    }

    /// The call that a body makes of a service, before anything is fetched for it.
    ///
    /// - Throws: `HookProblem` from 400 to 499.
    func request(service: String, body: [UInt8]) throws(HookProblem) -> HookRequest {
        try answerer.request(service: service, body: body)
    }

    /// The body of the call that a record of another format makes of a service; nothing where there is no such service.
    public func body(of record: ConvertedRecord, service: String) -> [UInt8]? {
        answerer.body(of: record, service: service)
    }

    /// The answer to a call, as it came or completed by what was fetched.
    ///
    /// - Parameters:
    ///   - memory: what tells which alerts are repeated, where it is not what this service remembers.
    ///   - entering: told of each stage as it begins.
    func answer(
        _ request: HookRequest, asOf: AsOf, dialect: Dialect, memory: RepeatMemory? = nil, entering: (AnswerStage) -> Void = { _ in }
    ) -> HookResponse {
        answerer.answer(request, asOf: asOf, dialect: dialect, memory: memory, entering: entering)
    }

    /// The patient as a call tells of them, and the resources of which that is made, as they were sent.
    func record(of request: HookRequest, at asOf: AsOf) -> (snapshot: Snapshot, resource: (ResourceReference) -> JSONNode?) {
        answerer.record(of: request, asOf: asOf)
    }

    /// The body of `GET /cds-services`.
    ///
    /// - Parameter callsServers: whether what is missing is fetched from the FHIR servers of clients that allow it.
    public func discovery(callsServers: Bool) -> [UInt8] {
        callsServers ? discovery.withServers : discovery.prefetchOnly
    }

    /// What clinicians did with cards of a service.
    ///
    /// - Throws: `HookProblem` from 400 to 499; then no entry of the body counts.
    func feedback(service: String, body: [UInt8]) throws(HookProblem) -> [CardFeedback] {
        try answerer.feedback(service: service, body: body)
    }

    /// Whether a service has this id.
    public func offers(_ service: String) -> Bool {
        answerer.catalogue[service] != nil
    }

    /// The hook that a service answers; nil where there is no such service.
    public func hook(of service: String) -> String? {
        answerer.catalogue[service]?.hook.name
    }

    /// The services, in the order of discovery.
    var services: [CDSService] { answerer.catalogue.services }

    /// The ids of the services, in the order of discovery.
    public var serviceIDs: [String] { answerer.catalogue.services.map(\.id) }

    /// The ids of the services that answer a hook.
    public func services(for hook: String) -> [String] {
        answerer.catalogue.services.filter { $0.hook.name == hook }.map(\.id)
    }

    /// Rules and knowledge in a line, for logs.
    public var summary: String {
        "\(ruleWords) \(id.rules.prefix(12)), knowledge \(knowledge.version.name) \(id.knowledge.prefix(12))"
    }

    /// The knowledge in a line, for people.
    public var knowledgeSummary: String {
        """
        \(knowledge.version.name), \(knowledge.version.review): \(knowledge.ingredientCount) ingredients, \
        \(knowledge.interactionPairCount) interaction pairs
        """
    }
}
