public import Clinical
public import Documents
import Engine
public import Knowledge
public import Replay
public import RuleLanguage

/// A case that a rule's tests lack: a value at, or just beside, one of its thresholds.
public struct ProposedCase: Sendable {
    public let name: String
    /// The day on which the test takes place whose patient this is, where it named one.
    public let today: CivilDate?
    public let given: YAMLNode
    /// What the rule says of it now; for the author to confirm or to be surprised by.
    public let expect: YAMLNode
    /// True where a test gives the same already.
    public let isCovered: Bool

    fileprivate var covered: ProposedCase { ProposedCase(name: name, today: today, given: given, expect: expect, isCovered: true) }

    /// The case as it would stand in the file.
    public var lines: [String] {
        ["- case: \(YAMLNode.blockScalar(name))"] + (today.map { ["  today: \($0)"] } ?? [])
            + ["  given: \(given.flowText)", "  expect: \(expect.flowText)"]
    }
}

/// Proposes cases around every threshold of a rule: just below, at, just above, missing, in a wrong unit.
///
/// Each begins with the patient of an existing test in which the threshold was asked, so that nothing else decides.
public struct BoundaryFinder {
    private let file: RuleFile
    private let rule: CheckedRule
    private let evaluator: Evaluator
    private let runner: RuleTestRunner

    /// - Returns: nothing where the rule does not check or stands alone by no means.
    public init?(_ file: RuleFile, names: [RuleFile], knowledge: KnowledgeBase, today: CivilDate) {
        let set = RuleCompiler(knowledge: knowledge, today: today).compile(names + [file], includingDrafts: true).ruleSet
        guard let set, let rule = set.rules.first else { return nil }
        self.file = file
        self.rule = rule
        evaluator = Evaluator(plan: set.plan, knowledge: knowledge)
        runner = RuleTestRunner(knowledge: knowledge)
    }

    /// The cases, in the order of the thresholds.
    public func proposals() -> [ProposedCase] {
        guard let node = file.node else { return [] }
        var taken = Set(rule.tests.compactMap { $0.given.map { $0.flowText } })
        return Boundary.all(in: node).flatMap { boundary in
            telling(boundary).compactMap { proposal in
                taken.insert(proposal.given.flowText).inserted ? proposal : proposal.covered
            }
        }
    }

    /// The cases of the first patient on whom the threshold tells: of the first at all where it tells on none.
    private func telling(_ boundary: Boundary) -> [ProposedCase] {
        var first: [ProposedCase]?
        for base in bases(for: boundary) {
            let cases = variants(of: boundary, base: base).compactMap { name, given in
                expectation(for: given, like: base).map { ProposedCase(name: name, today: base.today, given: given, expect: $0, isCovered: false) }
            }
            if Set(cases.map(\.expect.flowText)).count > 1 { return cases }
            first = first ?? cases
        }
        return first ?? []
    }

    /// The tests whose patient comes as far as this threshold with a known value.
    private func bases(for boundary: Boundary) -> [RuleTest] {
        rule.tests.filter { test in
            guard holds(boundary.input, test.given) else { return false }
            switch boundary.input {
            case .date, .stopped: return true
            case .lab, .key: break
            }
            guard case .success(let prepared) = runner.prepare(test, of: rule.rule),
                let trace = evaluator.trace(rule: test.rule, of: prepared.snapshot, at: prepared.asOf)
            else { return false }
            return trace.meetings.contains { meeting in
                meeting.rows.contains { $0.condition?.tests.contains { $0.fact == boundary.fact && !$0.truth.isUnknown } ?? false }
            }
        }
    }

    private func holds(_ input: Boundary.Input, _ given: YAMLNode?) -> Bool {
        switch input {
        case .key(let key): given?[key] != nil
        case .lab(let lab): given?["labs"]?.elements.contains { $0.text?.hasPrefix(lab + " ") ?? false } ?? false
        case .date, .stopped: given?.moving(input, to: "2000-01-01") != nil
        }
    }

