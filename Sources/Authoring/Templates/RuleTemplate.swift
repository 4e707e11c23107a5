import Documents
public import Engine
public import RuleLanguage

/// A rule to begin with: it checks, its tests pass, and everything that an author must fill in says so.
public struct RuleTemplate: Sendable {
    /// The kinds that there are templates for: those that authors write.
    public static let kinds = bodies.map(\.kind)

    /// The text of a new rule file.
    ///
    /// - Parameters:
    ///   - kind: one of `kinds`.
    ///   - id: the rule's id.
    ///   - schema: where the JSON Schema of rule files is, for the editor.
    /// - Returns: nothing where there is no such kind.
    public static func text(kind: String, id: String, schema: String) -> String? {
        guard let body = bodies.first(where: { $0.kind == kind }) else { return nil }
        return """
            # yaml-language-server: $schema=\(schema)
            rule: \(id)
            kind: \(kind)
            title: FILL IN - a line that a pharmacist knows the rule by
            version: 1
            status: draft # active once it is approved
            owner: FILL IN - who answers for it
            review_by: 2027-12-31 # FILL IN - when it must be read again
            evidence: [{ cite: FILL IN - the source }]

            \(body.text)

            """
    }

    /// The text of a new file of overrides, of a rule as some files have it.
    ///
    /// - Parameters:
    ///   - rule: the rule that it begins with.
    ///   - files: the pack; what is not found there begins as of this program's own rules.
    public static func overrides(_ name: String, of rule: String = "warfarin-nsaid", in files: [RuleFile] = []) -> String {
        let node = files.first { $0.ruleID == rule }?.node
        let pack = files.first { $0.ruleID == nil && $0.node?["pack"]?.text != nil && $0.node?["overrides"] == nil }?.node
        let row = node == nil ? "base" : node?["grades"]?.elements.last?["name"]?.text
        let isModerate = node?["grades"]?.elements.last?["severity"]?.text == "moderate"
        let change = row.map { "set: { grades.\($0).severity: \(isModerate ? "minor" : "moderate") } # or mute_when, before, after, retire" } ?? "retire: yes # or set, mute_when"
        return """
        # yaml-language-server: $schema=.vigil/overrides.schema.json
        overrides: \(name)
        pack: { name: \(pack?["pack"]?.text ?? "core"), version: \(pack?["version"]?.text ?? "2026.11") } # FILL IN - as the pack.yaml of the rules has it
        changes:
          - rule: \(rule) # FILL IN - which rule; `vigil effective RULE` shows it
            of_version: \(node?["version"]?.text ?? "1") # FILL IN - the version that you have read
            because: FILL IN - why it is changed here
            approved: { by: FILL IN - who approved it, date: 2026-11-21 }
            until: 2027-12-31 # FILL IN - it ends by itself
            \(change)

        """
    }

    private static let bodies: [(kind: String, text: String)] = [
        (InteractionKind.name, interaction), (DrugPatientKind.name, drugPatient), (AllergyKind.name, allergy), (DuplicateKind.name, duplicate),
        (AdditiveKind.name, additive), (CareGapKind.name, careGap), (MeasureKind.name, measure),
    ]

    private static let interaction = """
        between: # FILL IN - two roles: their names are yours, each is a drug or a class
          anticoagulant: { drug: warfarin }
          nsaid: { class: nsaid }

        grades: # the first row that is true decides
          - name: topical
            when: { nsaid.route: topical }
            severity: none
          - name: base
            otherwise: yes
            severity: major

        summary: FILL IN - $anticoagulant with $nsaid does what
        detail: FILL IN - what to do about it
        suggest:
          - label: Do not order $ordered
            stop: ordered
        override_reasons: [benefit-outweighs-risk, monitoring-arranged]

        tests:
          - case: both meet
            given: { taking: [warfarin 5 mg daily], ordering: [ibuprofen 600 mg 3x/day] }
            expect: { grade: base, severity: major }
          - case: on the skin
            given: { taking: [warfarin 5 mg daily], ordering: [diclofenac topical] }
            expect: { grade: topical, severity: none }
          - case: one of them alone
            given: { ordering: [ibuprofen 600 mg 3x/day] }
            expect: no card
        """

