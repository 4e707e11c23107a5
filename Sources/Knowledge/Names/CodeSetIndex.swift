import Clinical

/// Value sets, and the names that rules give to them.
struct CodeSetIndex: Sendable {
    private var sets: [CodeSetKind: [String: CodeSet]] = [:]
    private let valueSets: [String: CodeSet]

    init(_ tables: KnowledgeTables, problems: inout ProblemList) {
        valueSets = Self.collect(tables.valueSetCodes)
        let groups = Self.vaccineGroups(tables.vaccines)
        for kind in CodeSetKind.allCases { sets[kind] = [:] }
        for (index, row) in tables.names.enumerated() {
            guard let kind = CodeSetKind(rawValue: row.kind) else { continue }
            let codes = self.codes(of: row, groups: groups, row: index, problems: &problems)
            if codes.isEmpty {
                problems.add(.names, index, "targets", "\(row.name) has no code", help: "a set without codes would match nobody")
            }
            let set = CodeSet(name: row.name, title: row.title, codes: codes + Self.words(kind, row.name), source: row.source)
            if sets[kind]?.updateValue(set, forKey: row.name) != nil {
                problems.add(.names, index, "name", "the \(row.kind) \(row.name) is here twice")
            }
        }
        addReactions(tables.reactions, problems: &problems)
        addVaccines(tables.vaccines)
    }

    /// By our own name, else by that of a value set: `gout` is `VS:dx_gout`, `heart-failure` is `VS:heart_failure`.
    func find(_ kind: CodeSetKind, _ name: String) -> CodeSet? {
        if let own = sets[kind]?[name] { return own }
        if name.hasPrefix("VS:") { return valueSets[name] }
        guard kind == .problem || kind == .procedure else { return nil }
        let plain = String(name.map { $0 == "-" ? "_" : $0 })
        let endings = kind == .problem ? ["VS:\(plain)", "VS:dx_\(plain)"] : ["VS:\(plain)_proc", "VS:\(plain)"]
        for key in endings {
            if let set = valueSets[key] {
                return CodeSet(name: name, title: set.title, codes: set.codes + Self.words(kind, name), source: set.source)
            }
        }
        return nil
    }

    /// What a record may say in words only: a problem by its own name, `heart failure` for `heart-failure`.
    private static func words(_ kind: CodeSetKind, _ name: String) -> [CodeMatch] {
        kind == .problem ? [CodeMatch(system: .words, code: String(name.map { $0 == "-" ? " " : $0 }))] : []
    }

    func names(_ kind: CodeSetKind) -> [String] {
        var names = Set(sets[kind].map { Array($0.keys) } ?? [])
        if kind == .problem {
            for (key, set) in valueSets where set.codes.contains(where: { $0.system != .loinc }) && !key.hasSuffix("_proc") {
                let plain = key.hasPrefix("VS:dx_") ? key.dropFirst(6) : key.dropFirst(3)
                names.insert(String(plain.map { $0 == "_" ? "-" : $0 }))
            }
        }
        return names.sorted()
    }

    func valueSet(_ name: String) -> CodeSet? { valueSets[name] }

    private static func collect(_ rows: [ValueSetCodeRow]) -> [String: CodeSet] {
        var codes: [String: [CodeMatch]] = [:]
        var titles: [String: String] = [:]
        for row in rows {
            codes[row.set, default: []].append(
                CodeMatch(system: CodeSystem(row.system), code: row.code, isPrefix: row.isPrefix))
            titles[row.set] = row.title
        }
        return codes.reduce(into: [:]) { sets, entry in
            sets[entry.key] = CodeSet(
                name: entry.key, title: titles[entry.key] ?? entry.key, codes: entry.value, source: "valuesets.csv")
        }
    }

    private static func vaccineGroups(_ rows: [VaccineRow]) -> [String: [String]] {
        var groups: [String: [String]] = [:]
        for row in rows { for group in row.groups { groups[group, default: []].append(row.code) } }
        return groups
    }

    /// The codes of a name: its targets one after the other, those with a minus taken away at the end.
    private func codes(
        of row: NameRow, groups: [String: [String]], row index: Int, problems: inout ProblemList
    ) -> [CodeMatch] {
        var codes: [CodeMatch] = []
        var seen: Set<CodeMatch> = []
        var excluded: Set<CodeMatch> = []
        for target in row.targets {
            let isExcluded = target.hasPrefix("-")
            let parts = (isExcluded ? target.dropFirst() : target[...]).split(separator: ":", maxSplits: 1).map(String.init)
            var found: [CodeMatch] = []
            if parts.count == 2, parts[0] == "VS" {
                found = valueSets["VS:" + parts[1]]?.codes ?? []
            } else if parts.count == 2, parts[0] == "GROUP" {
                found = (groups[parts[1]] ?? []).map { CodeMatch(system: .cvx, code: $0) }
            } else if parts.count == 2, let system = SystemNames.system(parts[0]) {
                found = [CodeMatch(system: system, code: parts[1], isPrefix: system == .icd10CM)]
            }
            if found.isEmpty {
                problems.add(.names, index, "targets", "\(target) is no value set and no code that we know")
            }
            for code in found {
                if isExcluded { excluded.insert(code) } else if seen.insert(code).inserted { codes.append(code) }
            }
        }
        return codes.filter { !excluded.contains($0) }
    }

    private mutating func addReactions(_ rows: [ReactionRow], problems: inout ProblemList) {
        var codes: [String: [CodeMatch]] = [:]
        for (index, row) in rows.enumerated() {
            guard let system = SystemNames.system(row.system) else {
                problems.add(.reactions, index, "system", "no code system is called \(row.system)")
                continue
            }
            codes[row.name, default: []].append(
                CodeMatch(system: system, code: row.code, isPrefix: system == .icd10CM))
        }
        for (name, codes) in codes {
            let title = String(name.map { $0 == "-" ? " " : $0 })
            sets[.reaction]?[name] = CodeSet(name: name, title: title, codes: codes, source: "reactions.csv")
        }
    }

    /// Every vaccine can be named by its code: `cvx-08`.
    private mutating func addVaccines(_ rows: [VaccineRow]) {
        for row in rows {
            sets[.vaccine]?["cvx-" + row.code] = CodeSet(
                name: "cvx-" + row.code, title: row.name, codes: [CodeMatch(system: .cvx, code: row.code)], source: "cvx.csv")
        }
    }
}
