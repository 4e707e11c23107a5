import Clinical
import Documents

extension MessageConverter {
    private static let clinical = "http://terminology.hl7.org/CodeSystem/condition-clinical"
    private static let verification = "http://terminology.hl7.org/CodeSystem/condition-ver-status"

    /// DG1: a diagnosis of a visit or an order.
    ///
    /// - Source: map of DG1 to Condition; tables 0052 and 0206.
    mutating func readDiagnosis(_ diagnosis: HL7Segment) {
        let isDeleted = diagnosis.text(21)?.uppercased() == "D"
        // Before HL7 v2.3.1 the coding system stood in a field of its own.
        let system = diagnosis.text(2).flatMap { CodingSystems.uri(named: $0) }
        var code = concept(diagnosis[3], diagnosis, 3, system: system)
        if let words = diagnosis.text(4) { code = code ?? .object([]); code?["text"] = .string(words) }
        guard let code else { return note(diagnosis, 3, "it does not say which diagnosis; left out") }
        if isDeleted { note(diagnosis, 21, "deleted by the sender; not counted") }
        let verification: String? = isDeleted ? "entered-in-error" : diagnosis.text(6)?.uppercased() == "W" ? "provisional" : nil
        add(
            "Condition", id: id("Condition", diagnosis[20].component(1).text), .conditions,
            [
                ("verificationStatus", .concept(Self.verification, verification)),
                ("category", Self.category("encounter-diagnosis")), ("code", code), ("subject", subject),
                ("onsetDateTime", date(diagnosis, 5)), ("recordedDate", date(diagnosis, 19)),
            ])
    }

    /// PRB: a problem of the list, and what became of it.
    ///
    /// - Source: map of PRB to Condition; table 0287 (PRB-1). PRB-13 and PRB-14 have tables of the site's own: the words of FHIR's
    ///   statuses are understood, others are noted, and the problem counts as active.
    mutating func readProblem(_ problem: HL7Segment) {
        guard let code = concept(problem, 3) else { return note(problem, 3, "it does not say which problem; left out") }
        let isDeleted = problem.text(1)?.uppercased() == "DE"
        if isDeleted { note(problem, 1, "deleted by the sender; not counted") }
        var clinical: String?, verification: String? = isDeleted ? "entered-in-error" : nil
        for field in [13, 14] {
            guard let word = (problem[field].component(1).text ?? problem[field].component(2).text)?.lowercased() else { continue }
            if ["active", "recurrence", "relapse", "inactive", "remission", "resolved"].contains(word) {
                clinical = word
            } else if ["unconfirmed", "provisional", "differential", "confirmed", "refuted"].contains(word) {
                verification = verification ?? word
            } else {
                note(problem, field, "a status of the sender's own; not understood")
            }
        }
        add(
            "Condition", id: id("Condition", problem[4].component(1).text), .conditions,
            [
                ("clinicalStatus", .concept(Self.clinical, isDeleted ? nil : clinical)),
                ("verificationStatus", .concept(Self.verification, verification)),
                ("category", Self.category("problem-list-item")), ("code", code), ("subject", subject),
                ("onsetDateTime", date(problem, 16)), ("abatementDateTime", date(problem, 9)), ("recordedDate", date(problem, 7)),
            ])
    }

    private static func category(_ code: String) -> JSONValue? {
        .concept("http://terminology.hl7.org/CodeSystem/condition-category", code).map { .array([$0]) }
    }

    /// PR1: a procedure. Whether it was done or is planned the segment does not say; it counts as neither.
    ///
    /// - Source: map of PR1 to Procedure.
    mutating func readProcedure(_ procedure: HL7Segment) {
        let system = procedure.text(2).flatMap { CodingSystems.uri(named: $0) }
        var code = concept(procedure[3], procedure, 3, system: system)
        if let words = procedure.text(4) { code = code ?? .object([]); code?["text"] = .string(words) }
        guard let code else { return note(procedure, 3, "it does not say which procedure; left out") }
        let isDeleted = procedure.text(20)?.uppercased() == "D"
        note(procedure, nil, isDeleted ? "deleted by the sender; not counted" : "whether it was done is not said; not counted as done")
        add(
            "Procedure", id: id("Procedure", procedure[19].component(1).text), .procedures,
            [
                ("status", .string(isDeleted ? "entered-in-error" : "unknown")), ("code", code), ("subject", subject),
                ("performedDateTime", date(procedure, 5)),
            ])
    }
}
