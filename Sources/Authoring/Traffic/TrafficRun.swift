public import CDSHooks
import Clinical
import Documents
public import Engine
public import Knowledge

/// A card that some rules gave for a stored call.
public struct TrafficAlert: Sendable, Hashable {
    public let rule: String
    /// The category that the rule's author gave, such as `renal`.
    public let unit: String
    public let severity: Severity
    public let grade: String
    public let summary: String
    /// Names the finding among all of its call.
    public let key: String

    /// Read before signing: what is not merely there to be read.
    public let isInterruptive: Bool
}

/// What some rules say of stored calls.
public struct TrafficRun: Sendable {
    /// What came of one call.
    public struct Answer: Sendable {
        public let alerts: [TrafficAlert]
        /// How many drafts the call brings.
        public let orders: Int
        /// The status where the call was refused.
        public let refused: Int?
    }

    /// One for each call, in their order.
    public let answers: [Answer]

    /// Answers every call with the rules of an evaluator, several at a time; the order is that of the calls.
    ///
    /// - Parameter units: the category of each rule, by its id.
    public init(_ requests: [TrafficRequest], with evaluator: Evaluator, units: [String: String], width: Int) async {
        let answerer = Answerer(trying: evaluator)
        let size = max(1, (requests.count + max(1, width) - 1) / max(1, width))
        let parts = stride(from: 0, to: requests.count, by: size).map { requests[$0..<min($0 + size, requests.count)] }
        answers = await withTaskGroup(of: (Int, [Answer]).self) { group in
            for (number, part) in parts.enumerated() {
                group.addTask { (number, part.map { Self.answer($0, answerer, units) }) }
            }
            var answered = [[Answer]](repeating: [], count: parts.count)
            for await (number, part) in group { answered[number] = part }
            return answered.flatMap(\.self)
        }
    }

    private static func answer(_ request: TrafficRequest, _ answerer: Answerer, _ units: [String: String]) -> Answer {
        let hook = (try? JSONDocument(parsing: request.body))?.root["hook"]?.string
        let service = answerer.catalogue.services.first { $0.hook.name == hook }?.id ?? ""
        do throws(HookProblem) {
            let call = try answerer.request(service: service, body: request.body).completed(with: request.fetched)
            let response = answerer.answer(call, asOf: request.asOf)
            let findings = response.evaluation?.findings.filter { $0.severity > .none } ?? []
            let alerts = findings.map {
                TrafficAlert(
                    rule: $0.rule.id, unit: units[$0.rule.id] ?? "", severity: $0.severity, grade: $0.grade, summary: $0.summary, key: $0.key,
                    isInterruptive: Indicator($0) != .info)
            }
            return Answer(
                alerts: alerts, orders: answerer.snapshot(of: call, asOf: request.asOf).orders.count,
                refused: response.status == 200 ? nil : response.status)
        } catch {
            return Answer(alerts: [], orders: 0, refused: error.status)
        }
    }

    public var orders: Int { answers.reduce(0) { $0 + $1.orders } }
    public var refused: Int { answers.count { $0.refused != nil } }
    public var alerts: Int { answers.reduce(0) { $0 + $1.alerts.count } }
    public var interruptive: Int { answers.reduce(0) { $0 + $1.alerts.count(where: \.isInterruptive) } }

    /// `1 call, 3 orders, 1 call refused`
    var counts: String {
        func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
        return "\(count(answers.count, "call")), \(count(orders, "order"))" + (refused > 0 ? ", \(count(refused, "call")) refused" : "")
    }

    /// `12.3`: so many of something for each 1,000 orders, rounded half up; `-` where there are no orders.
    public func perThousandOrders(_ number: Int) -> String {
        guard orders > 0 else { return "-" }
        let tenths = (number * 20_000 + orders) / (orders * 2)
        return "\(tenths / 10).\(tenths % 10)"
    }
}
