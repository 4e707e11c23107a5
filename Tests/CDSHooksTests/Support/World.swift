@testable import CDSHooks
import Clinical
import Documents
import Engine
import Knowledge
import Testing

/// Services whose judgement is given by the test, at a fixed instant.
enum World {
    static let edition = PublishedEdition(
        rules: "rrrr", knowledge: "kkkk", vigil: "0.1.0", knowledgeVersion: "2026.1",
        review: "Rules and knowledge are not clinically reviewed.")

    static let catalogue = ServiceCatalogue { occasion in
        occasion == .patientView
            ? DataNeeds(sections: [.patient, .conditions, .observations], observationCodes: ["17856-6", "4548-4"])
            : DataNeeds(sections: [.patient, .medications, .allergies])
    }

    static let nothing = Evaluation(findings: [], notChecked: [], rulesConsidered: 0)

    static func asOf() throws -> AsOf {
        try #require(AsOf("2026-01-15T09:30:00Z"))
    }

    /// The answer to `call`, with `evaluation` as what was decided.
    static func answer(
        _ call: JSONValue, service: String = "vigil-order-sign", evaluation: Evaluation = nothing
    ) throws -> (status: Int, body: JSONValue) {
        try answer(bytes: call.bytes, service: service) { _ in evaluation }
    }

    static func answer(
        bytes: [UInt8], service: String, evaluate: (Snapshot) -> Evaluation
    ) throws -> (status: Int, body: JSONValue) {
        let response = try respond(bytes, service, evaluate)
        return (response.status, JSONValue(try JSONDocument(parsing: response.body).root))
    }

    static func respond(_ bytes: [UInt8], _ service: String, _ evaluate: (Snapshot) -> Evaluation) throws -> HookResponse {
        try respond(bytes, service) { snapshot, _ in evaluate(snapshot) }
    }

    /// The answer where what is decided depends on the occasion too, in a client's dialect, with a memory of what was shown.
    static func respond(
        _ bytes: [UInt8], _ service: String, dialect: Dialect = .standard, memory: AlertMemory? = nil, at time: AsOf? = nil,
        fetched: [String: FetchedData] = [:], _ evaluate: (Snapshot, Occasion) -> Evaluation
    ) throws -> HookResponse {
        let asOf = try time ?? asOf()
        do {
            let request = try Answer.request(service: service, of: catalogue, body: bytes).completed(with: fetched)
            return try withoutActuallyEscaping(evaluate) { evaluate in
                try Answer.answer(
                    request, asOf: asOf, edition: edition, dialect: dialect, memory: memory.map(RepeatMemory.process) ?? .none,
                    judge: Judge(asOf: asOf, evaluateAt: { snapshot, occasion, _ in evaluate(snapshot, occasion) }, drug: drug))
            }
        } catch let problem as HookProblem {
            return HookResponse(problem)
        }
    }

    /// Drugs are told apart by their RxNorm code.
    private static func drug(_ medication: Medication) -> [Int]? {
        let codes = medication.code.codings.filter { $0.system == .rxNorm }.compactMap { Int($0.code) }
        return codes.isEmpty ? nil : codes.sorted()
    }

    /// What the service reads of the record for `call`.
    static func snapshot(_ call: JSONValue, service: String = "vigil-order-sign") throws -> Snapshot {
        var seen: Snapshot?
        _ = try answer(bytes: call.bytes, service: service) { snapshot in
            seen = snapshot
            return nothing
        }
        return try #require(seen)
    }
}

extension JSONValue {
    /// The value at `path`, with array indices as digits.
    func at(_ path: String) -> JSONValue? {
        path.split(separator: ".").reduce(self as JSONValue?) { value, step in
            Int(step).map { value?[$0] } ?? value?[String(step)]
        }
    }

    /// The paths at which there is null, or something empty.
    func hollows(_ path: String = "") -> [String] {
        switch self {
        case .null: [path]
        case .string(let text): text.isEmpty ? [path] : []
        case .array(let elements):
            elements.isEmpty ? [path] : elements.enumerated().flatMap { $1.hollows("\(path).\($0)") }
        case .object(let members):
            members.isEmpty ? [path] : members.flatMap { $1.hollows("\(path).\($0)") }
        case .bool, .number: []
        }
    }
}
