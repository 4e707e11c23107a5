import Clinical
import Documents
import Engine
import Knowledge

extension RuleReader {
    /// Facts that need no definition; in a care gap also `due` and `last`.
    static let builtIn = BuiltInFacts.ofPatient.map(\.name) + ["due", "last"]
    /// What every role has.
    static let roleAttributes = BuiltInFacts.ofRole.map(\.name)
    /// How many facts may stand in one another: walks over them recurse.
    static let deepest = 32
    /// Keys that begin the definition of a fact.
    static let sources = FactForms.keys

    /// Notes the named facts; each is read when it is first used.
    func collectFacts(_ node: YAMLNode) {
        guard let reader = MapReader(node, session, file: file, what: "`facts`") else { return }
        for entry in reader.entries {
            if Self.builtIn.contains(entry.key) {
                report("V202", "`\(entry.key)` is known without a definition; give the fact another name", at: entry.keyRange)
            }
            pendingFacts[entry.key] = (entry.value, entry.keyRange)
        }
    }

    /// Facts that nothing used so far: still checked, and kept for the text of the log.
    func readPendingFacts() {
        for name in pendingFacts.keys.sorted(by: { pendingFacts[$0]?.keyRange.start ?? 0 < pendingFacts[$1]?.keyRange.start ?? 0 }) {
            guard factIDs[name] == nil, let pending = pendingFacts[name] else { continue }
            let before = session.errorCount
            _ = fact(named: name, at: pending.keyRange)
            if session.errorCount == before {
                report("V302", .warning, "fact `\(name)` is defined and never used", at: pending.keyRange)
            }
        }
    }

    /// The number of a fact by name: one of the rule's own, a built-in, or an attribute of a role.
    func fact(named name: String, at range: SourceRange) -> FactID? {
        if let known = factIDs[name] { return known }
        if brokenFacts.contains(name) { return nil }
        if let pending = pendingFacts[name] { return readNamedFact(name, pending.node, pending.keyRange, usedAt: range) }
        if let definition = builtInFact(name) { return add(name, definition, missing: nil, range: range) }
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        if parts.count == 2, let index = roles.firstIndex(of: parts[0]) {
            return roleFact(RoleID(index: index), attribute: parts[1], name: name, at: range)
        }
        let near = NearestName.find(name, in: Array(pendingFacts.keys).sorted() + Self.builtIn + roles)
        report(
            "V202", "nothing here is called `\(name)`", at: range, label: near.map { "did you mean `\($0)`?" },
            help: ["define it under `facts:`, or use one of " + (Self.builtIn.dropLast(2) + roles.map { "\($0).route" }).map { "`\($0)`" }.joined(separator: ", ")])
        return nil
    }

    private func readNamedFact(_ name: String, _ node: YAMLNode, _ keyRange: SourceRange, usedAt range: SourceRange) -> FactID? {
        if factsBeingRead.contains(name) {
            report("V205", "fact `\(name)` is defined by itself: " + (factsBeingRead + [name]).joined(separator: " → "), at: range)
            return nil
        }
        guard factsBeingRead.count < Self.deepest else {
            report("V205", "facts are nested too deeply here: more than \(Self.deepest) in one another", at: range)
            return nil
        }
        factsBeingRead.append(name)
        defer { factsBeingRead.removeLast() }
        guard let reader = MapReader(node, session, file: file, what: "fact `\(name)`") else {
            pendingFacts[name] = nil
            brokenFacts.insert(name)
            return nil
        }
        let missing = text(reader.take("missing"), "`missing`")
        let definition = readDefinition(reader, node)
        reader.finish(also: Self.sources)
        pendingFacts[name] = nil
        guard let definition else {
            brokenFacts.insert(name)
            return nil
        }
        return add(name, definition, missing: missing, range: keyRange)
    }

    func add(_ name: String, _ definition: FactDefinition, missing: String?, range: SourceRange) -> FactID {
        // What a condition of another file is made of stands, for messages, where the rule names it.
        let range = conditionUse ?? range
        let id = FactID(index: facts.count)
        let depth = 1 + (definition.parts.map { factDepths[$0.index] }.max() ?? 0)
        if depth > Self.deepest {
            report("V205", "facts are nested too deeply here: more than \(Self.deepest) in one another", at: range)
        }
        factDepths.append(depth)
        facts.append(
            PlannedFact(name: name, definition: definition, missing: missing, shared: session.builder.sharedFact(definition)))
        factIDs[name] = id
        factRanges.append(range)
        addOrigin(.fact(id), range)
        return id
    }

    func builtInFact(_ name: String) -> FactDefinition? {
        switch name {
        case "age": return .age
        case "sex": return .sex
        case "pregnant": return pregnancy()
        case "weight", "height":
            guard let lab = session.names.lab(name) else { return nil }
            return .lab(LabQuery(lab: labID(lab), entries: .any))
        default: return nil
        }
    }

    func pregnancy() -> FactDefinition? {
        let names = session.names
        guard let problems = names.codeSet(.problem, "pregnancy"), let status = names.codeSet(.problem, "pregnancy-status"),
            let pregnant = names.codeSet(.problem, "pregnant"), let not = names.codeSet(.problem, "not-pregnant")
        else { return nil }
        needs.sections.formUnion([.conditions, .observations])
        needs.observationCodes += status.codes.map(\.code)
        return .pregnant(
            PregnancyCodes(
                problems: session.builder.codeSet(problems, as: "problem pregnancy"), status: session.builder.codeSet(status, as: "problem pregnancy-status"),
                pregnant: session.builder.codeSet(pregnant, as: "problem pregnant"),
                notPregnant: session.builder.codeSet(not, as: "problem not-pregnant"),
                shelfLife: TimeSpan(amount: 300, unit: .days)))
    }
}
