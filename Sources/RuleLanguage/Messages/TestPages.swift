/// Messages about tests and coverage.
enum TestPages {
    static let all: [MessagePage] = [
        MessagePage(
            code: "V401", title: "a key of a test that is not known",
            text: "`given:` has age, born, sex, pregnant, weight, height, setting, taking, ordering, allergies, problems, labs, done, vaccines, family_history, not_supplied and fhir.",
            wrong: "given: { 1️⃣takin: [warfarin 5 mg daily] }",
            right: "given: { taking: [warfarin 5 mg daily] }"),
        MessagePage(
            code: "V402", title: "an item of a test that is not understood",
            text: "The message shows how such an item is written.",
            wrong: "given: { labs: [serum-potassium 1️⃣high] }",
            right: "given: { labs: [serum-potassium 5.7 mmol/L 2025-12-20] }"),
        MessagePage(
            code: "V403", title: "a name in a test that is not known",
            text: "The same names as in rules.",
            wrong: "given: { taking: [1️⃣warfrin 5 mg daily] }",
            right: "given: { taking: [warfarin 5 mg daily] }"),
        MessagePage(
            code: "V404", title: "an expectation that is not understood",
            text: "`expect:` is `no card`, `not checked`, or a map of what the card must say.",
            wrong: """
                given: { age: 72 y }
                expect: { 1️⃣gradd: base }
                """,
            right: """
                given: { age: 72 y, taking: [warfarin 5 mg daily], ordering: [ibuprofen 400 mg 3x/day] }
                expect: { grade: base }
                """),
        MessagePage(
            code: "V405", title: "a reaction that is not known",
            text: "After the arrow stands the name of a reaction, as rules have it; `vigil knowledge names reactions` lists them.",
            wrong: "given: { allergies: [amoxicillin -> 1️⃣hifes] }",
            right: "given: { allergies: [amoxicillin -> hives-or-rash] }"),
        MessagePage(
            code: "V410", title: "a row that no test reaches",
            text: "Each row of an active rule is reached by a test; `vigil test --coverage` says which are not.",
            wrong: """
                grades:
                  - 1️⃣name: base
                    otherwise: yes
                    severity: moderate
                tests:
                  - case: no NSAID
                    given: { taking: [warfarin 5 mg daily] }
                    expect: no card
                """,
            right: """
                grades:
                  - name: base
                    otherwise: yes
                    severity: moderate
                tests:
                  - case: an NSAID
                    given: { taking: [warfarin 5 mg daily], ordering: [ibuprofen 400 mg 3x/day] }
                    expect: { grade: base }
                  - case: no NSAID
                    given: { taking: [warfarin 5 mg daily] }
                    expect: no card
                """),
        MessagePage(
            code: "V411", title: "no test for silence",
            text: "An active rule has a test in which it must stay silent; `vigil test --coverage` says where there is none.",
            wrong: """
                1️⃣rule: sample
                tests:
                  - case: an NSAID
                    given: { taking: [warfarin 5 mg daily], ordering: [ibuprofen 400 mg 3x/day] }
                    expect: { grade: base }
                """,
            right: """
                rule: sample
                tests:
                  - case: an NSAID
                    given: { taking: [warfarin 5 mg daily], ordering: [ibuprofen 400 mg 3x/day] }
                    expect: { grade: base }
                  - case: no NSAID
                    given: { taking: [warfarin 5 mg daily] }
                    expect: no card
                """),
        MessagePage(
            code: "V412", title: "tests that notice too few changes",
            text: "`vigil test --mutate` changes one thing of a rule at a time (a comparison, a threshold, a unit, a look-back, a condition, a row) and runs its tests. A change that no test notices could be made by mistake, too. The gate asks for a share of changes that are noticed. Here nothing tries the limit itself.",
            wrong: """
                tests:
                  - case: old
                    given: { age: 80 y, ordering: [lorazepam 1 mg daily] }
                    expect: { grade: older-adult }
                  - case: young
                    given: { age: 30 y, ordering: [lorazepam 1 mg daily] }
                    expect: no card
                """,
            right: """
                tests:
                  - case: just above
                    given: { age: 66 y, ordering: [lorazepam 1 mg daily] }
                    expect: { grade: older-adult }
                  - case: at the limit
                    given: { age: 65 y, ordering: [lorazepam 1 mg daily] }
                    expect: { grade: older-adult }
                  - case: just below
                    given: { age: 64 y, ordering: [lorazepam 1 mg daily] }
                    expect: no card
                """),
    ]
}
