import Clinical

/// Entries of one kind, sorted into the code sets of a plan.
struct EntriesBySet {
    /// The numbers of the entries of all sets, those of one set side by side and rising.
    private var numbers: [Int] = []
    /// Where the entries of each set begin in `numbers`, and after the last set its end; empty where there are no entries.
    private var starts: [Int] = []

    /// - Complexity: one look-up for each code, and a step for each set of the plan.
    init(_ concepts: [CodeableConcept], _ index: CodeSetIndex) {
        guard !concepts.isEmpty else { return }
        var met: [(set: Int, number: Int)] = []
        met.reserveCapacity(concepts.count * 2)
        starts = Array(repeating: 0, count: index.count + 1)
        for (number, concept) in concepts.enumerated() {
            let first = met.count
            for coding in concept.codings {
                index.forEachSet(holding: coding) { set in
                    let set = Int(set.index)
                    // Two codes of one concept may stand in one set.
                    guard !met[first...].contains(where: { $0.set == set }) else { return }
                    met.append((set, number))
                    starts[set + 1] += 1
                }
            }
        }
        for set in 0..<index.count { starts[set + 1] += starts[set] }
        var free = starts
        numbers = Array(repeating: 0, count: met.count)
        for (set, number) in met {
            numbers[free[set]] = number
            free[set] += 1
        }
    }

    /// The sets that hold any entry.
    var sets: [CodeSetID] {
        starts.indices.dropLast().filter { starts[$0] < starts[$0 + 1] }.map { CodeSetID(index: Int32($0)) }
    }

    /// The numbers of the entries in a set, rising.
    subscript(set: CodeSetID) -> ArraySlice<Int> {
        starts.isEmpty ? [] : numbers[starts[Int(set.index)]..<starts[Int(set.index) + 1]]
    }
}
