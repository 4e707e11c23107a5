import Clinical
import Documents
import Engine

/// A condition with a name, as a file of sets has it.
struct NamedCondition {
    let name: String
    let node: YAMLNode
    let nameRange: SourceRange
    let file: String
}

extension RuleReader {
    /// `meets: NAME`: a condition of a file of sets, read as if it stood here, with facts of its own.
    func readMeets(_ node: YAMLNode) -> FactDefinition? {
        guard let name = text(node, "`meets`") else { return nil }
        guard let condition = session.names.conditions[name] else {
            let near = NearestName.find(name, in: session.names.conditions.keys.sorted())
            report(
                "V201", "unknown condition `\(name)`", at: node.range,
                label: near.map { "did you mean `\($0)`?" } ?? "no file of sets has it under `conditions:`")
            return nil
        }
        guard !conditionsBeingRead.contains(name) else {
            report(
                "V205", "condition `\(name)` is defined by itself: " + (conditionsBeingRead + [name]).joined(separator: " → "),
                at: node.range)
            return nil
        }
        guard conditionsBeingRead.count < Self.deepest else {
            report("V205", "conditions are nested too deeply here: more than \(Self.deepest) in one another", at: node.range)
            return nil
        }
        // Its own mistakes are told once, where it stands, by `checkCondition`.
        return session.silently { within(condition, usedAt: conditionUse ?? node.range) }
    }

    /// Checks a condition by itself, so that its mistakes are told whether or not a rule uses it.
    func checkCondition(_ condition: NamedCondition) {
        _ = within(condition, usedAt: condition.nameRange)
    }

    private func within(_ condition: NamedCondition, usedAt range: SourceRange) -> FactDefinition? {
        let outer = (file, factIDs, pendingFacts, factsBeingRead, roles, allergenRole, conditionUse, brokenFacts)
        defer { (file, factIDs, pendingFacts, factsBeingRead, roles, allergenRole, conditionUse, brokenFacts) = outer }
        file = condition.file
        conditionUse = range
        conditionsBeingRead.append(condition.name)
        defer { conditionsBeingRead.removeLast() }
        factIDs = factIDs.filter { Self.builtIn.contains($0.key) }
        (pendingFacts, factsBeingRead, roles, allergenRole, brokenFacts) = ([:], [], [], nil, [])
        guard let reader = MapReader(condition.node, session, file: file, what: "condition `\(condition.name)`") else { return nil }
        _ = text(reader.take("title"), "`title`")
        _ = text(reader.take("source"), "`source`")
        if let facts = reader.take("facts") { collectFacts(facts) }
        let when = reader.need("when", why: "what must hold", at: condition.nameRange).flatMap(readCriterion)
        readPendingFacts()
        reader.finish()
        return when.map { .criterion($0) }
    }
}
