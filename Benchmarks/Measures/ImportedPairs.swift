import Clinical
import Engine
import Knowledge
import KnowledgeStore

/// What five million imported interaction pairs cost each evaluation, beside a thousand.
struct ImportedPairs {
    let inputs: BenchmarkInputs
    let effort: Effort

    func measure() throws -> [Figure] {
        let tables = try KnowledgeTablesReader.read("Knowledge")
        let bases = try [1_000, 5_000_000].map { count in
            var own = tables
            own.layers = [try layer(of: count)]
            return try KnowledgeBase(own)
        }
        let evaluators = try bases.map { try BenchmarkEdition.evaluator(rules: ["Rules"], knowledge: $0) }
        let counts = evaluators.map { $0.evaluate(inputs.snapshot, on: .orderSign, at: BenchmarkInputs.asOf).findings.count }
        guard counts[0] == counts[1] else { throw BenchmarkError("the two evaluations find \(counts) and cannot be compared") }
        let costs = try Contest(effort: effort).run(
            evaluators.map { evaluator in
                { consume(evaluator.evaluate(inputs.snapshot, on: .orderSign, at: BenchmarkInputs.asOf)) }
            })
        return [
            Figure("an evaluation, 1,000 imported pairs", costs[0].median.duration),
            Figure(
                "an evaluation, \(bases[1].importedPairCount) imported pairs to 1,000", ratio: costs[1].median / costs[0].median, atMost: 1.1,
                note: costs[1].median.duration),
        ]
    }

    /// Invented pairs of real ingredients. The patient's drugs have thousands of partners, and none among each other, so that
    /// both evaluations find the same.
    private func layer(of count: Int) throws -> InteractionLayer {
        let taken = Set((inputs.snapshot.medications + inputs.snapshot.orders).flatMap { medication in
            inputs.knowledge.resolve(medication).drug?.ingredients.map { inputs.knowledge.ingredient($0).rxcui } ?? []
        })
        let codes = (0..<inputs.knowledge.ingredientCount).map {
            inputs.knowledge.ingredient(IngredientID(index: Int32($0))).rxcui
        }
        // The patient's first, so that even the small layer speaks of them.
        let order = codes.filter(taken.contains) + codes.filter { !taken.contains($0) }
        var keys: [UInt64] = []
        keys.reserveCapacity(count)
        filling: for second in order.indices {
            for first in 0..<second where !(taken.contains(order[first]) && taken.contains(order[second])) {
                keys.append(UInt64(min(order[first], order[second])) << 32 | UInt64(max(order[first], order[second])))
                if keys.count == count { break filling }
            }
        }
        keys.sort()
        let statements = (0..<1_000).map { number in
            InteractionRuleRow(
                id: "M-\(number)", a: .other(kind: "pair", name: ""), aName: "", b: .other(kind: "pair", name: ""), bName: "",
                severity: .moderate, source: "invented")
        }
        guard let pairs = PackedPairs(keys: keys, statements: keys.indices.map { UInt32($0 % statements.count) }) else {
            throw BenchmarkError("\(count) pairs could not be packed")
        }
        return InteractionLayer(name: "measure", rank: .vendor, statements: statements, pairs: pairs)
    }
}
