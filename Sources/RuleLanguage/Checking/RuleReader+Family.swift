import Clinical
import Documents
import Engine
import Knowledge

extension RuleReader {
    /// `family_history: DISEASES`, perhaps of the nearest relatives only, perhaps only what began early.
    func readFamilyHistory(_ value: YAMLNode, _ reader: MapReader) -> FactDefinition? {
        needs.sections.insert(.familyHistory)
        let relation = reader.take("relation")
        let onset = reader.take("onset_before")
        var isOfFirstDegree = false
        if let relation {
            guard let word = word(relation, "relation", among: [("any", false), ("first-degree", true)]) else { return nil }
            isOfFirstDegree = word
        }
        var age: Int?
        if let onset {
            guard let span = span(onset, "`onset_before`") else { return nil }
            guard span.unit == .years, span.amount > 0 else {
                report("V113", "the age at which a relative fell ill is known in years", at: onset.range, help: ["write `60 y`"])
                return nil
            }
            age = span.amount
        }
        return codeSets(.problem, value).map {
            .familyHistory(FamilyQuery(diseases: $0, isOfFirstDegree: isOfFirstDegree, onsetBefore: age))
        }
    }
}
