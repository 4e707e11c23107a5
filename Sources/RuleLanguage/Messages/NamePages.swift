/// Messages about names, units and types.
enum NamePages {
    static let all: [MessagePage] = [
        MessagePage(
            code: "V201", title: "a name that is not known",
            text: "Drugs, classes, problems, labs, procedures, vaccines, reactions, conditions and override reasons come from the knowledge file, or from a `sets.yaml` beside the rules. `vigil knowledge show NAME` tells what is known of a drug or held by another name, `vigil knowledge names KIND` lists names.",
            wrong: "b: { class: 1️⃣nsiad }",
            right: "b: { class: nsaid }"),
        MessagePage(
            code: "V202", title: "no such fact or role",
            text: "A test, a text or a suggestion names something that the rule does not define.",
            wrong: "when: { 1️⃣potasium: unknown }",
            right: "when: { potassium: unknown }"),
        MessagePage(
            code: "V203", title: "a word that is not in the list",
            text: "Kinds, severities, statuses, hooks, routes, equations and comparisons are fixed words.",
            wrong: "severity: 1️⃣maior",
            right: "severity: major"),
        MessagePage(
            code: "V204", title: "a test that does not fit its fact",
            text: "A quantity has above and below, a yes-or-no fact has yes and no; each may be unknown.",
            wrong: "when: { potassium: 1️⃣yes }",
            right: "when: { potassium: { above: 5.5 mmol/L } }"),
        MessagePage(
            code: "V205", title: "a fact defined by itself",
            text: "Follow the arrows of the message: one of the facts must be defined by something else.",
            wrong: """
                one: { any: [{ two: yes }] }
                two: { any: [{ 1️⃣one: yes }] }
                """,
            right: """
                one: { has: asthma }
                two: { any: [{ one: yes }] }
                """),
        MessagePage(
            code: "V206", title: "an empty set",
            text: "No drug or code is left: a rule about it could never fire.",
            wrong: "drug: 1️⃣{ drug: ibuprofen, except: { drug: ibuprofen } }",
            right: "drug: { class: nsaid, except: { drug: ibuprofen } }"),
        MessagePage(
            code: "V208", title: "a value set that cannot be read",
            text: "`valueset:` names a file beside this one whose name ends in `.valueset.json`: a ValueSet of FHIR that lists its codes, in its expansion or as concepts. A set that is told by filters is expanded by a terminology server first.",
            wrong: """
                problems:
                  local-frailty: { valueset: 1️⃣frailty.valueset.json }
                """,
            right: """
                problems:
                  local-frailty: { icd10: [R54] }
                """, file: "sets.yaml"),
        MessagePage(
            code: "V210", title: "no such unit",
            text: "Units are written as UCUM has them, or in one of the listed other ways: mmol/L, mg/dL, mL/min/1.73m2, %.",
            wrong: "when: { potassium: { above: 1️⃣5.5 mmool/L } }",
            right: "when: { potassium: { above: 5.5 mmol/L } }"),
        MessagePage(
            code: "V211", title: "a number without a unit",
            text: "A limit without a unit cannot be compared with a result.",
            wrong: "when: { potassium: { above: 1️⃣5.5 } }",
            right: "when: { potassium: { above: 5.5 mmol/L } }"),
        MessagePage(
            code: "V212", title: "a unit of another kind",
            text: "The unit measures something else than the fact does, and nothing is known that turns one into the other. A dose is told in the proportion of its fact: `daily_dose` in mg/day, `daily_dose_per_kg` in mg/kg/day.",
            wrong: "when: { potassium: { above: 1️⃣5.5 mg/dL } }",
            right: "when: { potassium: { above: 5.5 mmol/L } }"),
        MessagePage(
            code: "V213", title: "a placeholder that stands for nothing",
            text: "After `$` stands the name of a role or a fact, `ordered`, or in a care gap `due` or `last`.",
            wrong: "summary: potassium is 1️⃣$potasium",
            right: "summary: potassium is $potassium"),
        MessagePage(
            code: "V220", title: "a set cannot change a known name",
            text: "The knowledge file has this name, and its meaning stands. Give the set another name.",
            wrong: """
                classes:
                  1️⃣nsaid: { members: [warfarin] }
                """,
            right: """
                classes:
                  ward-drugs: { members: [warfarin] }
                """, file: "sets.yaml"),
    ]
}
