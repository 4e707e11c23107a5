import Clinical

/// Entries of one kind, sorted into the sets of a plan.
struct EntriesBySet {
    /// The numbers of the entries of all sets, those of one set side by side and rising.
    private var numbers: [Int] = []
    /// Where the entries of each set begin in `numbers`, and after the last set its end; empty where there are no entries.
    private var starts: [Int] = []

    /// The concepts in the code sets that hold them.
    ///
    /// - Complexity: one look-up for each code, and a step for each set of the plan.
    init(_ concepts: some Collection<CodeableConcept>, _ index: CodeSetIndex) {
        var met: [(set: Int, number: Int)] = []
        met.reserveCapacity(concepts.count * 2)
        for (number, concept) in concepts.enumerated() {
            let first = met.count
            for coding in concept.codings {
                index.forEachSet(holding: coding) { set in
                    let set = Int(set.index)
                    // Two codes of one concept may stand in one set.
                    guard !met[first...].contains(where: { $0.set == set }) else { return }
                    met.append((set, number))
                }
            }
        }
        self.init(met, sets: index.count)
    }

    /// The exposures in the drug sets that hold their ingredients.
    init(_ exposures: [Exposure], _ index: DrugSetIndex) {
        var met: [(set: Int, number: Int)] = []
        met.reserveCapacity(exposures.count * 16)
        for (number, exposure) in exposures.enumerated() {
            for set in index.sets(holding: exposure.ingredient) { met.append((Int(set), number)) }
        }
        self.init(met, sets: index.count)
    }

    /// - Parameter met: sets and the numbers of entries that they hold, by rising number.
    private init(_ met: [(set: Int, number: Int)], sets: Int) {
        guard !met.isEmpty else { return }
        starts = Array(repeating: 0, count: sets + 1)
        for (set, _) in met { starts[set] += 1 }
        // First the ends of the sets, which become their beginnings as they are filled from the last entry to the first.
        for set in 1...sets { starts[set] += starts[set - 1] }
        numbers = Array(repeating: 0, count: met.count)
        for (set, number) in met.reversed() {
            starts[set] -= 1
            numbers[starts[set]] = number
        }
    }

    /// The sets that hold any entry, by index.
    var sets: [Int32] {
        starts.indices.dropLast().filter { starts[$0] < starts[$0 + 1] }.map { Int32($0) }
    }

    /// The numbers of the entries in a set, rising.
    subscript(set: CodeSetID) -> ArraySlice<Int> { entries(of: set.index) }

    /// The numbers of the exposures in a set, rising.
    subscript(set: DrugSetID) -> ArraySlice<Int> { entries(of: set.index) }

    private func entries(of set: Int32) -> ArraySlice<Int> {
        starts.isEmpty ? [] : numbers[starts[Int(set)]..<starts[Int(set) + 1]]
    }
}
