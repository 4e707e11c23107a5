import Clinical
import Documents
import Engine
import Knowledge

/// Reads one rule file: the map of a rule in, a checked rule out, with a complaint for each thing that is wrong.
///
/// A class, since names met on the way (roles, facts) are remembered while the rest is read. Its sides stand in files of
/// their own: who meets, facts, conditions, card, care gap, governance.
final class RuleReader {
    let session: CheckSession
    /// The file that is read; another while a condition of a file of sets or of a table is.
    var file: String
    let map: MapReader

    /// Names of roles, in order; `among` for the kinds that have but one.
    var roles: [String] = []
    var allergenRole: RoleID?
    /// What fills each role, where drugs are named; and how many of them it takes in a group.
    var roleSelectors: [DrugSelector?] = []
    var roleRanges: [SourceRange] = []
    var groupMinimum: Int?
    var facts: [PlannedFact] = []
    var factIDs: [String: FactID] = [:]
    /// How many facts stand within each, itself included.
    var factDepths: [Int] = []
    /// Where each fact was defined, for messages and for the rule's origins.
    var factRanges: [SourceRange] = []
    /// The written definitions of named facts, read when first used so that their order does not matter.
    var pendingFacts: [String: (node: YAMLNode, keyRange: SourceRange)] = [:]
    var factsBeingRead: [String] = []
    /// Facts whose own mistake has been told: what uses them is not told again.
    var brokenFacts: Set<String> = []
    var conditionsBeingRead: [String] = []
    /// Where the rule names the condition that is being read.
    var conditionUse: SourceRange?
    var needs = DataNeeds(sections: [.patient])
    var origins: [RuleOrigin] = []
    /// True while the words of a row that shows no card are read.
    var isSilentRow = false
    /// True where what meets comes from a table, whose words a card may quote.
    var quotesTable = false
    /// The row of a table whose words fill the card.
    var tableRow: DrugPatientWarning?
    /// The rule's heading, once governance is read.
    var heading: RuleHeading?
    /// Whether its cards are shown.
    var isShown = true
    /// The rows of a rule over a table, read with the table.
    var tableGrades: [PlannedGrade] = []
    /// Facts for which a row says that it may be unknown.
    var acceptedUnknown: Set<String> = []

    init(_ map: MapReader, _ session: CheckSession, file: String) {
        self.map = map
        self.session = session
        self.file = file
    }

    /// The rule, or nothing where what was found wrong leaves no rule.
    func read() -> CheckedRule? {
        let errors = session.errorCount
        guard let governance = readGovernance() else {
            map.finish(also: Self.keys)
            return nil
        }
        guard let kindType = governance.kind else { return nil }
        if kindType == DrugPatientTableKind.self || kindType == DuplicateTableKind.self { return readPatientTable(governance) }
        if kindType != MeasureKind.self, let node = map.take("facts") { collectFacts(node) }
        heading = RuleHeading(
            id: governance.id, version: governance.version, title: governance.title, kind: kindType.name,
            evidence: governance.evidence, approvedBy: governance.approvedBy, category: governance.category)
        isShown = governance.status == .active || session.showsEveryRule
        let kind = readKind(kindType)
        let grades = kindType == CareGapKind.self || kindType == MeasureKind.self ? [] : readLadder(kindType)
        let floor = readFloor()
        let mutes = readMutes()
        readPendingFacts()
        let tests = readTests(rule: governance.id)
        map.finish(also: Self.keys)
        if kind == nil, session.errorCount == errors {
            // A rule must never be left out without a word.
            report("V111", "the rule does not say who meets", at: map.keyRange("kind") ?? map.range.start(of: 1))
        }
        guard let kind, session.errorCount == errors else { return nil }
        let rule = PlannedRule(
            heading: RuleHeading(
                id: governance.id, version: governance.version, title: governance.title, kind: kindType.name,
                evidence: governance.evidence, approvedBy: governance.approvedBy, category: governance.category),
            occasions: Set(governance.hooks ?? kindType.occasions), isShown: governance.status == .active || session.showsEveryRule, kind: kind,
            roleNames: roles, facts: facts, grades: grades, needs: needs, mutes: mutes)
        lint(rule)
        claimPair(rule)
        if let floor, let table = rule.kind as? InteractionTableKind, session.layer(of: file) == .pack {
            session.pairFloors.append(PairFloor(rule: governance.id, severities: table.severities, floor: floor))
        }
        return CheckedRule(
            rule: rule, status: governance.status, file: file, range: map.range, origins: origins, tests: tests,
            unit: governance.category, overriddenBy: overriddenBy)
    }

