import Clinical
import Knowledge

extension PatientRecord {
    /// Whether a result says of the gene what the query asks for; the newest result about the gene decides.
    ///
    /// Without a result about the gene it is not known: nobody must have been tested, and whoever asks is told.
    ///
    /// - Source: HL7 Genomics Reporting IG, "Therapeutic Implication": the effect under LOINC 53040-2, the gene as component
    ///   48018-6 in HGNC codes; single alleles by presence tests of their own.
    func result(of query: GeneQuery) -> FactResult {
        var answers: [(date: PartialDate?, isMet: Bool, reference: ResourceReference)] = []
        var hasWords = false
        func add(_ observation: Observation) {
            guard observation.isEvidence else { return }
            guard case .code(let answer) = observation.value, !answer.isUncoded else {
                hasWords = true
                return
            }
            answers.append((observation.effective?.start, concept(answer, isIn: query.answers), observation.reference))
        }
        for number in query.tests.flatMap({ observationsBySet[$0] }) ?? [] { add(snapshot.observations[number]) }
        if let gene = query.gene {
            let studied = Set(
                observationsBySet[query.studied].map { snapshot.observations[$0] }.filter { observation in
                    if case .code(let named) = observation.value { concept(named, isIn: gene) } else { false }
                }.map(\.reference))
            for number in observationsBySet[query.effect] where studied.contains(snapshot.observations[number].reference) {
                add(snapshot.observations[number])
            }
        }
        guard !answers.isEmpty else {
            let absent = self.absence(in: .observations)
            if hasWords { return .unknown(.uncoded, "the result about the gene is stated in words only, without a code") }
            return absent.reason.map { FactResult(.unknown($0)) } ?? .unknown(.notRecorded, "no result about the gene on record")
        }
        let newest = latest(answers, by: \.date)
        let counting = newest.map { date in answers.filter { $0.date == date } } ?? answers
        return FactResult(
            .truth(Truth(counting.contains(where: \.isMet))), names: counting.contains(where: \.isMet) ? [query.words] : [], date: newest, references: unique(counting.map(\.reference)).sorted())
    }
}
