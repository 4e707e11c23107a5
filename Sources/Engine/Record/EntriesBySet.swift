import Clinical

/// Entries of one kind, sorted into the code sets of a plan.
struct EntriesBySet {
    /// The sets that hold any entry, in the order in which they were met.
    private(set) var sets: [CodeSetID] = []
    private var numbers: [[Int]]

    /// - Complexity: one look-up for each code, and a list for each set of the plan.
    init(_ concepts: [CodeableConcept], _ index: CodeSetIndex) {
        numbers = Array(repeating: [], count: concepts.isEmpty ? 0 : index.count)
        for (number, concept) in concepts.enumerated() {
            for coding in concept.codings {
                index.forEachSet(holding: coding) { add(number, to: $0) }
            }
        }
    }

    private mutating func add(_ number: Int, to set: CodeSetID) {
        let place = Int(set.index)
        guard numbers[place].last != number else { return }
        if numbers[place].isEmpty { sets.append(set) }
        numbers[place].append(number)
    }

    /// The numbers of the entries in a set, rising.
    subscript(set: CodeSetID) -> [Int] { numbers.isEmpty ? [] : numbers[Int(set.index)] }
}
