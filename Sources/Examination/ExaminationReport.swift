import CDSHooks
import Documents

/// Scores by category, alerts and silences apart: a service that warns of everything fails the second as surely as one that says
/// nothing fails the first.
public struct ExaminationReport: Sendable {
    public let results: [ExaminationResult]

    public init(_ results: [ExaminationResult]) {
        self.results = results
    }

    public var failures: [ExaminationResult] { results.filter { !$0.isPassed } }

    /// How many stories of a kind were passed, of how many; of one category, or of all.
    public func score(_ kind: CaseExpectation.Kind, in category: String? = nil) -> (passed: Int, all: Int) {
        let chosen = results.filter { $0.story.expectation.kind == kind && (category == nil || $0.story.category == category) }
        return (chosen.count(where: \.isPassed), chosen.count)
    }

    /// Categories in the order of the decks.
    public var categories: [String] {
        var seen: Set<String> = []
        return results.map(\.story.category).filter { seen.insert($0).inserted }
    }

    /// A table for a person, and each story that failed.
    public var text: String {
        let kinds = CaseExpectation.Kind.allCases
        var lines = [Self.row("category", kinds.map(\.rawValue))]
        for category in categories { lines.append(Self.row(category, kinds.map { cell(score($0, in: category)) })) }
        lines.append(Self.row("all", kinds.map { cell(score($0)) }))
        lines.append(Self.row("share", kinds.map { share(score($0)) }))
        if !failures.isEmpty { lines.append("") }
        for result in failures { lines.append("\(result.story.id) (\(result.story.category)) \(result.story.title): \(result.failure ?? "")") }
        lines.append("")
        lines.append("\(results.count - failures.count) of \(results.count) stories passed")
        return lines.joined(separator: "\n") + "\n"
    }

    private func cell(_ score: (passed: Int, all: Int)) -> String { score.all == 0 ? "-" : "\(score.passed)/\(score.all)" }

    /// In per cent, one digit behind the point, cut and not rounded, so that 100.0 is all of them.
    private func share(_ score: (passed: Int, all: Int)) -> String {
        guard score.all > 0 else { return "-" }
        let tenths = score.passed * 1_000 / score.all
        return "\(tenths / 10).\(tenths % 10) %"
    }

    private static func row(_ name: String, _ cells: [String]) -> String {
        func padded(_ text: String, _ width: Int) -> String { String(repeating: " ", count: max(0, width - text.count)) }
        return name + padded(name, 30) + cells.map { padded($0, 14) + $0 }.joined()
    }

    /// The same as JSON, with every story.
    public var json: [UInt8] {
        func scores(_ category: String?) -> JSONValue {
            .object(
                CaseExpectation.Kind.allCases.map { kind in
                    let score = score(kind, in: category)
                    return (kind.rawValue, .object([("passed", .int(score.passed)), ("all", .int(score.all))]))
                })
        }
        return JSONValue.object([
            ("totals", scores(nil)), ("categories", .object(categories.map { ($0, scores($0)) })),
            ("stories", .array(results.map(Self.story))),
        ]).bytes(pretty: true)
    }

    private static func story(_ result: ExaminationResult) -> JSONValue {
        .fhir([
            ("id", .string(result.story.id)), ("category", .string(result.story.category)),
            ("kind", .string(result.story.expectation.kind.rawValue)), ("title", .string(result.story.title)),
            ("passed", .bool(result.isPassed)), ("failure", .optional(result.failure)),
            ("cards", .array(result.answer.cards.map { .object([("indicator", .string($0.indicator.rawValue)), ("summary", .string($0.summary))]) })),
        ])
    }
}
