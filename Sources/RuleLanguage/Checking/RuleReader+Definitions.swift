import Clinical
import Documents
import Engine
import Knowledge

extension RuleReader {
    /// What stands under one of the source keys, and under `else` beside it.
    func readDefinition(_ reader: MapReader, _ node: YAMLNode) -> FactDefinition? {
        guard let source = reader.entries.first(where: { Self.sources.contains($0.key) }) else {
            report("V111", "say where the fact comes from", at: node.range, help: ["one of " + Self.sources.map { "`\($0)`" }.joined(separator: ", ")])
            return nil
        }
        _ = reader.take(source.key)
        let first = readSource(source, reader)
        guard Self.sourcesWithElse.contains(source.key), let other = reader.take("else") else { return first }
        guard let inner = MapReader(other, session, file: file, what: "`else`") else { return nil }
        let fallback = readDefinition(inner, other)
        inner.finish(also: Self.sources)
        guard let first, let fallback else { return nil }
        guard canStandIn(fallback, for: first) else {
            let type = FactType(of: first, facts: facts) { self.session.builder.lab($0) }
            report(
                "V204", "what stands under `else` must be of the kind of `\(source.value.text ?? source.key)`: \(type.description)", at: other.range)
            return nil
        }
        return .firstKnown([first, fallback])
    }

    private static let sourcesWithElse = Set(FactForms.all.filter { $0.options.contains { $0.name == "else" } }.map(\.key.name))
    private static let dates: [EntryQuery.Pick] = [.latest, .earliest]

    private func readSource(_ source: MapReader.Entry, _ reader: MapReader) -> FactDefinition? {
        let value = source.value
        switch source.key {
        case "lab":
            guard let entries = readEntries(reader, picks: EntryQuery.Pick.allCases) else { return nil }
            return labQuery(value, entries).map { .lab($0) }
        case "taking":
            needs.sections.insert(.medications)
            let pick = reader.take("pick").flatMap { word($0, "choice of entry", among: Self.dates.map { ($0.rawValue, $0) }) }
            return readSelector(value).map { .taking($0, pick ?? .latest) }
        case "ordering": return readSelector(value).map { .ordering($0) }
        case "has":
            needs.sections.insert(.conditions)
            let ever = yesNo(reader.take("ever"), "`ever`") ?? false
            guard let entries = readEntries(reader, picks: Self.dates) else { return nil }
            return codeSets(.problem, value).map { .has($0, ever: ever, entries) }
        case "done":
            needs.sections.formUnion([.procedures])
            guard let entries = readEntries(reader, picks: Self.dates) else { return nil }
            return doneSet(value).map { .done($0, entries) }
        case "vaccine":
            needs.sections.insert(.immunizations)
            guard let entries = readEntries(reader, picks: Self.dates) else { return nil }
            return codeSets(.vaccine, value).map { .vaccine($0, entries) }
        case "family_history": return readFamilyHistory(value, reader)
        case "up_to_date": return readUpToDate(value, reader)
        case "allergic_to":
            needs.sections.insert(.allergies)
            return readSelector(value).flatMap { selector in
                .allergicTo(session.builder.drugSet(selector.alternatives.flatMap { session.builder.members(of: $0.set) }))
            }
        case "setting":
            needs.sections.insert(.encounters)
            guard let entries = readEntries(reader, picks: Self.dates) else { return nil }
            return codeSets(.setting, value).map { .setting($0, entries) }
        case "meets": return readMeets(value)
        case "count_of": return readCount(value)
        case "time_since": return readTimeSince(value)
        case "calculate": return readCalculation(value, reader)
        case "dose": return readDose(value, reader)
        case "share": return readShare(value, reader)
        case "any": return readCriteria(value).map { .criterion(.any($0)) }
        case "all": return readCriteria(value).map { .criterion(.all($0)) }
        default: return readCriteria(value).map { .criterion(.none($0)) }
        }
    }