    private static let drugPatient = """
        ordering: # FILL IN - one role: a drug or a class
          drug: { drug: metformin }

        facts: # FILL IN - what decides, with its source
          egfr: { lab: egfr, latest_within: 12 months, missing: not measured }

        grades: # the first row that is true decides
          - name: low
            when: { egfr: { below: 30 mL/min/1.73m2 } }
            severity: major
            summary: FILL IN - eGFR is $egfr before $drug
          - name: not-measured
            when: { egfr: unknown }
            severity: moderate
            summary: FILL IN - no eGFR in 12 months before $drug

        suggest:
          - label: Do not order $ordered
            stop: ordered
        override_reasons: [benefit-outweighs-risk, result-not-accurate]

        tests:
          - case: low
            given: { ordering: [metformin 500 mg 2x/day], labs: [egfr 25 mL/min/1.73m2 2025-12-01] }
            expect: { grade: low, severity: major }
          - case: at the limit
            given: { ordering: [metformin 500 mg 2x/day], labs: [egfr 30 mL/min/1.73m2 2025-12-01] }
            expect: no card
          - case: not measured
            given: { ordering: [metformin 500 mg 2x/day] }
            expect: { grade: not-measured, severity: moderate, unknown: [egfr] }
        """

    private static let allergy = """
        allergic_to: # FILL IN - one role: the allergen
          allergen: { class: penicillin }
        ordering: # FILL IN - one role: the drug that it forbids
          drug: { class: cephalosporin }

        grades: # the first row that is true decides
          - name: allergic
            otherwise: yes
            severity: major

        summary: FILL IN - $allergen allergy on record, $drug ordered
        suggest:
          - label: Do not order $ordered
            stop: ordered
        override_reasons: [benefit-outweighs-risk, allergy-not-accurate]

        tests:
          - case: allergic
            given: { allergies: [amoxicillin -> hives-or-rash], ordering: [cefalexin 500 mg 3x/day] }
            expect: { grade: allergic, severity: major }
          - case: another allergy
            given: { allergies: [ibuprofen], ordering: [cefalexin 500 mg 3x/day] }
            expect: no card
        """

    private static let duplicate = """
        among: { class: ppi } # FILL IN - the group
        at_least: 2

        grades: # the first row that is true decides
          - name: double
            otherwise: yes
            severity: moderate

        summary: FILL IN - $among at the same time
        suggest:
          - label: Do not order $ordered
            stop: ordered
        override_reasons: [switching, benefit-outweighs-risk]

        tests:
          - case: two of the group
            given: { taking: [omeprazole 20 mg daily], ordering: [pantoprazole 40 mg daily] }
            expect: { grade: double, severity: moderate }
          - case: one alone
            given: { ordering: [pantoprazole 40 mg daily] }
            expect: no card
        """

    private static let additive = """
        among: { class: qt-known-risk } # FILL IN - the group
        at_least: 2

        facts:
          drugs: { count_of: among }

        grades: # the first row that is true decides
          - name: three
            when: { drugs: { at_least: 3 } }
            severity: major
          - name: two
            otherwise: yes
            severity: moderate

        summary: FILL IN - $drugs drugs that add up - $among
        suggest:
          - label: Do not order $ordered
            stop: ordered
        override_reasons: [benefit-outweighs-risk, monitoring-arranged]

        tests:
          - case: two
            given: { taking: [amiodarone 200 mg daily], ordering: [clarithromycin 500 mg 2x/day] }
            expect: { grade: two, severity: moderate }
          - case: three
            given: { taking: [amiodarone 200 mg daily, citalopram 20 mg daily], ordering: [clarithromycin 500 mg 2x/day] }
            expect: { grade: three, severity: major }
          - case: one alone
            given: { ordering: [clarithromycin 500 mg 2x/day] }
            expect: no card
        """

    private static let careGap = """
        population: { age: { between: 18 y and 75 y }, diabetes: yes } # FILL IN - whom it concerns
        exclude: [{ has: hospice-or-palliative }] # FILL IN - whom it does not
        facts:
          diabetes: { has: diabetes }
        done_by: [{ lab: hba1c }] # FILL IN - what counts as done
        every: 6 months
        due_soon: 30 d

        severity: moderate
        summary:
          never: FILL IN - not on record, due now
          overdue: FILL IN - was due $due (last $last)
          due_soon: FILL IN - due $due
        suggest:
          - label: Order HbA1c
            order: { lab: hba1c }
        override_reasons: [done-elsewhere, patient-declined, not-appropriate]

        tests:
          - case: never done
            given: { age: 60 y, problems: [diabetes] }
            expect: { state: never, severity: moderate }
          - case: overdue
            given: { age: 60 y, problems: [diabetes], labs: [hba1c 7.1 % 2025-05-10] }
            expect: { state: overdue, due: 2025-11-10 }
          - case: due soon
            given: { age: 60 y, problems: [diabetes], labs: [hba1c 7.1 % 2025-08-01] }
            expect: { state: due_soon }
          - case: up to date
            given: { age: 60 y, problems: [diabetes], labs: [hba1c 7.1 % 2025-11-20] }
            expect: no card
          - case: not of the population
            given: { age: 60 y, problems: [] }
            expect: no card
        """
}
