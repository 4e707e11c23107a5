import Clinical
import Documents
import Engine
import Knowledge

extension RuleReader {
    /// A list of conditions, as under `any:`; one map alone is a list of one.
    func readCriteria(_ node: YAMLNode) -> [Criterion]? {
        let parts = node.listOrSelf.map(readCriterion)
        if parts.isEmpty {
            report("V111", "this list of conditions is empty", at: node.range)
            return nil
        }
        return parts.allSatisfy { $0 != nil } ? parts.compactMap(\.self) : nil
    }

    /// A map of tests, all of which must hold.
    func readCriterion(_ node: YAMLNode) -> Criterion? {
        guard let reader = MapReader(node, session, file: file, what: "a condition") else { return nil }
        var parts: [Criterion?] = []
        if reader.entries.isEmpty { report("V111", "this condition tests nothing", at: node.range) }
        // A source key such as `has:` makes the map a fact written in place, with its own modifiers.
        if let source = reader.entries.first(where: { Self.inlineSources.contains($0.key) && factIDs[$0.key] == nil && pendingFacts[$0.key] == nil }) {
            parts.append(readInline(reader, node, source: source.key))
        }
        for key in ["any", "all", "none"] {
            guard let value = reader.take(key) else { continue }
            let inner = readCriteria(value)
            parts.append(inner.map { key == "any" ? .any($0) : key == "all" ? .all($0) : .none($0) })
        }
        for entry in reader.rest { parts.append(readTest(entry)) }
        guard parts.allSatisfy({ $0 != nil }) else { return nil }
        let tests = parts.compactMap(\.self)
        return tests.count == 1 ? tests[0] : .all(tests)
    }

    private static let inlineSources = ["lab", "taking", "ordering", "has", "done", "vaccine", "family_history", "allergic_to", "setting", "meets", "share"]

    private func readInline(_ reader: MapReader, _ node: YAMLNode, source: String) -> Criterion? {
        guard let definition = readDefinition(reader, node) else { return nil }
        let type = FactType(of: definition, facts: facts) { self.session.builder.lab($0) }
        guard case .truth = type else {
            report(
                "V204", "`\(source)` is \(type.description): written in place, it is neither yes nor no", at: node.range,
                help: ["define it under `facts:` and test it by its name"])
            return nil
        }
        // Never the source's word alone: a fact of that name would hide the source from what follows.
        let words = reader.entries.first { $0.key == source }?.value.text ?? "some"
        let name = [source.replacingUnderscores, words].compactMap(\.self).joined(separator: " ")
        // Two that are written alike are still two, each with its place.
        let fact = add(uniqueName(name), definition, missing: nil, range: node.range)
        return .test(fact, .isYes)
    }

    private func uniqueName(_ name: String) -> String {
        guard factIDs[name] != nil else { return name }
        var number = 2
        while factIDs["\(name) (\(number))"] != nil { number += 1 }
        return "\(name) (\(number))"
    }

    // MARK: Tests

    private func readTest(_ entry: MapReader.Entry) -> Criterion? {
        guard let fact = fact(named: entry.key, at: entry.keyRange) else { return nil }
        let type = FactType(of: facts[fact.index].definition, facts: facts) { self.session.builder.lab($0) }
        if let word = entry.value.text { return readWord(word, entry.value.range, fact, type) }
        guard let reader = MapReader(entry.value, session, file: file, what: "the test of `\(entry.key)`") else { return nil }
        var tests: [Criterion?] = []
        for comparison in reader.entries {
            _ = reader.take(comparison.key)
            tests.append(readComparison(comparison, fact, type))
        }
        guard !tests.isEmpty, tests.allSatisfy({ $0 != nil }) else { return nil }
        let all = tests.compactMap(\.self)
        return all.count == 1 ? all[0] : .all(all)
    }

    private func readWord(_ word: String, _ range: SourceRange, _ fact: FactID, _ type: FactType) -> Criterion? {
        switch (word, type) {
        case ("unknown", _): return .test(fact, .isUnknown)
        case ("yes", .truth): return .test(fact, .isYes)
        case ("no", .truth): return .test(fact, .isNo)
        case (_, .sex):
            if let sex = Patient.Sex(rawValue: word) { return .test(fact, .sex(sex)) }
        case (_, .route):
            if word == "systemic" { return .test(fact, .routes(Set(RouteGroup.allCases.filter(\.isSystemic)))) }
            if let route = RouteGroup(rawValue: word) { return .test(fact, .routes([route])) }
        case (_, .form):
            let words = word.formWords
            if session.names.hasForm(words) { return .test(fact, .form(words)) }
            report(
                "V201", "no dose form has the words `\(word)`", at: range,
                label: NearestName.find(word.lowercased(), in: session.names.formNames).map { "did you mean `\($0)`?" })
            return nil
        case (_, .reaction):
            guard let set = session.names.codeSet(.reaction, word) else {
                unknownName("reaction", word, .reaction, at: range)
                return nil
            }
            return .test(fact, .reaction(session.builder.codeSet(set, as: "reaction \(word)"), only: word.hasSuffix("-only")))
        default: break
        }
        let near = NearestName.find(word, in: type.words)
        report(
            "V204", "`\(facts[fact.index].name)` is \(type.description); it cannot be `\(word)`", at: range,
            label: near.map { "did you mean `\($0)`?" }, help: [type.help])
        return nil
    }

