import Clinical
import Documents
import Engine

extension PhraseReader {
    /// The entries that a phrase means.
    func query(_ node: YAMLNode) -> QueryID? {
        if let name = node.text {
            switch facts.fact(name, file: file, at: node.range) {
            case .entries(let query): return query
            case .condition:
                report("V204", "`\(name)` is true or not; entries are wanted here", at: node.range)
                return nil
            case nil: return nil
            }
        }
        guard let map = MapReader(node, session, file: file, what: "a phrase about entries") else { return nil }
        return query(map, node)
    }

    func query(_ map: MapReader, _ node: YAMLNode) -> QueryID? {
        let errors = session.errorCount
        guard let (source, defaults) = source(map, node) else { return nil }
        var query = EventQuery(source: source, tests: defaults)
        query.tests += tests(map)
        query.repeatedIn = map.take("repeated").flatMap { WindowReader(self).window($0) }
        if let picks = map.take("pick") {
            query.picks = picks.listOrSelf.compactMap { word($0, "pick", among: EventPick.allCases.map { ($0.rawValue, $0) }) }
        }
        map.finish(also: EntryWords.sources.map(\.key))
        return session.errorCount == errors ? session.measures.query(query) : nil
    }

    private func source(_ map: MapReader, _ node: YAMLNode) -> (EventQuery.Source, [EventTest])? {
        let statuses = map.take("status").map { $0.text == "any" ? [] : words($0, "`status`") }
        let verifications = map.take("verification").map { $0.text == "any" ? [] : words($0, "`verification`") }
        for source in EntryWords.sources {
            guard let names = map.take(source.key) else { continue }
            let sets = names.text == "any" ? nil : valueSets(names)
            return (.record(source.kind, sets: sets), source.defaults(statuses: statuses, verifications: verifications))
        }
        let more = statuses.map { $0.isEmpty ? [] : [EventTest.status($0)] } ?? []
        if let node = map.take("of") { return query(node).map { (.anyOf([$0]), more) } }
        if let list = map.take("any_of") {
            let queries = list.listOrSelf.map(query)
            return queries.allSatisfy { $0 != nil } ? (.anyOf(queries.compactMap(\.self)), more) : nil
        }
        report(
            "V111", "the phrase does not say what kind of entry is meant", at: node.range.start(of: 1),
            help: ["begin with one of " + EntryWords.sources.map { "`\($0.key)`" }.joined(separator: ", ") + ", `of`, `any_of`"])
        return nil
    }

    // MARK: Value sets

    /// Names and URLs of value sets, and single codes such as `loinc 45755-6`.
    func valueSets(_ node: YAMLNode) -> [ValueSetID] {
        var seen: Set<ValueSetID> = []
        return node.listOrSelf.compactMap(valueSet).filter { seen.insert($0).inserted }
    }

    private func valueSet(_ node: YAMLNode) -> ValueSetID? {
        guard let words = node.text else {
            report("V112", "a value set is given by its name or its URL", at: node.range)
            return nil
        }
        let names = session.measureNames
        if let set = names.sets[words] ?? names.byURL[words] { return session.measures.valueSet(set) }
        if let parts = words.splitOnce(" "), let system = MeasureNames.systems.first(where: { $0.key == parts.0 })?.system {
            return session.measures.valueSet(ValueSet(name: words, url: nil, codes: [Coding(system: system, code: parts.1)]))
        }
        let near = NearestName.find(words, in: names.sets.keys.sorted())
        report(
            "V201", "unknown value set `\(words)`", at: node.range, label: near.map { "did you mean `\($0)`?" },
            help: ["a single code is written with its system: " + MeasureNames.systems.map { "`\($0.key)`" }.joined(separator: ", ")])
        return nil
    }

    // MARK: Tests

