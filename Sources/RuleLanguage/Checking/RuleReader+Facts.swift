import Clinical
import Documents
import Engine
import Knowledge

extension RuleReader {
    /// Facts that need no definition.
    static let builtIn = ["age", "sex", "pregnant", "weight", "height", "due", "last"]
    /// What every role has.
    static let roleAttributes = ["route", "daily_dose", "started", "reaction"]
    /// How many facts may stand in one another: walks over them recurse.
    static let deepest = 32
    /// Keys that begin the definition of a fact.
    static let sources = [
        "lab", "taking", "ordering", "has", "done", "vaccine", "allergic_to", "setting", "count_of", "time_since", "calculate",
        "share", "any", "all", "none", "fhirpath",
    ]

    /// Notes the named facts; each is read when it is first used.
    func collectFacts() {
        guard let node = map.take("facts"), let reader = MapReader(node, session, file: file, what: "`facts`") else { return }
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
            return nil
        }
        let missing = text(reader.take("missing"), "`missing`")
        let definition = readDefinition(reader, node)
        reader.finish(also: Self.sources)
        pendingFacts[name] = nil
        guard let definition else { return nil }
        return add(name, definition, missing: missing, range: keyRange)
    }

    func add(_ name: String, _ definition: FactDefinition, missing: String?, range: SourceRange) -> FactID {
        let id = FactID(index: facts.count)
        let depth = 1 + (definition.parts.map { factDepths[$0.index] }.max() ?? 0)
        if depth > Self.deepest {
            report("V205", "facts are nested too deeply here: more than \(Self.deepest) in one another", at: range)
        }
        factDepths.append(depth)
        facts.append(PlannedFact(name: name, definition: definition, missing: missing))
        factIDs[name] = id
        factRanges.append(range)
        origins.append(RuleOrigin(node: .fact(id), range: range))
        return id
    }

    private func builtInFact(_ name: String) -> FactDefinition? {
        switch name {
        case "age": return .age
        case "sex": return .sex
        case "pregnant": return pregnancy()
        case "weight", "height":
            guard let lab = session.names.lab(name) else { return nil }
            return .lab(LabQuery(lab: labID(lab), within: nil))
        default: return nil
        }
    }

    private func roleFact(_ role: RoleID, attribute: String, name: String, at range: SourceRange) -> FactID? {
        switch attribute {
        case "route": return add(name, .route(role), missing: nil, range: range)
        case "daily_dose": return add(name, .dailyDose(role), missing: nil, range: range)
        case "started": return add(name, .started(role), missing: nil, range: range)
        case "reaction" where role == allergenRole: return add(name, .reaction(role), missing: nil, range: range)
        default:
            let known = Self.roleAttributes.filter { $0 != "reaction" || role == allergenRole }
            let near = NearestName.find(attribute, in: known)
            report(
                "V202", "a role has no `\(attribute)`", at: range, label: near.map { "did you mean `\($0)`?" },
                help: ["known: " + known.map { "`\($0)`" }.joined(separator: ", ")])
            return nil
        }
    }

    private func pregnancy() -> FactDefinition? {
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

    // MARK: Definitions

    /// What stands under one of the source keys.
    func readDefinition(_ reader: MapReader, _ node: YAMLNode) -> FactDefinition? {
        guard let source = reader.entries.first(where: { Self.sources.contains($0.key) }) else {
            report("V111", "say where the fact comes from", at: node.range, help: ["one of " + Self.sources.map { "`\($0)`" }.joined(separator: ", ")])
            return nil
        }
        let value = source.value
        _ = reader.take(source.key)
        switch source.key {
        case "lab": return readLab(value, reader)
        case "taking":
            needs.sections.insert(.medications)
            return readSelector(value).map { .taking($0) }
        case "ordering": return readSelector(value).map { .ordering($0) }
        case "has":
            needs.sections.insert(.conditions)
            let ever = yesNo(reader.take("ever"), "`ever`") ?? false
            return codeSet(.problem, value).map { .has($0, ever: ever) }
        case "done":
            needs.sections.formUnion([.procedures])
            let within = span(reader.take("within"), "`within`")
            return doneSet(value).map { .done($0, within: within) }
        case "vaccine":
            needs.sections.insert(.immunizations)
            let within = span(reader.take("within"), "`within`")
            return codeSet(.vaccine, value).map { .vaccine($0, within: within) }
        case "allergic_to":
            needs.sections.insert(.allergies)
            return readSelector(value).flatMap { selector in
                .allergicTo(session.builder.drugSet(selector.alternatives.flatMap { session.builder.members(of: $0.set) }))
            }
        case "setting":
            needs.sections.insert(.encounters)
            return codeSet(.setting, value).map { .setting($0) }
        case "count_of": return role(value).map { .countOf($0) }
        case "time_since": return readTimeSince(value)
        case "calculate": return readCalculation(value, reader)
        case "share": return readShare(value, reader)
        case "any": return readCriteria(value).map { .criterion(.any($0)) }
        case "all": return readCriteria(value).map { .criterion(.all($0)) }
        case "none": return readCriteria(value).map { .criterion(.none($0)) }
        default:
            report("V207", "`\(source.key)` is not supported by this version", at: source.keyRange)
            return nil
        }
    }

    private func readTimeSince(_ node: YAMLNode) -> FactDefinition? {
        guard let name = text(node, "`time_since`"), let fact = fact(named: name, at: node.range) else { return nil }
        guard facts[fact.index].definition.hasDate else {
            report(
                "V204", "`\(name)` has no date, so no time passes since", at: node.range,
                help: ["`time_since` takes a fact that comes from `lab`, `has`, `done`, `vaccine`, `taking`, `allergic_to` or a role's `started`"])
            return nil
        }
        return .timeSince(fact)
    }

    private func role(_ node: YAMLNode) -> RoleID? {
        guard let name = text(node, "a role") else { return nil }
        if let index = roles.firstIndex(of: name) { return RoleID(index: index) }
        // Facts are read before the roles of some kinds are known to be wrong; say which there are.
        report("V202", "no role is called `\(name)`", at: node.range, help: ["roles here: " + roles.map { "`\($0)`" }.joined(separator: ", ")])
        return nil
    }

    func codeSet(_ kind: CodeSetKind, _ node: YAMLNode) -> CodeSetID? {
        guard let name = text(node, "the name of a \(kind.words.article)") else { return nil }
        guard let set = session.names.codeSet(kind, name) else {
            unknownName(kind.words.article, name, kind.words.names, at: node.range)
            return nil
        }
        return session.builder.codeSet(set, as: "\(kind.rawValue) \(name)")
    }

    /// A procedure may be evidenced by a result too: its LOINC codes are asked for as observations.
    private func doneSet(_ node: YAMLNode) -> CodeSetID? {
        guard let id = codeSet(.procedure, node), let name = node.text, let set = session.names.codeSet(.procedure, name)
        else { return nil }
        let loinc = set.codes.filter { $0.system == .loinc }.map(\.code)
        if !loinc.isEmpty {
            needs.sections.insert(.observations)
            needs.observationCodes += loinc
        }
        return id
    }

    private func labID(_ lab: LabDefinition) -> LabID {
        needs.sections.insert(.observations)
        needs.observationCodes += lab.codes.map(\.code)
        return session.builder.lab(lab)
    }

    private func labQuery(_ node: YAMLNode, within: TimeSpan?, pick: LabQuery.Pick) -> LabQuery? {
        guard let name = text(node, "the name of a lab") else { return nil }
        guard let lab = session.names.lab(name) else {
            unknownName("lab", name, .lab, at: node.range)
            return nil
        }
        return LabQuery(lab: labID(lab), within: within, pick: pick)
    }

    private func readLab(_ value: YAMLNode, _ reader: MapReader) -> FactDefinition? {
        let within = span(reader.take("latest_within") ?? reader.take("within"), "`latest_within`")
        let pick =
            reader.take("pick").flatMap { word($0, "choice of result", among: LabQuery.Pick.allCases.map { ($0.rawValue, $0) }) }
        guard let query = labQuery(value, within: within, pick: pick ?? .latest) else { return nil }
        guard let other = reader.take("else") else { return .lab(query) }
        guard let inner = MapReader(other, session, file: file, what: "`else`") else { return nil }
        let fallback = readDefinition(inner, other)
        inner.finish(also: Self.sources)
        guard let fallback else { return nil }
        guard canStandIn(fallback, for: .lab(query)) else {
            report("V204", "what stands under `else` must be a quantity in a unit of `\(value.text ?? "")`", at: other.range)
            return nil
        }
        return .firstKnown([.lab(query), fallback])
    }

    private func canStandIn(_ other: FactDefinition, for lab: FactDefinition) -> Bool {
        let types = [lab, other].map { FactType(of: $0, facts: facts) { self.session.builder.lab($0) } }
        guard case .quantity(let first) = types[0], case .quantity(let second) = types[1] else { return false }
        return first.unit.isCommensurable(with: second.unit)
    }

    private func readCalculation(_ value: YAMLNode, _ reader: MapReader) -> FactDefinition? {
        let choices = Calculation.Equation.allCases.map { ($0.rawValue, $0) }
        let within = span(reader.take("latest_within") ?? reader.take("within"), "`latest_within`")
        let from = reader.take("from")
        guard let equation = word(value, "calculation", among: choices) else { return nil }
        var inputs: [LabQuery] = []
        for (number, name) in equation.labNames.enumerated() {
            guard let lab = session.names.lab(name) else {
                report("V201", "`\(equation.rawValue)` needs the lab `\(name)`, which is not known", at: value.range)
                return nil
            }
            // `from:` names the first input; the others keep their own names.
            let query = number == 0 ? from.map { labQuery($0, within: within, pick: .latest) } : nil
            if let query {
                guard let query else { return nil }
                inputs.append(query)
            } else {
                inputs.append(LabQuery(lab: labID(lab), within: within))
            }
        }
        guard let unit = try? Unit(text: equation.unitText) else { return nil }
        return .calculate(Calculation(equation: equation, inputs: inputs, unit: unit))
    }

    private func readShare(_ value: YAMLNode, _ reader: MapReader) -> FactDefinition? {
        guard let name = text(value, "`share`") else { return nil }
        guard let relation = session.names.relation(name) else {
            unknownName("relation", name, .relation, at: value.range)
            return nil
        }
        guard let of = reader.take("of"), of.listOrSelf.count == 2 else {
            report("V111", "`share` needs `of: [one role, another]`", at: value.range)
            return nil
        }
        let pair = of.listOrSelf.compactMap(role)
        return pair.count == 2 ? .share(relation, pair[0], pair[1]) : nil
    }
}