    private func readComparison(_ entry: MapReader.Entry, _ fact: FactID, _ type: FactType) -> Criterion? {
        if entry.key == "between" { return readBetween(entry, fact, type) }
        guard let comparison = Comparison(rawValue: entry.key), comparison != .equal else {
            let known = ["above", "at_least", "below", "at_most", "between"]
            let near = NearestName.find(entry.key, in: known)
            report(
                "V203", "there is no comparison called `\(entry.key)`", at: entry.keyRange,
                label: near.map { "did you mean `\($0)`?" }, help: ["known: " + known.map { "`\($0)`" }.joined(separator: ", ")])
            return nil
        }
        guard let words = text(entry.value, "a limit"), let threshold = threshold(words, entry.value.range, fact, type)
        else { return nil }
        return .test(fact, .compare(comparison, threshold))
    }

    private func readBetween(_ entry: MapReader.Entry, _ fact: FactID, _ type: FactType) -> Criterion? {
        guard let words = text(entry.value, "`between`") else { return nil }
        let ends = words.splitOnce(" and ")
        guard let ends, let low = threshold(ends.0, entry.value.range, fact, type),
            let high = threshold(ends.1, entry.value.range, fact, type)
        else {
            if ends == nil { report("V113", "`between` needs two ends", at: entry.value.range, help: ["write `between: 12 y and 50 y`"]) }
            return nil
        }
        guard low.order(to: high).map({ $0 <= 0 }) ?? true else {
            report("V113", "no value lies there: the first end is above the second", at: entry.value.range)
            return nil
        }
        return .test(fact, .between(low, high))
    }

    // MARK: Limits

    private func threshold(_ words: String, _ range: SourceRange, _ fact: FactID, _ type: FactType) -> Threshold? {
        switch type {
        case .quantity(let lab): return quantity(words, range, lab)
        case .dose(let query): return dose(words, range, query)
        case .time:
            if let span = TimeSpan(words), span.elapsedMilliseconds == nil { return .span(span) }
            report("V113", "`\(words)` is not a length of time", at: range, help: ["write `65 y`, `12 months` or `90 d`"])
        case .number:
            if let number = Decimal(words) { return .number(number) }
            report("V113", "`\(words)` is not a number", at: range)
        default:
            report("V204", "`\(facts[fact.index].name)` is \(type.description); it has no above or below", at: range, help: [type.help])
        }
        return nil
    }

    /// A number with a unit in which this lab can be told.
    private func quantity(_ words: String, _ range: SourceRange, _ lab: FactType.Measure) -> Threshold? {
        guard let quantity = Quantity(words) else {
            if let parts = words.splitOnce(" "), Decimal(parts.0) != nil {
                report("V210", "`\(parts.1)` is not a unit", at: range, help: ["write \(lab.unitHelp)"])
            } else {
                report("V113", "`\(words)` is not a number with a unit", at: range, help: ["write it as `5.5 \(lab.unit)`"])
            }
            return nil
        }
        // A ratio, such as the INR, has no unit to write.
        guard let unit = quantity.unit ?? (lab.unit.code == "1" ? lab.unit : nil) else {
            report("V211", "the limit has no unit", at: range, label: "write `\(words) \(lab.unit)`")
            return nil
        }
        let stated = Quantity(quantity.value, unit)
        if case .success = stated.converted(to: lab.unit, as: lab.analyte) { return .quantity(stated) }
        report(
            "V212",
            "`\(lab.name)` is \(lab.unit.dimension.words) (\(lab.unit)); `\(words)` is \(unit.dimension.words)",
            at: range, label: "write \(lab.unitHelp)")
        return nil
    }

    /// An amount of the drug, in the proportion and over the time that the fact has.
    private func dose(_ words: String, _ range: SourceRange, _ query: DoseQuery) -> Threshold? {
        guard let quantity = Quantity(words), let unit = quantity.unit else {
            report("V211", "`\(words)` is not a dose with its unit", at: range, help: ["write `100 \(query.exampleUnit)`"])
            return nil
        }
        guard query.units.contains(where: { unit.isCommensurable(with: $0) }) else {
            report(
                "V212", "this dose is told in units such as `\(query.exampleUnit)`; `\(words)` is \(unit.dimension.words)", at: range,
                label: "write it in `\(query.exampleUnit)`", help: help(for: unit, query))
            return nil
        }
        return .quantity(quantity)
    }

    /// The fact that is told in this unit, if a role has one.
    private func help(for unit: Unit, _ query: DoseQuery) -> [String] {
        let others: [(String, String)] = [
            ("daily_dose", "mg/day"), ("single_dose", "mg"), ("daily_dose_per_kg", "mg/kg/day"), ("single_dose_per_kg", "mg/kg"),
            ("daily_dose_per_m2", "mg/m2/day"), ("single_dose_per_m2", "mg/m2"),
        ]
        let fitting = others.first { other in (try? Unit(text: other.1)).map { unit.isCommensurable(with: $0) } ?? false }
        return fitting.map { ["`\(roles.isEmpty ? "ROLE" : roles[min(query.role.index, roles.count - 1)]).\($0.0)` is told in such a unit"] } ?? []
    }
}

extension String {
    var replacingUnderscores: String { String(map { $0 == "_" ? " " : $0 }) }

    /// What stands before and after the first occurrence of a separator.
    func splitOnce(_ separator: String) -> (String, String)? {
        let wanted = Array(separator)
        let all = Array(self)
        guard all.count >= wanted.count else { return nil }
        for start in 0...(all.count - wanted.count) where Array(all[start..<(start + wanted.count)]) == wanted {
            return (String(all[..<start]), String(all[(start + wanted.count)...]))
        }
        return nil
    }
}