    /// What the phrase asks of each entry, in the order in which it is cheapest to ask.
    func tests(_ map: MapReader) -> [EventTest] {
        var tests: [EventTest] = []
        if let node = map.take("category") { tests.append(.category(words(node, "`category`"))) }
        if let node = map.take("profile") { tests.append(.profile(words(node, "`profile`"))) }
        if let node = map.take("class") { tests.append(.visitClass(words(node, "`class`"), isOneOf: true)) }
        if let node = map.take("not_class") { tests.append(.visitClass(words(node, "`not_class`"), isOneOf: false)) }
        if let node = map.take("value") { tests += value(node) }
        for field in CodedField.allCases where field != .value {
            if let node = map.take(field.rawValue) { tests.append(.coded(field, valueSets(node))) }
        }
        tests += times(map)
        if let node = map.take("age") { ageOfEntry(node).map { tests.append($0) } }
        if let node = map.take("dated") {
            word(node, "end", among: TimeEdge.allCases.map { ($0.rawValue, $0) }).map { tests.append(.isDated($0)) }
        }
        if let node = map.take("refused") {
            if node.text == "no" { tests.append(.notRefused) } else { report("V113", "`refused` takes `no`", at: node.range) }
        }
        if let node = map.take("daily_dose") { dailyDose(node).map { tests.append($0) } }
        if let node = map.take("any") { tests.append(.any(choices(node))) }
        if let node = map.take("none") { tests.append(.none(choices(node))) }
        for item in map.take("with")?.listOrSelf ?? [] { companion(item).map { tests.append(.with($0.query, atLeast: $0.count)) } }
        for item in map.take("without")?.listOrSelf ?? [] { companion(item).map { tests.append(.without($0.query)) } }
        if let node = map.take("only_if") {
            condition(node, lists: .all).map { tests.append(.condition(session.measures.condition($0))) }
        }
        return tests
    }

    private func choices(_ node: YAMLNode) -> [[EventTest]] {
        node.listOrSelf.compactMap { item in
            guard let map = MapReader(item, session, file: file, what: "a choice") else { return nil }
            let found = tests(map)
            map.finish()
            return found
        }
    }

    private func companion(_ node: YAMLNode) -> (query: QueryID, count: Int)? {
        guard node.mapping != nil else { return query(node).map { ($0, 1) } }
        guard let map = MapReader(node, session, file: file, what: "an entry that goes with it") else { return nil }
        let count = map.take("at_least").flatMap { number($0, "`at_least`") } ?? 1
        return query(map, node).map { ($0, count) }
    }

    /// `any`, `none`, a comparison with a unit, or value sets of coded answers.
    private func value(_ node: YAMLNode) -> [EventTest] {
        if node.text == "any" { return [.hasValue(true)] }
        if node.text == "none" { return [.hasValue(false)] }
        guard let map = node.mapping else { return [.coded(.value, valueSets(node))] }
        return map.compactMap { key, value in
            guard let comparison = key.text.flatMap(Comparison.init(rawValue:)) else {
                report("V110", "`\(key.text ?? "")` is not a comparison", at: key.range)
                return nil
            }
            return quantity(value).map { .value(comparison, $0) }
        }
    }

    private func quantity(_ node: YAMLNode) -> Quantity? {
        if let quantity = node.text.flatMap({ Quantity($0) }) { return quantity }
        report("V113", "`\(node.text ?? "")` is not a number with a unit", at: node.range)
        return nil
    }

    /// `{ above: 0.125 mg, strengths: { rxnorm 197604: 0.125 mg } }`.
    private func dailyDose(_ node: YAMLNode) -> EventTest? {
        guard let map = MapReader(node, session, file: file, what: "`daily_dose`") else { return nil }
        var strengths: [StatedStrength] = []
        if let list = map.need("strengths", why: "how much is in one unit of each product"),
            let entries = MapReader(list, session, file: file, what: "`strengths`")
        {
            for entry in entries.entries {
                let name = YAMLNode.scalar(text: entry.key, style: .plain, range: entry.keyRange)
                guard let set = valueSets(name).first, let strength = quantity(entry.value) else { continue }
                strengths.append(StatedStrength(set: set, strength: strength))
            }
        }
        for comparison in Comparison.allCases {
            guard let value = map.take(comparison.rawValue) else { continue }
            map.finish()
            return quantity(value).map { .dailyDose(comparison, $0, strengths: strengths) }
        }
        map.finish()
        report("V111", "`daily_dose` needs `above`, `at_least`, `below` or `at_most`", at: node.range.start(of: 1))
        return nil
    }
}
