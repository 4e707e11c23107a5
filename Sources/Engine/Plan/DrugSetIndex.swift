import Knowledge

/// Which drug sets an ingredient is in: one flat array, cut by ingredient.
struct DrugSetIndex: Sendable {
    private let starts: [Int32]
    private let sets: [Int32]
    let count: Int

    /// - Complexity: O(members of all sets).
    init(_ drugSets: [[IngredientID]]) {
        let largest = drugSets.lazy.compactMap { $0.last?.index }.max() ?? -1
        var counts = [Int32](repeating: 0, count: Int(largest) + 2)
        for set in drugSets {
            for member in set { counts[Int(member.index) + 1] += 1 }
        }
        for index in counts.indices.dropFirst() { counts[index] += counts[index - 1] }
        var flat = [Int32](repeating: 0, count: Int(counts.last ?? 0))
        var next = counts
        for (number, set) in drugSets.enumerated() {
            for member in set {
                flat[Int(next[Int(member.index)])] = Int32(number)
                next[Int(member.index)] += 1
            }
        }
        starts = counts
        sets = flat
        count = drugSets.count
    }

    /// The sets that hold an ingredient, in rising order.
    func sets(holding ingredient: IngredientID) -> ArraySlice<Int32> {
        let index = Int(ingredient.index)
        guard index >= 0, index + 1 < starts.count else { return [] }
        return sets[Int(starts[index])..<Int(starts[index + 1])]
    }
}
