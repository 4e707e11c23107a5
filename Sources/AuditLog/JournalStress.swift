import Clinical
import Digests

/// Writes to a journal as hard as it can and tells each acknowledgement, so that a test may kill it at any moment.
///
/// `scripts/kill-journal` runs it in a process of its own; whatever was told must be there afterwards.
public enum JournalStress {
    /// Appends decisions and records feedback from several tasks.
    ///
    /// - Parameters:
    ///   - count: how many decisions, spread over the tasks; every eighth is followed by feedback on its card.
    ///   - acknowledge: takes one line for what is on the disk: `decision <sequence>:<chain>` or `feedback <digest>`. It is
    ///     called by several tasks at once, and must have written the line when it returns.
    public static func run(
        path: String, count: Int, tasks: Int = 16, acknowledge: @escaping @Sendable (String) -> Void
    ) async throws {
        let journal = try Journal.open(path)
        let start = try await journal.head().sequence
        try await withThrowingTaskGroup(of: Void.self) { group in
            let tasks = max(1, tasks)
            for task in 0..<tasks {
                group.addTask {
                    for number in stride(from: task, to: count, by: tasks) {
                        try await write(start &+ number, to: journal, acknowledge: acknowledge)
                    }
                }
            }
            try await group.waitForAll()
        }
        try await journal.close()
    }

    /// The lines of `acknowledged` whose entry or feedback is not in the journal as it was told.
    ///
    /// A last line without its end was cut off by the kill, and is not counted.
    public static func missing(path: String, acknowledged: String) async throws -> [String] {
        let journal = try Journal.read(path)
        var lines = acknowledged.split(separator: "\n", omittingEmptySubsequences: false)
        lines.removeLast()
        var missing: [String] = []
        for line in lines where try await !holds(journal, line) { missing.append(String(line)) }
        return missing
    }

    private static func write(
        _ number: Int, to journal: Journal, acknowledge: @Sendable (String) -> Void
    ) async throws {
        let instant = Instant(milliseconds: 1_790_000_000_000 + Int64(clamping: number))
        let name = "stress \(number) \(SystemRandomNumberGenerator.word)"
        var decision = Decision(
            recorded: instant, asOf: AsOf(instant: instant, zone: .utc), service: "stress", hook: "order-sign",
            hookInstance: Digest(of: name).uuid, request: Digest(of: name),
            edition: DecisionEdition(rules: "stress", knowledge: "stress", vigil: "stress"), status: 200,
            latency: .microseconds(number & 1023))
        let card = Digest(of: "card \(name)").uuid
        decision.otherCards = [card]
        decision.patient = journal.pseudonyms?.patient(String(number % 100), client: nil)
        acknowledge("decision \(try await journal.append(decision))")
        guard number % 8 == 0 else { return }
        var entry = FeedbackEntry(service: "stress", card: card, outcome: .overridden)
        entry.reason = .init(code: "stress")
        for receipt in try await journal.feedback.record([entry], received: instant) {
            acknowledge("feedback \(receipt.digest)")
        }
    }

    private static func holds(_ journal: Journal, _ line: Substring) async throws -> Bool {
        let words = line.split(separator: " ")
        guard words.count == 2 else { return false }
        switch words[0] {
        case "decision":
            guard let place = ChainHead(String(words[1])) else { return false }
            return try await journal.entry(place.sequence)?.place == place
        case "feedback":
            return try await journal.feedback.isRecorded(String(words[1]))
        default:
            return false
        }
    }
}

extension SystemRandomNumberGenerator {
    fileprivate static var word: UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}
