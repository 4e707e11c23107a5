import Clinical
import Documents
import Knowledge

/// Reads files of sets: names that a pack or a site adds to those of the knowledge base.
///
/// ```yaml
/// classes:
///   ward-sedatives: { members: [lorazepam, haloperidol] }
/// problems:
///   local-frailty: { icd10: [R54] }
/// ```
///
/// A name that the knowledge base has stays the knowledge base's, and one that another file has given stays as it is: a set cannot
/// be changed unseen.
enum SetsReader {
    private static let sections = Vocabulary.sets.map(\.name)

    /// True for a file that holds sets and no rule.
    static func isSets(_ node: YAMLNode) -> Bool {
        node["rule"] == nil && node.entries.contains { $0.key.text.map(sections.contains) ?? false }
    }

    static func names(
        in files: [(source: Source, node: YAMLNode?)], sources: [String: Source], knowledge: KnowledgeBase
    ) -> (names: Names, diagnostics: [Diagnostic]) {
        var names = Names(knowledge: knowledge)
        let session = CheckSession(names: names, today: CivilDate(daysSinceEpoch: 0), sources: sources)
        for (source, node) in files {
            guard let node, isSets(node) else { continue }
            var pass = SetsPass(session: session, file: source.name, names: names)
            pass.read(node)
            names = pass.names
        }
        return (names, session.diagnostics)
    }
}

/// One file of sets while it is read.
private struct SetsPass {
    let session: CheckSession
    let file: String
    var names: Names

    mutating func read(_ node: YAMLNode) {
        guard let map = MapReader(node, session, file: file, what: "a file of sets") else { return }
        // Drugs first, for classes and relations name them.
        if let drugs = map.take("drugs") { section(drugs, "drugs", isKnown: { $0.knowledge.ingredient(named: $1) != nil }) { $0.drug($1) } }
        if let classes = map.take("classes") { section(classes, "classes", isKnown: { $0.knowledge.drugClass(named: $1) != nil }) { $0.drugClass($1) } }
        if let labs = map.take("labs") { section(labs, "labs", isKnown: { $0.knowledge.lab(named: $1) != nil }) { $0.lab($1) } }
        if let relations = map.take("relations") {
            section(relations, "relations", isKnown: { $0.knowledge.relation(named: $1) != nil }) { $0.relation($1) }
        }
        for (key, kind) in [
            ("problems", CodeSetKind.problem), ("reactions", .reaction), ("procedures", .procedure), ("vaccines", .vaccine),
            ("settings", .setting),
        ] {
            guard let node = map.take(key) else { continue }
            section(node, key, isKnown: { $0.knowledge.codeSet(kind, named: $1) != nil }) { $0.codeSet($1, kind) }
        }
        if let reasons = map.take("override_reasons") {
            section(reasons, "override_reasons", isKnown: { $0.knowledge.overrideReason(named: $1) != nil }) { $0.reasonList($1) }
        }
        if let conditions = map.take("conditions") { section(conditions, "conditions", isKnown: { _, _ in false }) { $0.condition($1) } }
        map.finish()
    }

    /// Each name of a section, those that the knowledge base has left out and said once.
    private mutating func section(
        _ node: YAMLNode, _ what: String, isKnown: (Names, String) -> Bool,
        _ add: (inout SetsPass, MapReader.Entry) -> Void
    ) {
        guard let map = MapReader(node, session, file: file, what: "`\(what)`") else { return }
        let known = map.entries.filter { isKnown(names, $0.key) }
        if let first = known.first {
            session.report(
                "V220", .warning,
                "\(known.count) of these \(what) \(known.count == 1 ? "is" : "are") known to the knowledge base, which stands: "
                    + known.map { "`\($0.key)`" }.joined(separator: ", "), file: file, at: first.keyRange)
        }
        for entry in map.entries where !isKnown(names, entry.key) && isFirst(entry, what) { add(&self, entry) }
    }

    /// Whether no other file has given the name.
    private mutating func isFirst(_ entry: MapReader.Entry, _ what: String) -> Bool {
        guard let first = names.places[what]?[entry.key] else {
            names.places[what, default: [:]][entry.key] = (file, entry.keyRange)
            return true
        }
        session.report(
            "V115", "another of the \(what) is called `\(entry.key)`", file: file, at: entry.keyRange,
            help: what == "conditions" ? [] : ["a site adds to what a pack has with `extend:` in a file of overrides"],
            related: [Diagnostic.Related(file: first.file, range: first.range, message: "the first one")])
        return false
    }

    private mutating func drug(_ entry: MapReader.Entry) {
        guard let code = entry.value.text.flatMap({ Int($0) }), let id = names.knowledge.ingredient(rxcui: code) else {
            session.report("V201", "`\(entry.value.text ?? "")` is no RxNorm ingredient of the knowledge base", file: file, at: entry.value.range)
            return
        }
        names.drugs[entry.key] = id
    }

    private mutating func drugClass(_ entry: MapReader.Entry) {
        guard let map = MapReader(entry.value, session, file: file, what: "class `\(entry.key)`"),
            let list = map.need("members", why: "the drugs of the class")
        else { return }
        let members = ingredients(list)
        for key in ["atc", "list", "title"] { _ = map.take(key) }
        map.finish()
        names.classes[entry.key] = DrugClass(name: entry.key, title: entry.key, members: members, source: file, duplicateTherapy: false)
    }

