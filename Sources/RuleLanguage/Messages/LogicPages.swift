/// Messages about logic: unknowns, rows that cannot be reached, overlaps, anchors, pairs.
enum LogicPages {
    static let all: [MessagePage] = [
        MessagePage(
            code: "V301", title: "an unknown that nobody thought of",
            text: "A fact that is often unknown decides between rows, and no row says what follows when it is. Choose: a row of its own, or `if_unknown: { FACT: ok }` at a row.",
            wrong: """
                facts:
                  1️⃣potassium: { lab: serum-potassium, missing: not measured }
                grades:
                  - name: high
                    when: { potassium: { above: 5.5 mmol/L } }
                    severity: major
                """,
            right: """
                facts:
                  potassium: { lab: serum-potassium, missing: not measured }
                grades:
                  - name: high
                    when: { potassium: { above: 5.5 mmol/L } }
                    severity: major
                  - name: not-measured
                    when: { potassium: unknown }
                    severity: moderate
                """),
        MessagePage(
            code: "V302", title: "a fact that nothing uses",
            text: "Take it away, or use it.",
            wrong: """
                lung: { has: asthma }
                1️⃣sugar: { has: diabetes }
                """,
            right: "lung: { has: asthma }"),
        MessagePage(
            code: "V304", title: "a condition that can never be true",
            text: "Two of its tests exclude one another, so the row never decides.",
            wrong: "when: 1️⃣{ potassium: { above: 5.5 mmol/L, below: 5.0 mmol/L } }",
            right: "when: { potassium: { above: 5.5 mmol/L, below: 6.5 mmol/L } }"),
        MessagePage(
            code: "V305", title: "a row that cannot be reached",
            text: "The earlier rows are true whenever this one is, so it never decides. Put the narrower row first.",
            wrong: """
                - name: high
                  when: { potassium: { above: 5.0 mmol/L } }
                  severity: major
                  if_unknown: { potassium: ok }
                - 1️⃣name: higher
                  when: { potassium: { above: 6.0 mmol/L } }
                  severity: contraindicated
                """,
            right: """
                - name: higher
                  when: { potassium: { above: 6.0 mmol/L } }
                  severity: contraindicated
                - name: high
                  when: { potassium: { above: 5.0 mmol/L } }
                  severity: major
                  if_unknown: { potassium: ok }
                """),
        MessagePage(
            code: "V306", title: "a part of a row that never decides",
            text: "An earlier row is true whenever this part of an `any` is, so the part never decides: rows overlap. Put this row first, or take the part away.",
            wrong: """
                - name: high
                  when: { potassium: { above: 5.0 mmol/L } }
                  severity: major
                  if_unknown: { potassium: ok }
                - 1️⃣name: very-high-or-asthma
                  when: { any: [{ potassium: { above: 6.0 mmol/L } }, { has: asthma }] }
                  severity: contraindicated
                """,
            right: """
                - name: very-high-or-asthma
                  when: { any: [{ potassium: { above: 6.0 mmol/L } }, { has: asthma }] }
                  severity: contraindicated
                - name: high
                  when: { potassium: { above: 5.0 mmol/L } }
                  severity: major
                  if_unknown: { potassium: ok }
                """),
        MessagePage(
            code: "V307", title: "a value that falls between two rows",
            text: "One row takes what is below a limit and another what is above it, and nothing takes the limit itself. Use `at_least` or `at_most` in one of them.",
            wrong: """
                - name: low
                  when: { potassium: { below: 3.5 mmol/L } }
                  severity: major
                - 1️⃣name: other
                  when: { potassium: { above: 3.5 mmol/L } }
                  severity: minor
                  if_unknown: { potassium: ok }
                """,
            right: """
                - name: low
                  when: { potassium: { below: 3.5 mmol/L } }
                  severity: major
                - name: other
                  when: { potassium: { at_least: 3.5 mmol/L } }
                  severity: minor
                  if_unknown: { potassium: ok }
                """),
        MessagePage(
            code: "V310", title: "a rule for everybody",
            text: "Nothing of the population narrows it by age, sex, problem, medicine or event: it is evaluated for every patient.",
            wrong: "1️⃣population: { weight: { above: 40 kg } }",
            right: "population: { age: { at_least: 40 y } }"),
        MessagePage(
            code: "V320", title: "two rules that speak for the same pair",
            text: "One pair of drugs gets one card. Where two interaction rules name it, both would speak, perhaps with another severity. Put both ladders into one rule, or take the pair out of one with `except`. The other rule here is `between: { a: { drug: warfarin }, b: { class: nsaid } }`.",
            wrong: """
                between:
                  a: { drug: warfarin }
                  b: 1️⃣{ drug: ibuprofen }
                """,
            right: """
                between:
                  a: { drug: warfarin }
                  b: { class: ppi }
                """),
    ]
}
