import Documents
import Knowledge

/// The tables with what checks ask of them worked out once.
struct LintContext {
    let directory: String
    let tables: KnowledgeTables
    let documents: [KnowledgeTable: CSVTable]
    let base: KnowledgeBase
    /// The year of the tables, for the age of sources.
    let year: Int
    /// From a code to the base it stands for.
    let baseOf: [Int: Int]
    let nameOf: [Int: String]
    let codeOf: [String: Int]
    /// Members of each class by base codes, without those of classes below.
    let members: [String: Set<Int>]
    let sides: [(a: Set<Int>, b: Set<Int>)]
    /// Rules of each pair of bases, by their places in the table.
    let rulesOfPair: [Pair: [Int]]

    /// Two ingredients, the smaller code first.
    struct Pair: Hashable {
        let a: Int
        let b: Int

        init(_ one: Int, _ other: Int) {
            a = min(one, other)
            b = max(one, other)
        }
    }

    init(_ directory: String, year: Int?) throws(KnowledgeStoreError) {
        let folder = try TableFolder(directory)
        self.directory = directory
        tables = folder.tables
        documents = folder.documents
        let base: KnowledgeBase
        do {
            base = try KnowledgeBase(folder.tables)
        } catch {
            throw folder.failure(error)
        }
        self.base = base
        self.year = year ?? Int(folder.tables.version.name.prefix(4)) ?? 0
        var bases: [Int: Int] = [:]
        var names: [Int: String] = [:]
        var codes: [String: Int] = [:]
        for row in tables.ingredients {
            let found = base.ingredient(rxcui: row.rxcui).map { base.ingredient($0).rxcui } ?? row.rxcui
            bases[row.rxcui] = found
            names[row.rxcui] = row.name
            if row.base == nil || codes[row.name.lowercased()] == nil { codes[row.name.lowercased()] = found }
        }
        baseOf = bases
        nameOf = names
        codeOf = codes
        var members: [String: Set<Int>] = [:]
        for row in tables.classMembers { members[row.classID, default: []].insert(bases[row.rxcui] ?? row.rxcui) }
        self.members = members
        func side(_ reference: SubstanceReference) -> Set<Int> {
            switch reference {
            case .ingredient(let code): [bases[code] ?? code]
            case .drugClass(let id): Set((base.drugClass(named: id)?.members ?? []).map { base.ingredient($0).rxcui })
            case .other: []
            }
        }
        let sides = tables.interactionRules.map { (a: side($0.a), b: side($0.b)) }
        self.sides = sides
        var rules: [Pair: [Int]] = [:]
        for (index, side) in sides.enumerated() {
            var seen: Set<Pair> = []
            for one in side.a {
                for other in side.b where one != other && seen.insert(Pair(one, other)).inserted {
                    rules[Pair(one, other), default: []].append(index)
                }
            }
        }
        rulesOfPair = rules
    }

    func name(_ code: Int) -> String { nameOf[code] ?? String(code) }

    func file(_ table: KnowledgeTable) -> String { documents[table]?.name ?? "\(directory)/\(table.rawValue).csv" }

    func line(_ table: KnowledgeTable, _ row: Int) -> Int { documents[table]?.line(of: row) ?? 0 }

    /// The severity that speaks for a pair; `nil` where none is known.
    func severity(_ one: Int, _ other: Int) -> Severity? {
        guard let a = base.ingredient(rxcui: one), let b = base.ingredient(rxcui: other) else { return nil }
        return base.interaction(a, b)?.severity
    }

    /// How many classes a rule names: 0 to 2; less is more specific.
    func classCount(_ rule: Int) -> Int {
        let row = tables.interactionRules[rule]
        return [row.a, row.b].count { if case .drugClass = $0 { true } else { false } }
    }
}