    private func ingredients(_ list: YAMLNode) -> [IngredientID] {
        Set(
            list.listOrSelf.compactMap { item -> IngredientID? in
                guard let name = item.text else { return nil }
                if let id = names.drug(name) { return id }
                session.report(
                    "V201", "unknown drug `\(name)`", file: file, at: item.range,
                    label: names.nearest(to: name, .drug).map { "did you mean `\($0)`?" })
                return nil
            }
        ).sorted()
    }

    /// The codes of a FHIR ValueSet in a file beside this one.
    private func valueSet(_ node: YAMLNode) -> [CodeMatch] {
        guard let name = node.text else {
            session.report("V112", "`valueset` takes the name of a file", file: file, at: node.range)
            return []
        }
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().map(String.init)
        guard name.hasSuffix(ValueSetReader.ending), let source = session.source((folder + [name]).joined(separator: "/")) else {
            session.report(
                "V208", "there is no value set `\(name)` beside this file", file: file, at: node.range,
                help: ["its name ends in `\(ValueSetReader.ending)`, as in `frailty\(ValueSetReader.ending)`"])
            return []
        }
        switch ValueSetReader.codes(of: source) {
        case .success(let codes): return codes
        case .failure(let problem):
            session.report("V208", "the value set `\(name)` cannot be used: \(problem.why)", file: file, at: node.range)
            return []
        }
    }

    private mutating func codeSet(_ entry: MapReader.Entry, _ kind: CodeSetKind) {
        guard let map = MapReader(entry.value, session, file: file, what: "`\(entry.key)`") else { return }
        let isFile = map.keyRange("valueset") != nil
        let codes = CodeLists.codes(map) + (map.take("valueset").map(valueSet) ?? [])
        for key in ["source", "title"] { _ = map.take(key) }
        map.finish()
        if codes.isEmpty, !isFile { session.report("V206", "`\(entry.key)` has no codes: a rule could never match it", file: file, at: entry.keyRange) }
        names.codeSets[kind, default: [:]][entry.key] = CodeSet(name: entry.key, title: entry.key, codes: codes, source: file)
    }

    private mutating func reasonList(_ entry: MapReader.Entry) {
        names.reasonLists[entry.key] = entry.value.listOrSelf.compactMap { item in
            guard let name = item.text else { return nil }
            if let reason = names.knowledge.overrideReason(named: name) { return reason }
            session.report(
                "V201", "unknown override reason `\(name)`", file: file, at: item.range,
                label: names.nearest(to: name, .overrideReason).map { "did you mean `\($0)`?" })
            return nil
        }
    }

    /// Read when all names are known.
    private mutating func condition(_ entry: MapReader.Entry) {
        names.conditions[entry.key] = NamedCondition(name: entry.key, node: entry.value, nameRange: entry.keyRange, file: file)
    }

    private mutating func lab(_ entry: MapReader.Entry) {
        guard let map = MapReader(entry.value, session, file: file, what: "lab `\(entry.key)`") else { return }
        let codes = CodeLists.codes(map)
        let unitNode = map.need("unit", why: "the unit in which rules compare it")
        let plausible = map.take("plausible")
        let also = map.take("also")
        map.finish()
        guard let unitNode, let words = unitNode.text else { return }
        guard let unit = try? Unit(text: words) else {
            session.report("V210", "`\(words)` is not a unit", file: file, at: unitNode.range)
            return
        }
        var range: ClosedRange<Decimal>?
        if let plausible, let ends = plausible.text?.splitOnce(" to "), let low = Decimal(ends.0), let high = Decimal(ends.1), low <= high {
            range = low...high
        } else if let plausible {
            session.report("V113", "write it as `1 to 12`", file: file, at: plausible.range)
        }
        names.labs[entry.key] = LabDefinition(
            name: entry.key, title: entry.key, codes: codes, unit: unit, analyte: analyte(also, unit), plausible: range, source: file)
    }

    /// Other units in which it is reported, each with the factor to the lab's own.
    private func analyte(_ node: YAMLNode?, _ unit: Unit) -> Analyte? {
        guard let node, let map = MapReader(node, session, file: file, what: "`also`") else { return nil }
        let lines = map.entries.compactMap { entry -> Analyte.Line? in
            guard let from = try? Unit(text: entry.key), let slope = entry.value.text.flatMap({ Decimal($0) }) else {
                session.report("V113", "`also` takes a unit and the factor from it to `\(unit)`", file: file, at: entry.keyRange)
                return nil
            }
            return Analyte.Line(from: from, to: unit, slope: slope, intercept: 0)
        }
        return Analyte(molarMass: nil, valence: nil, lines: lines)
    }

    private mutating func relation(_ entry: MapReader.Entry) {
        guard let map = MapReader(entry.value, session, file: file, what: "relation `\(entry.key)`") else { return }
        let groups = map.entries.map { ingredients($0.value) }
        names.relations[entry.key] = DrugRelation(name: entry.key, title: entry.key, groups: groups)
    }
}
