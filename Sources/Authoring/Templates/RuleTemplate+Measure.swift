extension RuleTemplate {
    /// A quality measure: what an author of measures begins with.
    static let measure = """
        initial_population: # FILL IN - whom it is about: all of these
          all:
            - age: { at: end of period, between: 18 y and 75 y }
            - diabetes
        exclusions: [hospice] # FILL IN - whom it leaves out: any of these
        numerator: # FILL IN - what is measured: any of these
          - { observation: loinc 4548-4, ends: period }

        facts: # FILL IN - what the record must hold; a value set has a name, as in Measures/value-sets.yaml
          diabetes: { condition: [snomed 44054006, snomed 111552007], overlaps: period }
          hospice: { procedure: snomed 385763009, overlaps: period }

        severity: moderate
        summary: FILL IN - not on record for this year, due by $due
        suggest:
          - label: Order HbA1c
            order: { lab: hba1c }
        override_reasons: [done-elsewhere, patient-declined, not-appropriate]

        tests:
          - case: not done
            today: 2026-06-30
            given: { age: 60 y, problems: [diabetes 2020-01-01] }
            expect: { grade: open, severity: moderate, due: 2026-12-31 }
          - case: done last year
            today: 2026-06-30
            given: { age: 60 y, problems: [diabetes 2020-01-01], labs: [hba1c 7.1 % 2025-12-31] }
            expect: { grade: open, severity: moderate }
          - case: done
            today: 2026-06-30
            given: { age: 60 y, problems: [diabetes 2020-01-01], labs: [hba1c 7.1 % 2026-01-01] }
            expect: no card
          - case: not of the population
            today: 2026-06-30
            given: { age: 60 y, problems: [] }
            expect: no card
        """
}
