import Clinical
import Engine
import Knowledge
import Testing

/// Findings as an evaluation would give them.
enum Findings {
    static let draft = ResourceReference(type: "MedicationRequest", id: "draft-1")
    static let current = ResourceReference(type: "MedicationRequest", id: "m1")

    static func heading(_ id: String = "warfarin-nsaid", title: String = "Warfarin with an NSAID", kind: String = "interaction") -> RuleHeading {
        RuleHeading(
            id: id, version: 3, title: title, kind: kind,
            evidence: [Evidence(cite: "Masclee et al. Gastroenterology 2014;147:784-92", grade: "moderate")], approvedBy: "nobody yet")
    }

    static func interaction(
        rule: RuleHeading = heading(), severity: Severity = .major, summary: String = "warfarin with ibuprofen raises the risk of GI bleeding",
        detail: String = "Substantially higher risk of upper GI bleeding.", orders: [ResourceReference] = [draft],
        suggestions: [SuggestedChange] = [], participants: [Participant]? = nil, key: String = "warfarin-nsaid/11289/5640"
    ) -> Finding {
        Finding(
            rule: rule, grade: "high-risk", severity: severity, summary: summary, detail: detail,
            elements: AlertElements(
                consequence: "Gastrointestinal bleeding", mechanism: "Platelet inhibition and mucosal injury",
                management: "Substantially higher risk of upper GI bleeding"),
            participants: participants ?? [
                Participant(role: "anticoagulant", name: "warfarin", isOrdered: false, reference: current, rxcui: 11289),
                Participant(role: "nsaid", name: "ibuprofen", isOrdered: true, reference: draft, rxcui: 5640),
            ],
            orders: orders, suggestions: suggestions, overrideReasons: [],
            unknown: [UnknownFact(name: "potassium", reason: UnknownReason(.notInWindow, "no result in 90 days"), missing: "not measured in 90 days")],
            facts: [FactValue(name: "platelet_count", text: "98 10*9/L (2026-01-10)", references: [])], key: key)
    }

    static func gap(_ kind: GapState.Kind = .overdue) -> Finding {
        Finding(
            rule: heading("hba1c-overdue", title: "HbA1c in diabetes", kind: "care-gap"), grade: kind.rawValue, severity: .minor,
            summary: "HbA1c is overdue", detail: "", suggestions: [],
            gap: GapState(kind: kind, due: CivilDate("2025-12-01"), last: CivilDate("2025-06-01")), key: "hba1c-overdue")
    }

    static func evaluation(_ findings: [Finding], notChecked: [NotChecked] = []) -> Evaluation {
        Evaluation(findings: findings, notChecked: notChecked, rulesConsidered: findings.count)
    }
}

extension Findings {
    /// An allergy that meets an order, in an author's words.
    static func allergy(_ allergy: AllergyIntolerance, _ order: Medication) -> Finding {
        let allergen = allergy.code.label ?? "", drug = order.code.label ?? ""
        return Finding(
            rule: heading("drug-allergy", title: "Ordered drug is what the patient is allergic to", kind: "allergy"), grade: "recorded",
            severity: .major, summary: "Allergy to \(allergen) is on record - \(drug) ordered",
            detail: "The patient reacted to it before.\nThe ordered drug is the same substance.",
            participants: [
                Participant(role: "allergen", name: allergen, isOrdered: false, reference: allergy.reference, rxcui: nil),
                Participant(role: "drug", name: drug, isOrdered: true, reference: order.reference, rxcui: nil),
            ],
            orders: [order.reference], suggestions: [stop(order)], key: "drug-allergy;allergen=\(allergen);drug=\(drug)")
    }

    /// A problem that an ordered drug makes worse.
    static func problem(_ problem: Condition, _ order: Medication) -> Finding {
        let drug = order.code.label ?? ""
        return Finding(
            rule: heading("beta-blocker-asthma", title: "Beta blocker in asthma", kind: "drug-patient"), grade: "asthma",
            severity: .major, summary: "\(drug) can provoke bronchospasm in asthma", detail: "Prefer a cardioselective drug.",
            participants: [Participant(role: "blocker", name: drug, isOrdered: true, reference: order.reference, rxcui: nil)],
            orders: [order.reference], suggestions: [stop(order)], key: "beta-blocker-asthma;blocker=\(drug)")
    }

    private static func stop(_ order: Medication) -> SuggestedChange {
        let drug = order.code.label ?? ""
        return SuggestedChange(label: "Do not order \(drug)", actions: [.removeDraft(order.reference, name: drug)])
    }
}
