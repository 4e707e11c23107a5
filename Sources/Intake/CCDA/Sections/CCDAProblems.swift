import Clinical
import Documents

extension CCDAConverter {
    /// Problems and diagnoses: a concern or a diagnosis with observations in it, or one of these alone.
    ///
    /// - Source: C-CDA R2.1, 2.16.840.1.113883.10.20.22.4.3, 4.4, 4.33, 4.34, 4.80, 4.132; C-CDA on FHIR 2.0.0, problems.
    mutating func problem(_ statement: XMLNode, _ category: String) -> Bool {
        !problems(statement, category).isEmpty
    }

    /// The Conditions that come of a statement.
    mutating func problems(_ statement: XMLNode, _ category: String) -> [JSONValue] {
        if statement.isCDA("observation") { return [condition(statement, concern: nil, category)] }
        guard statement.isCDA("act") else { return [] }
        var found: [JSONValue] = []
        for node in statement.related("observation") where Self.isProblem(node) { found.append(condition(node, concern: statement, category)) }
        // A health concern refers to problems that stand elsewhere, or holds concerns of its own.
        for inner in statement.related("act", by: ["SUBJ", "REFR", "COMP"]) where inner.related("observation").contains(where: Self.isProblem) {
            found += problems(inner, category)
        }
        if found.isEmpty, statement.isNegated || statement.claims("2.16.840.1.113883.10.20.22.4.132") { return [Self.nothing] }
        return found
    }

    /// What was understood, and is no condition: a concern that only points elsewhere, or says that there is none.
    private static let nothing: JSONValue = .null

    private static func isProblem(_ node: XMLNode) -> Bool {
        if node.claims(["2.16.840.1.113883.10.20.22.4.4", "2.16.840.1.113883.10.20.1.28", "1.3.6.1.4.1.19376.1.5.3.1.4.5"]) { return true }
        // Without any template, the subject of the concern is the problem.
        return !node.children.contains { $0.isCDA("templateId") } && node.parent?.attribute("typeCode") == "SUBJ"
            && node.parent?.attribute("inversionInd") != "true" && node.child("value") != nil
    }

    private mutating func condition(_ node: XMLNode, concern: XMLNode?, _ category: String) -> JSONValue {
        let code = concept(node.child("value"), "problem.value", orWordsOf: node.child("text"))
        if code == nil { note("problem.value", "it does not say which problem", at: node) }
        let times = interval(node.child("effectiveTime"), "problem.effectiveTime")
        let recorded = authored(node) ?? concern.flatMap { authored($0) }
        let (clinical, verification) = problemStatus(node, concern, times)
        return add("Condition", [
            ("clinicalStatus", clinical.map { Self.code($0, in: "condition-clinical") }),
            ("verificationStatus", verification.map { Self.code($0, in: "condition-ver-status") }),
            ("category", [Self.code(category, in: "condition-category")]),
            ("code", code), ("bodySite", array(node.children(named: "targetSiteCode").compactMap { concept($0, "problem.targetSiteCode") })),
            ("subject", Self.patient), ("onsetDateTime", times.start.map { .string($0) }),
            ("onsetAge", times.start == nil ? ageAtOnset(node) : nil), ("abatementDateTime", times.high.map { .string($0) }),
            ("recordedDate", recorded.map { .string($0) }),
        ])
    }

    /// Age at onset, SNOMED CT 445518008.
    private mutating func ageAtOnset(_ node: XMLNode) -> JSONValue? {
        quantity(node.related("observation").first { $0.codeWord == "445518008" }?.child("value"), "problem.ageAtOnset")
    }

    /// The status observation goes first, then the end, then the concern that the problem stands in.
    ///
    /// - Source: C-CDA on FHIR 2.0.0, problems; concept maps CF-ProblemStatus and CF-ConditionClinicalStatus; an end of which only
    ///   that it is unknown is told (`high nullFlavor="UNK"`) means resolved.
    private mutating func problemStatus(_ node: XMLNode, _ concern: XMLNode?, _ times: CDAInterval) -> (clinical: String?, verification: String?) {
        if node.statusWord == "nullified" || concern?.statusWord == "nullified" { return (nil, "entered-in-error") }
        if node.isNegated || concern?.isNegated == true { return (nil, "refuted") }
        let verification = node.child("uncertaintyCode") == nil ? "confirmed" : "unconfirmed"
        if let stated = statedStatus(node) {
            if times.highFlavor == "UNK", stated == "active" {
                note("problem.effectiveTime", "an unknown end, though its status is active; counted as active", at: node)
            }
            return (stated, verification)
        }
        // The reader judges by the date.
        if times.high != nil { return (nil, verification) }
        if times.highFlavor == "UNK" { return ("inactive", verification) }
        guard let word = concern?.statusWord, ["completed", "aborted", "suspended"].contains(word) else { return ("active", verification) }
        note("problem.statusCode", "its concern was closed and no status stated; counted as past", at: concern)
        return ("inactive", verification)
    }
}
