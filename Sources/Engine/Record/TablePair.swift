import Knowledge

/// Two drugs of the patient that the interaction table knows as a pair.
struct TablePair {
    let first: DrugPresence
    let second: DrugPresence
    let interaction: Interaction

    /// Every such pair of which at least one drug is ordered.
    static func all(in record: PatientRecord) -> [TablePair] {
        let drugs = record.allPresences
        guard drugs.contains(where: \.isOrdered) else { return [] }
        var pairs: [TablePair] = []
        for (number, one) in drugs.enumerated() {
            for other in drugs[(number + 1)...] where one.isOrdered || other.isOrdered {
                guard let interaction = record.knowledge.interaction(one.ingredient, other.ingredient), one.meets(other)
                else { continue }
                pairs.append(TablePair(first: one, second: other, interaction: interaction))
            }
        }
        return pairs
    }
}
