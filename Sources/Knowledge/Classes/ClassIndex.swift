/// Classes by their identifiers and by the names that rules write.
struct ClassIndex: Sendable {
    /// In the order of the table, closed under the class graph.
    let classes: [DrugClass]
    /// `CDS:ppi`, in the order of the table.
    let identifiers: [String]
    private let rowByIdentifier: [String: Int]
    /// Names of our own, computed from other classes.
    private(set) var named: [String: DrugClass] = [:]
    /// Names that rules may write, ascending.
    let names: [String]

    init(_ tables: KnowledgeTables, drugs: DrugIndex, problems: inout ProblemList) {
        var rows: [String: Int] = Dictionary(minimumCapacity: tables.classes.count)
        for (index, row) in tables.classes.enumerated() {
            if rows.updateValue(index, forKey: row.id) != nil {
                problems.add(.classes, index, "class_id", "the class \(row.id) is here twice")
            }
        }
        var direct = [[IngredientID]](repeating: [], count: tables.classes.count)
        for (index, row) in tables.classMembers.enumerated() {
            guard let target = rows[row.classID] else {
                problems.add(
                    .classMembers, index, "class_id", "no class is called \(row.classID)",
                    help: "add it to classes.csv, or correct the identifier")
                continue
            }
            guard let id = drugs.ingredient(rxcui: row.rxcui) else {
                problems.add(.classMembers, index, "ingredient_rxcui", "no ingredient has the RxNorm code \(row.rxcui)")
                continue
            }
            direct[target].append(id)
        }
        let closed = Self.closure(of: direct, rows: rows, parents: tables.classParents)
        rowByIdentifier = rows
        identifiers = tables.classes.map(\.id)
        classes = zip(tables.classes, closed).map { row, members in
            DrugClass(
                name: Self.name(of: row.id), title: row.name, members: members, source: row.source,
                duplicateTherapy: row.duplicateTherapy)
        }
        let aliases = tables.names.filter { $0.kind == "class" }.map(\.name)
        names = Array(Set(aliases + identifiers.filter { $0.hasPrefix("CDS:") }.map { Self.name(of: $0) })).sorted()
        nameClasses(tables, drugs: drugs, problems: &problems)
    }

    /// By a rule's name, by identifier, or by the name of one of our own classes: `beta-blocker` is `CDS:beta_blocker`.
    func find(_ name: String) -> DrugClass? {
        if let own = named[name] { return own }
        if let row = rowByIdentifier[name] { return classes[row] }
        let plain = "CDS:" + String(name.map { $0 == "-" ? "_" : $0 })
        return rowByIdentifier[plain].map { classes[$0] }
    }

    func row(of identifier: String) -> Int? { rowByIdentifier[identifier] }

    private static func name(of identifier: String) -> String {
        identifier.hasPrefix("CDS:") ? String(identifier.dropFirst(4).map { $0 == "_" ? "-" : $0 }) : identifier
    }

    /// Members of the classes below a class are its members. A circle in the graph ends where it began.
    private static func closure(
        of direct: [[IngredientID]], rows: [String: Int], parents: [ClassParentRow]
    ) -> [[IngredientID]] {
        // Classes without members of their own may still join two that have them, so the whole graph is walked.
        var nodes = rows
        for edge in parents {
            if nodes[edge.classID] == nil { nodes[edge.classID] = nodes.count }
            if nodes[edge.parentID] == nil { nodes[edge.parentID] = nodes.count }
        }
        var children = [[Int]](repeating: [], count: nodes.count)
        for edge in parents {
            if let child = nodes[edge.classID], let parent = nodes[edge.parentID] { children[parent].append(child) }
        }
        return direct.indices.map { top in
            guard !children[top].isEmpty else { return Set(direct[top]).sorted() }
            var members = Set(direct[top])
            var seen: Set<Int> = [top]
            var open = children[top]
            while let node = open.popLast() {
                guard seen.insert(node).inserted else { continue }
                if node < direct.count { members.formUnion(direct[node]) }
                open.append(contentsOf: children[node])
            }
            return members.sorted()
        }
    }

    private mutating func nameClasses(_ tables: KnowledgeTables, drugs: DrugIndex, problems: inout ProblemList) {
        let levels = Dictionary(grouping: tables.facts.lazy.filter { $0.kind == .qt }.map { ("QT:" + $0.level, $0) }, by: \.0)
            .merging(Dictionary(grouping: tables.facts.lazy.filter { $0.kind == .anticholinergic }.map { ("ACB:" + $0.level, $0) }, by: \.0)) { $1 }
        for (index, row) in tables.names.enumerated() where row.kind == "class" {
            var members: Set<IngredientID> = []
            var parts: [DrugClass] = []
            for target in row.targets {
                let isExcluded = target.hasPrefix("-")
                let key = isExcluded ? String(target.dropFirst()) : target
                let found: [IngredientID]
                if let facts = levels[key] {
                    found = facts.compactMap { drugs.ingredient(of: $0.1.subject) }
                } else if let row = rowByIdentifier[key] {
                    parts.append(classes[row])
                    found = classes[row].members
                } else {
                    problems.add(.names, index, "targets", "no class is called \(key)")
                    continue
                }
                if isExcluded { members.subtract(found) } else { members.formUnion(found) }
            }
            named[row.name] = DrugClass(
                name: row.name, title: row.title, members: members.sorted(), source: row.source,
                duplicateTherapy: !parts.isEmpty && parts.allSatisfy(\.duplicateTherapy))
        }
    }
}
