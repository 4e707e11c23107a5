import Clinical

/// What a name of rules stands for where it is no ingredient: the members of a class, the codes of a test or a problem, with their source.
public struct NamePortrait: Sendable, Hashable {
    /// `problem`, `class`, `lab` …
    public var kind: String
    public var name: String
    public var title: String
    public var source: String
    /// What is in it: ingredients, or codes with their system.
    public var members: [String]
    /// What else is told of it, such as the unit of a lab.
    public var notes: [String]

    /// The portrait as plain text.
    ///
    /// - Parameter limit: how many members to list; the rest is counted.
    public func text(listing limit: Int = 20) -> String {
        var lines = ["\(name)  \(kind): \(title)" + (source.isEmpty ? "" : "  [\(source)]")]
        lines += notes.map { "  \($0)" }
        lines += members.prefix(limit).map { "  \($0)" }
        if members.count > limit { lines.append("  and \(members.count - limit) more; --all lists them") }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension NameKind {
    /// The word of messages for one of them.
    public var word: String {
        switch self {
        case .drug: "drug"
        case .drugClass: "class"
        case .problem: "problem"
        case .lab: "lab"
        case .procedure: "procedure"
        case .vaccine: "vaccine"
        case .vaccineGroup: "group of vaccines"
        case .reaction: "reaction"
        case .relation: "relation"
        case .overrideReason: "override reason"
        case .setting: "setting"
        case .orderable: "orderable"
        case .route: "route"
        }
    }

    /// The word for many of them, as a section of `sets.yaml` has it where there is one: `problems`.
    public var plural: String {
        switch self {
        case .drugClass: "classes"
        case .vaccineGroup: "vaccine-groups"
        case .overrideReason: "override-reasons"
        default: word + "s"
        }
    }
}

extension KnowledgeBase {
    /// What a name stands for that is no ingredient: one for each kind that has it, since a problem and a reaction may share a name.
    public func descriptions(ofName name: String) -> [NamePortrait] {
        var found: [NamePortrait] = []
        if let own = drugClass(named: name) {
            let members = own.members.map { ingredient($0).name }.sorted()
            found.append(
                NamePortrait(
                    kind: NameKind.drugClass.word, name: own.name, title: own.title, source: own.source, members: members,
                    notes: ["\(members.count) ingredient\(members.count == 1 ? "" : "s")"] + (own.duplicateTherapy ? ["two of them together are two of the same"] : [])))
        }
        if let lab = lab(named: name) {
            let plausible = lab.plausible.map { ["plausible from \($0.lowerBound) to \($0.upperBound)"] } ?? []
            found.append(
                NamePortrait(
                    kind: NameKind.lab.word, name: lab.name, title: lab.title, source: lab.source, members: lab.codes.map(\.words),
                    notes: ["in \(lab.unit.code)"] + plausible))
        }
        for kind in CodeSetKind.allCases {
            guard let set = codeSet(kind, named: name) else { continue }
            found.append(
                NamePortrait(kind: kind.rawValue, name: set.name, title: set.title, source: set.source, members: set.codes.map(\.words), notes: []))
        }
        if let relation = relation(named: name) {
            let groups = relation.groups.map { group in group.map { ingredient($0).name }.joined(separator: ", ") }.sorted()
            found.append(NamePortrait(kind: NameKind.relation.word, name: name, title: relation.title, source: "", members: groups, notes: []))
        }
        return found
    }

    /// What is sold under a brand, by the products of RxNorm; nothing for a name that is no brand.
    ///
    /// A brand with several compositions gives the ingredients of all of them. For messages: it looks at every product.
    public func ingredients(ofBrand name: String) -> [IngredientID] {
        let wanted = name.lowercased()
        guard !wanted.isEmpty else { return [] }
        let sets = Set(drugs.products.lazy.filter { $0.brand.lowercased() == wanted }.map(\.ingredientSet))
        return Set(sets.flatMap { drugs.sets[$0] }).sorted()
    }

    /// `` `Zanaflex` is a brand of tizanidine ``; nothing for a name that is no brand.
    public func brandSentence(_ name: String) -> String? {
        let names = ingredients(ofBrand: name).map { "`\(ingredient($0).name)`" }
        guard let last = names.last else { return nil }
        return "`\(name)` is a brand of " + (names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " : "") + last
    }
}

extension CodeMatch {
    /// `ICD10CM E11 and below`
    fileprivate var words: String {
        "\(SystemNames.name(of: system) ?? "\(system)") \(code)" + (isPrefix ? " and below" : "")
    }
}
