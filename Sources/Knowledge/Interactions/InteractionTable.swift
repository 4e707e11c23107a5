/// Every pair of ingredients with a known interaction, and the rule that speaks for it.
///
/// Of several rules for one pair the most specific wins (two ingredients, then one, then two classes), then the
/// more severe, then the one whose id comes first. A pair of the public list counts where no curated rule does.
struct InteractionTable: Sendable {
    /// Curated rules, then public pairs, in the order of their tables.
    let entries: [Interaction]
    private let pairs: IntegerTable
    /// What the hospital imported.
    let layers: InteractionLayerIndex

    /// Pairs of our own tables, without those of imported layers.
    var count: Int { pairs.count }

    init(_ tables: KnowledgeTables, drugs: DrugIndex, classes: ClassIndex, problems: inout ProblemList) {
        entries =
            tables.interactionRules.map { Interaction(facts: .init($0, layer: .curated)) }
            + tables.publicPairs.map { Interaction(facts: .init(.init($0), layer: .public)) }
        if let built = tables.pairs {
            pairs = Self.read(built, entries: entries.count, drugs: drugs, problems: &problems)
        } else {
            pairs = Self.expand(tables, drugs: drugs, classes: classes, problems: &problems)
        }
        layers = InteractionLayerIndex(tables.layers, drugs: drugs)
    }

    /// - Complexity: O(1), about 15 ns; with imported layers O(log of a drug's partners) for each.
    func interaction(_ a: IngredientID, _ b: IngredientID) -> Interaction? {
        let own = own(a, b)
        return layers.isEmpty ? own : layers.speaker(a, b, over: own)
    }

    /// What each source says of the pair: imported layers by rank, then our own tables.
    func opinions(_ a: IngredientID, _ b: IngredientID) -> [Interaction] {
        layers.statements(a, b) + (own(a, b).map { [$0] } ?? [])
    }

    private func own(_ a: IngredientID, _ b: IngredientID) -> Interaction? {
        pairs.value(for: Self.key(a, b)).map { entries[Int($0)] }
    }

    /// The expanded pairs by RxNorm codes, in ascending order of ingredients: what a built file keeps.
    func rows(_ drugs: DrugIndex) -> [PairRow] {
        pairs.sorted.map { key, entry in
            PairRow(
                a: drugs.ingredients[Int(key >> 32)].rxcui, b: drugs.ingredients[Int(key & 0xFFFF_FFFF)].rxcui,
                entry: Int(entry))
        }
    }

    /// Every pair of every source by RxNorm codes, ascending, each once.
    func keys(_ drugs: DrugIndex) -> [UInt64] {
        var keys = rows(drugs).map { UInt64(min($0.a, $0.b)) << 32 | UInt64(max($0.a, $0.b)) }
        layers.forEachPair { keys.append(UInt64($0) << 32 | UInt64($1)) }
        keys.sort()
        var last: UInt64?
        keys.removeAll { key in
            defer { last = key }
            return key == last
        }
        return keys
    }

    private static func key(_ a: IngredientID, _ b: IngredientID) -> UInt64 {
        let low = UInt64(UInt32(bitPattern: min(a, b).index))
        let high = UInt64(UInt32(bitPattern: max(a, b).index))
        return low << 32 | high
    }

    private static func read(
        _ rows: [PairRow], entries: Int, drugs: DrugIndex, problems: inout ProblemList
    ) -> IntegerTable {
        var pairs = IntegerTable(capacity: rows.count)
        for (index, row) in rows.enumerated() {
            guard (0..<entries).contains(row.entry), let a = drugs.ingredient(rxcui: row.a), let b = drugs.ingredient(rxcui: row.b)
            else {
                problems.add(.interactions, index, "pair", "the built pair \(row.a) and \(row.b) leads nowhere")
                continue
            }
            pairs.insert(key(a, b), UInt32(row.entry))
        }
        return pairs
    }

    private static func expand(
        _ tables: KnowledgeTables, drugs: DrugIndex, classes: ClassIndex, problems: inout ProblemList
    ) -> IntegerTable {
        var rules: [(index: Int, a: [IngredientID], b: [IngredientID], isClass: Int)] = []
        for (index, row) in tables.interactionRules.enumerated() {
            let a = members(of: row.a, "a_id", index, drugs, classes, &problems)
            let b = members(of: row.b, "b_id", index, drugs, classes, &problems)
            rules.append((index, a, b, row.a.classCount + row.b.classCount))
        }
        let rows = tables.interactionRules
        rules.sort {
            ($0.isClass, -rows[$0.index].severity.rank, rows[$0.index].id) < ($1.isClass, -rows[$1.index].severity.rank, rows[$1.index].id)
        }
        var pairs = IntegerTable(capacity: 32_768)
        for rule in rules {
            for a in rule.a {
                for b in rule.b where a != b { pairs.insert(key(a, b), UInt32(rule.index)) }
            }
        }
        for (index, row) in tables.publicPairs.enumerated() where row.severity != nil {
            guard let a = drugs.ingredient(rxcui: row.a), let b = drugs.ingredient(rxcui: row.b) else {
                problems.add(.interactionPairs, index, "a_rxcui", "no ingredient has the RxNorm code \(row.a) or \(row.b)")
                continue
            }
            if a != b { pairs.insert(key(a, b), UInt32(rows.count + index)) }
        }
        return pairs
    }

    private static func members(
        of side: SubstanceReference, _ column: String, _ row: Int, _ drugs: DrugIndex, _ classes: ClassIndex,
        _ problems: inout ProblemList
    ) -> [IngredientID] {
        switch side {
        case .ingredient(let rxcui):
            if let id = drugs.ingredient(rxcui: rxcui) { return [id] }
            problems.add(.interactions, row, column, "no ingredient has the RxNorm code \(rxcui)")
        case .drugClass(let identifier):
            if let found = classes.row(of: identifier) { return classes.classes[found].members }
            problems.add(
                .interactions, row, column, "no class is called \(identifier)",
                help: "add it to classes.csv, or correct the identifier")
        case .other(let kind, _):
            problems.add(.interactions, row, column, "an interaction needs an ingredient or a class, not \(kind)")
        }
        return []
    }
}

extension SubstanceReference {
    fileprivate var classCount: Int {
        if case .drugClass = self { 1 } else { 0 }
    }
}

extension InteractionRuleRow {
    /// A pair of the public list told as a rule; it has a severity and a source, and nothing else.
    fileprivate init(_ pair: PublicPairRow) {
        self.init(
            id: pair.id, a: .ingredient(pair.a), aName: pair.aName, b: .ingredient(pair.b), bName: pair.bName,
            severity: pair.severity ?? .none, source: pair.source)
    }
}