    /// How many drugs fill a role, or on how many days a fact was recorded.
    private func readCount(_ node: YAMLNode) -> FactDefinition? {
        guard let name = text(node, "`count_of`") else { return nil }
        if let index = roles.firstIndex(of: name) { return .countOf(RoleID(index: index)) }
        guard pendingFacts[name] != nil || factIDs[name] != nil else {
            let near = NearestName.find(name, in: roles + Array(pendingFacts.keys).sorted() + factIDs.keys.sorted())
            report("V202", "no role or fact is called `\(name)`", at: node.range, label: near.map { "did you mean `\($0)`?" })
            return nil
        }
        guard let fact = fact(named: name, at: node.range) else { return nil }
        guard facts[fact.index].definition.isCountable else {
            report(
                "V204", "`\(name)` is not made of entries that can be counted", at: node.range,
                help: ["`count_of` takes a role, or a fact that comes from `lab`, `has`, `done`, `vaccine` or `setting`"])
            return nil
        }
        return .occurrences(fact)
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

    func role(_ node: YAMLNode) -> RoleID? {
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

    /// One set, or several as one.
    func codeSets(_ kind: CodeSetKind, _ node: YAMLNode) -> CodeSetID? {
        guard let items = node.sequence else { return codeSet(kind, node) }
        if items.isEmpty {
            report("V206", "no \(kind.words.article) is named", at: node.range)
            return nil
        }
        let sets = items.map { item -> CodeSet? in codeSet(kind, item) == nil ? nil : item.text.flatMap { session.names.codeSet(kind, $0) } }
        guard sets.allSatisfy({ $0 != nil }) else { return nil }
        let found = sets.compactMap(\.self)
        let name = found.map(\.name).joined(separator: " or ")
        let union = CodeSet(name: name, title: found.map(\.title).joined(separator: " or "), codes: found.flatMap(\.codes), source: "")
        return session.builder.codeSet(union, as: "\(kind.rawValue) \(name)")
    }

    /// A procedure may be evidenced by a result too: its LOINC codes are asked for as observations.
    private func doneSet(_ node: YAMLNode) -> CodeSetID? {
        guard let id = codeSets(.procedure, node) else { return nil }
        let sets = node.listOrSelf.compactMap { $0.text.flatMap { session.names.codeSet(.procedure, $0) } }
        let loinc = sets.flatMap(\.codes).filter { $0.system == .loinc }.map(\.code)
        if !loinc.isEmpty {
            needs.sections.insert(.observations)
            needs.observationCodes += loinc
        }
        return id
    }

    func labID(_ lab: LabDefinition) -> LabID {
        needs.sections.insert(.observations)
        needs.observationCodes += lab.codes.map(\.code) + lab.panelCodes
        return session.builder.lab(lab)
    }

    private func labQuery(_ node: YAMLNode, _ entries: EntryQuery) -> LabQuery? {
        guard let name = text(node, "the name of a lab") else { return nil }
        guard let lab = session.names.lab(name) else {
            unknownName("lab", name, .lab, at: node.range)
            return nil
        }
        return LabQuery(lab: labID(lab), entries: entries)
    }

    private func canStandIn(_ other: FactDefinition, for first: FactDefinition) -> Bool {
        let types = [first, other].map { FactType(of: $0, facts: facts) { self.session.builder.lab($0) } }
        switch (types[0], types[1]) {
        case (.quantity(let one), .quantity(let two)): return one.unit.isCommensurable(with: two.unit)
        case (.truth, .truth), (.number, .number): return true
        default: return false
        }
    }

    private func readCalculation(_ value: YAMLNode, _ reader: MapReader) -> FactDefinition? {
        let entries = readEntries(reader, picks: [])
        let from = reader.take("from")
        let weightNode = reader.take("weight")
        guard let equation = word(value, "calculation", among: Calculation.Equation.allCases.map { ($0.rawValue, $0) }), let entries
        else { return nil }
        guard let weight = weight(for: equation, weightNode, entries, at: value.range) else { return nil }
        var inputs: [LabQuery] = []
        for (number, name) in equation.labNames.enumerated() where name != "weight" || weight.query == nil {
            // `from:` names the first input; the others keep their own names. A height stays as it is.
            let query =
                number == 0 && from != nil
                ? from.flatMap { labQuery($0, entries) } : namedLab(name, name == "height" ? .any : entries, at: value.range)
            guard let query else { return nil }
            guard number == 0, let from, let usual = session.names.lab(name), let lab = session.builder.lab(query.lab) else {
                inputs.append(query)
                continue
            }
            guard lab.unit == usual.unit else {
                report("V212", "`\(equation.rawValue)` takes \(usual.unit); `\(lab.name)` is in \(lab.unit)", at: from.range)
                return nil
            }
            inputs.append(query)
        }
        if equation.isOverDrugs { needs.sections.insert(.medications) }
        let opioids = equation == .opioidMME ? session.names.drugClass("CDS:opioid").map { session.builder.drugSet($0.members) } : nil
        return .calculate(
            Calculation(
                equation: equation, inputs: inputs, unit: equation.unitText.flatMap { try? Unit(text: $0) }, weight: weight.query,
                drugs: opioids))
    }

    /// Which weight an equation takes: Cockcroft and Gault leave it open, so the author says it.
    private func weight(
        for equation: Calculation.Equation, _ node: YAMLNode?, _ entries: EntryQuery, at range: SourceRange
    ) -> (query: WeightQuery?, Void)? {
        switch equation {
        case .idealWeight, .adjustedWeight:
            let choice: WeightQuery.Choice = equation == .idealWeight ? .ideal : .adjusted
            return weightQuery(choice, entries, at: range).map { ($0, ()) }
        case .cockcroftGault:
            guard let node else {
                report(
                    "V111", "`weight` is missing: which weight the equation takes", at: range,
                    help: ["add `weight: actual`, `ideal`, `adjusted` or `lesser`; results differ in the very lean and the obese"])
                return nil
            }
            let choices = WeightQuery.Choice.allCases.map { ($0.rawValue, $0) }
            return word(node, "weight", among: choices).flatMap { weightQuery($0, entries, at: range) }.map { ($0, ()) }
        default:
            if let node { report("V110", "`weight` has no meaning for `\(equation.rawValue)`", at: node.range) }
            return (nil, ())
        }
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
