public import CDSHooks
public import Clinical
public import Documents

/// A call as it went over the wire, and the instant at which it is answered.
public struct StoredCall: Sendable {
    public let name: String
    public let service: String
    public let asOf: AsOf
    public let body: JSONValue

    /// - Parameter line: JSON with `scenario`, `service`, `asOf` and `call`, as `scripts/deletions` writes it; `nil` for anything else.
    public init?(_ line: [UInt8]) {
        guard let stored = (try? JSONDocument(parsing: line)).map({ JSONValue($0.root) }), let name = stored["scenario"]?.string,
            let service = stored["service"]?.string, let asOf = stored["asOf"]?.string.flatMap({ AsOf($0) }), let body = stored["call"]
        else { return nil }
        self.name = name
        self.service = service
        self.asOf = asOf
        self.body = body
    }
}

/// Whether an input can be withheld unnoticed: with any one taken out, a call that got an alert gets it again, or is told by name what
/// was not checked.
public struct DeletionCheck {
    private let answerer: Answerer
    /// How many calls were made with something taken out.
    public private(set) var asked = 0

    public init(_ answerer: Answerer) {
        self.answerer = answerer
    }

    private struct Shown {
        /// The highest indicator of each rule, from 1 for info.
        var tiers: [String: Int] = [:]
        /// The same by what met, whichever rule says it, and what met by rule.
        var tiersOfMeetings: [Set<Substring>: Int] = [:]
        var meetings: [String: Set<Substring>] = [:]
        var statements: Set<Statement> = []
    }

    private struct Statement: Hashable {
        let what: String
        let why: String
        let rules: [String]
    }

    /// What was withheld without a word, one line each.
    public mutating func silences(of call: StoredCall) -> [String] {
        guard let whole = shown(answerer.answer(service: call.service, body: call.body.bytes, asOf: call.asOf)) else {
            return ["\(call.name): the whole call is refused"]
        }
        guard !whole.tiers.isEmpty else { return [] }
        var silences: [String] = []
        for deletion in Deletion.all(of: call.body) {
            asked += 1
            // A call that cannot be read is refused, and that is said too.
            guard let rest = shown(answerer.answer(service: call.service, body: deletion.call.bytes, asOf: call.asOf)) else { continue }
            let new = rest.statements.subtracting(whole.statements)
            for (rule, tier) in whole.tiers.sorted(by: { $0.key < $1.key }) where rest.tiers[rule] ?? 0 < tier {
                // Another rule may speak of the same drugs instead, no more mildly.
                if let meeting = whole.meetings[rule], rest.tiersOfMeetings[meeting] ?? 0 >= tier { continue }
                guard !new.contains(where: { $0.rules.isEmpty || $0.rules.contains(rule) }) else { continue }
                silences.append("\(call.name): \(rule) is silent without \(deletion.what)")
            }
        }
        return silences
    }

    /// Nothing where the call was refused.
    private func shown(_ response: HookResponse) -> Shown? {
        guard response.status == 200, let body = (try? JSONDocument(parsing: response.body)).map({ JSONValue($0.root) }) else { return nil }
        var shown = Shown()
        for card in body["cards"]?.elements ?? [] {
            guard let rule = card["extension"]?["org.vigil.rule"]?["id"]?.string else { continue }
            let tier = ["info", "warning", "critical"].firstIndex { card["indicator"]?.string == $0 } ?? 0
            shown.tiers[rule] = max(shown.tiers[rule] ?? 0, tier + 1)
            guard let meeting = meeting(of: card) else { continue }
            shown.tiersOfMeetings[meeting] = max(shown.tiersOfMeetings[meeting] ?? 0, tier + 1)
            // A rule with several cards is asked for by its name alone.
            shown.meetings[rule] = shown.meetings.keys.contains(rule) ? [] : meeting
        }
        for entry in body["extension"]?["org.vigil.not-checked"]?.elements ?? [] {
            shown.statements.insert(
                Statement(
                    what: entry["what"]?.string ?? "", why: entry["why"]?.string ?? "",
                    rules: (entry["rules"]?.elements ?? []).compactMap(\.string)))
        }
        return shown
    }

    /// The ingredients of two or more roles in the key of a card, such as `rule;drug_a=11289;drug_b=6932`.
    private func meeting(of card: JSONValue) -> Set<Substring>? {
        let roles = card["extension"]?["org.vigil.rule"]?["key"]?.string?.split(separator: ";").dropFirst() ?? []
        let drugs = Set(roles.compactMap { $0.split(separator: "=").last })
        return drugs.count > 1 ? drugs : nil
    }
}
