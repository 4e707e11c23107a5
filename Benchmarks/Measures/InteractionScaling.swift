import Clinical
import Engine
import Knowledge
import KnowledgeStore

/// What a hundred thousand interaction pairs cost, at the start and at each check.
struct InteractionScaling {
    let inputs: BenchmarkInputs
    let options: BenchmarkInputOptions
    let effort: Effort

    func measure() throws -> [Figure] {
        let small = SyntheticInteractions(pairs: 1_000)
        let large = SyntheticInteractions(pairs: 100_000)
        let few = try KnowledgeBase(small.tables)
        let many = try KnowledgeBase(large.tables)
        let loads = try Contest(effort: effort).run([{ consume(try KnowledgeBase(large.tables)) }])
        let checked = [(few, drugs(of: few)), (many, drugs(of: many))]
        let checks = try Contest(effort: effort).run(checked.map { base, drugs in { consume(Self.check(drugs, in: base)) } })
        let opening = try Contest(effort: .once).run([{ consume(try KnowledgeStore.open(options.knowledge)) }])
        return [
            Figure(
                "opening the knowledge file, \(inputs.knowledge.interactionPairCount) pairs", opening[0].median.duration),
            Figure("indexing \(many.interactionPairCount) pairs", nanoseconds: loads[0].median, atMost: 1e9),
            Figure("13 drugs among 1,000 pairs", checks[0].median.duration),
            Figure(
                "13 drugs, 100,000 pairs to 1,000", ratio: checks[1].median / checks[0].median, atMost: 1.5,
                note: checks[1].median.duration),
        ]
    }

    /// Thirteen drugs of whom some interact, the same in both.
    private func drugs(of base: KnowledgeBase) -> [IngredientID] {
        (0..<13).compactMap { base.ingredient(rxcui: SyntheticInteractions.code(of: $0)) }
    }

    /// Every pair of a medication list, as a check asks for them.
    private static func check(_ drugs: [IngredientID], in base: KnowledgeBase) -> Int {
        var found = 0
        for (index, first) in drugs.enumerated() {
            for second in drugs[(index + 1)...] where base.interaction(first, second) != nil { found += 1 }
        }
        return found
    }
}

/// Invented ingredients and pairs of them.
struct SyntheticInteractions {
    let tables: KnowledgeTables

    init(pairs count: Int) {
        var tables = KnowledgeTables(version: KnowledgeVersion(name: "measure"))
        let ingredients = max(60, count / 20)
        tables.ingredients = (0..<ingredients).map { IngredientRow(rxcui: Self.code(of: $0), name: "ingredient \($0)") }
        var rows: [PublicPairRow] = []
        rows.reserveCapacity(count)
        var distance = 1
        while rows.count < count && distance < ingredients {
            for first in 0..<(ingredients - distance) where rows.count < count {
                rows.append(Self.pair(first, first + distance))
            }
            distance += 1
        }
        tables.publicPairs = rows
        self.tables = tables
    }

    /// The code of an invented ingredient.
    static func code(of index: Int) -> Int { 9_000_000 + index }

    private static func pair(_ first: Int, _ second: Int) -> PublicPairRow {
        PublicPairRow(
            id: "M-\(first)-\(second)", a: code(of: first), b: code(of: second), aName: "ingredient \(first)",
            bName: "ingredient \(second)", severity: .major, source: "invented")
    }
}