    /// Keys that some kind of rule knows, for "did you mean".
    static let keys: [String] = Vocabulary.rule.map(\.name) + ["severity"] + RuleKindCatalog.all.flatMap { $0.keys.map(\.name) }

    func report(
        _ code: String, _ message: String, at range: SourceRange, label: String? = nil, help: [String] = []
    ) {
        report(code, .error, message, at: range, label: label, help: help)
    }

    func report(
        _ code: String, _ severity: Diagnostic.Severity, _ message: String, at range: SourceRange, label: String? = nil,
        help: [String] = [], related: [Diagnostic.Related] = []
    ) {
        session.report(code, severity, message, file: file, at: range, label: label, help: help, related: related)
    }

    // MARK: Small things that stand everywhere

    /// The text of a scalar; a complaint where there is something else.
    func text(_ node: YAMLNode?, _ what: String) -> String? {
        guard let node else { return nil }
        guard let text = node.text else {
            report("V112", "\(what) must be a text", at: node.range, label: "this is \(node.shapeWords)")
            return nil
        }
        return text
    }

    func span(_ node: YAMLNode?, _ what: String) -> TimeSpan? {
        guard let node, let words = text(node, what) else { return nil }
        guard let span = TimeSpan(words), span.amount >= 0 else {
            report("V113", "`\(words)` is not a length of time", at: node.range, help: ["write `90 d`, `12 months` or `2 y`"])
            return nil
        }
        return span
    }

    /// A span that moves a due date: dates are known by the day.
    func calendarSpan(_ node: YAMLNode?, _ what: String) -> TimeSpan? {
        guard let span = span(node, what), let node else { return nil }
        guard span.elapsedMilliseconds == nil else {
            report("V113", "\(what) is counted in days or longer", at: node.range, help: ["write `2 d`, `3 months` or `1 y`"])
            return nil
        }
        return span
    }

    /// `otherwise: yes`, and nothing else: `no` would make a row that is always true.
    func readOtherwise(_ reader: MapReader, beside when: YAMLNode?) {
        guard let node = reader.take("otherwise") else { return }
        if yesNo(node, "`otherwise`") == false {
            report("V113", "`otherwise` takes `yes`", at: node.range, help: ["leave the row out, or write `when: { … }`"])
        } else if when != nil {
            report("V112", "a row has either `when` or `otherwise`", at: node.range)
        }
    }

    func yesNo(_ node: YAMLNode?, _ what: String) -> Bool? {
        guard let node, let words = text(node, what) else { return nil }
        if words == "yes" { return true }
        if words == "no" { return false }
        report("V113", "\(what) is `yes` or `no`", at: node.range, label: "not `\(words)`")
        return nil
    }

    func count(_ node: YAMLNode?, _ what: String) -> Int? {
        guard let node, let words = text(node, what) else { return nil }
        guard let number = Int(words), number > 0 else {
            report("V113", "\(what) is a number above 0", at: node.range, label: "not `\(words)`")
            return nil
        }
        return number
    }

    /// One of a fixed list of words.
    func word<Value>(_ node: YAMLNode?, _ what: String, among choices: [(String, Value)]) -> Value? {
        guard let node, let words = text(node, what) else { return nil }
        if let choice = choices.first(where: { $0.0 == words }) { return choice.1 }
        let near = NearestName.find(words, in: choices.map(\.0))
        report(
            "V203", "there is no \(what) called `\(words)`", at: node.range, label: near.map { "did you mean `\($0)`?" },
            help: ["known: " + choices.map { "`\($0.0)`" }.joined(separator: ", ")])
        return nil
    }

    /// A name that was not found, with the nearest that is.
    func unknownName(_ what: String, _ name: String, _ kind: NameKind, at range: SourceRange) {
        let brand = kind == .drug ? session.names.knowledge.brandSentence(name) : nil
        let near = brand == nil ? session.names.nearest(to: name, kind) : nil
        let containing = near == nil && brand == nil ? session.names.containing(name, kind).map { "`\($0)`" } : []
        report(
            "V201", "unknown \(what) `\(name)`", at: range,
            label: near.map { "did you mean \(session.names.describe($0, kind))?" }
                ?? "not in knowledge \(session.names.knowledge.version.name)",
            help: (brand.map { [$0] } ?? []) + (containing.isEmpty ? [] : ["did you mean \(containing.joined(separator: " or "))?"])
                + ["`vigil explain V201` tells more"])
    }
}

extension Names {
    /// A name with what it stands for, for "did you mean".
    func describe(_ name: String, _ kind: NameKind) -> String {
        guard kind == .drugClass, let found = drugClass(name) else { return "`\(name)`" }
        return "`\(name)` (\(found.title), \(found.members.count) ingredients)"
    }
}