    private func variants(of boundary: Boundary, base: RuleTest) -> [(name: String, given: YAMLNode)] {
        guard let given = base.given else { return [] }
        let days = boundary.days(before: base.today ?? RuleTestRunner.standardToday)
        let moved = days.compactMap { place, day in
            given.moving(boundary.input, to: day).map { ("\(boundary.fact) \(place) \(boundary.limit)", $0) }
        }
        if !moved.isEmpty { return moved }
        var variants = boundary.values.compactMap { place, value -> (String, YAMLNode)? in
            changed(given, boundary.input, to: value).map { ("\(boundary.fact) \(place) \(boundary.limit)" + (place == "exactly" ? "" : " (\(value))"), $0) }
        }
        if let missing = changed(given, boundary.input, to: nil) { variants.append(("\(boundary.fact) missing", missing)) }
        if let wrong = boundary.wrongUnit, let given = changed(given, boundary.input, to: wrong) {
            variants.append(("\(boundary.fact) in a unit that does not fit (\(wrong))", given))
        }
        return variants
    }

    /// The same patient with another value; without it where there is none.
    private func changed(_ given: YAMLNode, _ input: Boundary.Input, to value: String?) -> YAMLNode? {
        switch input {
        case .key(let key):
            return given.changing([.key(key)]) { node in value.map(node.saying) }
        case .lab(let lab):
            guard let labs = given["labs"]?.elements,
                let index = labs.firstIndex(where: { $0.text?.hasPrefix(lab + " ") ?? false })
            else { return nil }
            return given.changing([.key("labs"), .index(index)]) { node in
                guard let value else { return nil }
                let date = node.text?.split(separator: " ").last.map(String.init).flatMap { PartialDate($0) == nil || $0.utf8.count < 4 ? nil : $0 }
                return node.saying([lab, value, date].compactMap(\.self).joined(separator: " "))
            }
        case .date, .stopped:
            return value.flatMap { given.moving(input, to: $0) }
        }
    }

    /// What the rule says of such a patient, as a test would expect it.
    private func expectation(for given: YAMLNode, like base: RuleTest) -> YAMLNode? {
        let test = RuleTest(
            rule: base.rule, name: base.name, file: base.file, range: base.range, today: base.today, given: given,
            expect: given.saying("no card"))
        guard case .success(let prepared) = runner.prepare(test, of: rule.rule) else { return nil }
        return ExpectationWriter.expectation(of: prepared.outcome(with: evaluator), at: given)
    }
}

/// Writes what a rule said as a test would expect it.
public enum ExpectationWriter {
    /// - Parameter place: any value of the file; places of what is written anew mean nothing.
    public static func expectation(of outcome: Outcome, at place: YAMLNode) -> YAMLNode {
        guard let card = outcome.cards.first else {
            return place.saying(outcome.silenced.isEmpty && !outcome.notChecked.isEmpty ? "not checked" : "no card")
        }
        var entries: [YAMLNode.Entry] = []
        func add(_ key: String, _ value: YAMLNode) { entries.append((place.saying(key), value)) }
        if let gap = card.gap {
            add("state", place.saying(gap.kind.rawValue))
            if let due = gap.due { add("due", place.saying("\(due)")) }
        } else {
            add("grade", place.saying(card.grade))
        }
        add("severity", place.saying(card.severity.rawValue))
        if outcome.cards.count > 1 { add("cards", place.saying(String(outcome.cards.count))) }
        let unknown = Array(Set(card.unknown.map(\.name))).sorted()
        if !unknown.isEmpty { add("unknown", .sequence(unknown.map(place.saying), range: place.range, isFlow: true)) }
        return .mapping(entries, range: place.range, isFlow: true)
    }
}

extension RuleFile {
    /// The bytes of the file with cases added at the end of its tests.
    public func adding(_ cases: [ProposedCase]) -> [UInt8] {
        let first = node?["tests"]?.elements.first.map { source.lineText(source.position(of: $0.range.start).line) }
        let indent = first.map { String($0.prefix { $0 == " " }) } ?? "  "
        let lines = cases.flatMap(\.lines).map { "\(indent)\($0)\n" }.joined()
        guard let tests = node?.entry("tests") else {
            let end = source.bytes.last == 0x0A ? "" : "\n"
            return source.bytes + Array((end + "\ntests:\n" + lines).utf8)
        }
        // After the last line of the list, whatever follows it.
        var end = tests.value.range.end
        while end > 0, source.bytes[end - 1] == 0x0A || source.bytes[end - 1] == 0x20 { end -= 1 }
        while end < source.bytes.count, source.bytes[end] != 0x0A { end += 1 }
        let missingBreak = end == source.bytes.count
        let at = missingBreak ? end : end + 1
        return source.applying([TextEdit(SourceRange(start: at, end: at), (missingBreak ? "\n" : "") + lines)])
    }
}
