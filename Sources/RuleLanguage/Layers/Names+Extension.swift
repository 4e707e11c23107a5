import Clinical
import Documents
import Engine
import Knowledge

extension Names {
    /// Adds the members that a site adds to sets which others defined, those of the knowledge base included.
    ///
    /// Only rules see them: the tables of the knowledge base keep their classes.
    mutating func extend(by extensions: [SetExtension], _ session: CheckSession) {
        for one in extensions {
            if one.section == "classes" { extendClass(one, session) } else { extendCodes(one, session) }
        }
    }

    private mutating func extendClass(_ one: SetExtension, _ session: CheckSession) {
        guard let known = drugClass(one.set) else { return unknown(one, nearest(to: one.set, .drugClass), session) }
        let added = one.add.listOrSelf.compactMap { item -> IngredientID? in
            if let id = item.text.flatMap(drug) { return id }
            session.report(
                "V201", "unknown drug `\(item.text ?? "")`", file: one.ground.file, at: item.range,
                label: nearest(to: item.text ?? "", .drug).map { "did you mean `\($0)`?" })
            return nil
        }
        let new = added.filter { !known.members.contains($0) }
        if new.isEmpty, !added.isEmpty { withoutEffect(one, session) }
        extendedClasses[one.set] = DrugClass(
            name: known.name, title: known.title, members: Array(Set(known.members).union(new)).sorted(), source: known.source,
            duplicateTherapy: known.duplicateTherapy)
    }

    private mutating func extendCodes(_ one: SetExtension, _ session: CheckSession) {
        guard let kind = CodeSetKind.allCases.first(where: { $0.section == one.section }) else { return }
        guard let known = codeSet(kind, one.set) else { return unknown(one, nearest(to: one.set, kind.words.names), session) }
        guard let map = MapReader(one.add, session, file: one.ground.file, what: "`add`") else { return }
        let added = CodeLists.codes(map).filter { !known.codes.contains($0) }
        map.finish()
        if added.isEmpty { withoutEffect(one, session) }
        extendedCodeSets[kind, default: [:]][one.set] = CodeSet(
            name: known.name, title: known.title, codes: known.codes + added, source: known.source)
    }

    private func unknown(_ one: SetExtension, _ near: String?, _ session: CheckSession) {
        session.report(
            "V602", "there is no `\(one.set)` among the \(one.section) to extend", file: one.ground.file, at: one.setRange,
            label: near.map { "did you mean `\($0)`?" })
    }

    private func withoutEffect(_ one: SetExtension, _ session: CheckSession) {
        session.report("V604", .warning, "this changes nothing: `\(one.set)` has it all", file: one.ground.file, at: one.setRange)
    }
}

extension CodeSetKind {
    /// The section of a file of sets: `problems`.
    var section: String { "\(rawValue)s" }
}

/// Codes as files of sets list them, a key for each system.
enum CodeLists {
    private static let systems: [(String, CodeSystem, Bool)] = [
        ("snomed", .snomedCT, false), ("icd10", .icd10CM, true), ("loinc", .loinc, false), ("cpt", .cpt, false),
        ("hcpcs", .hcpcs, false), ("cvx", .cvx, false),
    ]

    static func codes(_ map: MapReader) -> [CodeMatch] {
        systems.flatMap { key, system, isPrefix in
            (map.take(key)?.listOrSelf ?? []).compactMap { item in
                item.text.map { CodeMatch(system: system, code: $0, isPrefix: isPrefix) }
            }
        }
    }
}
