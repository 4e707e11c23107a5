import Clinical
import Documents
import Knowledge

/// A word that may stand under `given:`, and what it does to the story.
struct GivenKey: Sendable {
    let name: String
    /// One example, as an author would write it.
    let example: String
    let read: @Sendable (inout GivenReader, YAMLNode) -> Void

    /// Everything that may be given. To add one: a line here.
    static let all: [GivenKey] = [
        GivenKey(name: "age", example: "age: 72 y") { $0.readAge($1) },
        GivenKey(name: "born", example: "born: 1961-01-16") { $0.readBorn($1) },
        GivenKey(name: "sex", example: "sex: female") { $0.readSex($1) },
        GivenKey(name: "pregnant", example: "pregnant: yes") { $0.readPregnant($1) },
        GivenKey(name: "weight", example: "weight: 80 kg") { reader, node in
            reader.story.weight = reader.measure("weight", node, like: "80 kg")
        },
        GivenKey(name: "height", example: "height: 175 cm") { reader, node in
            reader.story.height = reader.measure("height", node, like: "175 cm")
        },
        GivenKey(name: "setting", example: "setting: inpatient") { reader, node in
            let names = reader.names
            reader.story.settings += reader.items(node) { text throws(ShorthandError) in
                try names.codeSet(.setting, text.text, at: nil)
            }
        },
        GivenKey(name: "taking", example: "taking: [warfarin 5 mg daily]") { reader, node in
            let shorthand = MedicineShorthand(names: reader.names, isOrder: false)
            reader.story.taking += reader.items(node, shorthand.read)
        },
        GivenKey(name: "ordering", example: "ordering: [ibuprofen 600 mg 3x/day]") { reader, node in
            let shorthand = MedicineShorthand(names: reader.names, isOrder: true)
            reader.story.ordering += reader.items(node, shorthand.read)
        },
        GivenKey(name: "ordering_tests", example: "ordering_tests: [hba1c]") { reader, node in
            let names = reader.names
            reader.story.orderingTests += reader.items(node) { text throws(ShorthandError) in
                try names.orderable(text.text, at: nil)
            }
        },
        GivenKey(name: "allergies", example: "allergies: [amoxicillin -> hives-or-rash]") { reader, node in
            reader.story.allergies += reader.items(node, AllergyShorthand(names: reader.names).read)
        },
        GivenKey(name: "problems", example: "problems: [asthma 2019-03-01]") { reader, node in
            reader.story.problems += reader.items(node, ProblemShorthand(names: reader.names).read)
        },
        GivenKey(name: "labs", example: "labs: [serum-potassium 5.7 mmol/L 2025-12-20]") { reader, node in
            let shorthand = ResultShorthand(names: reader.names, today: reader.story.today)
            reader.story.labs += reader.items(node, shorthand.read)
        },
        GivenKey(name: "done", example: "done: [mammogram 2023-01-10]") { reader, node in
            let shorthand = EventShorthand(names: reader.names, kind: .procedure)
            reader.story.procedures += reader.items(node, shorthand.read)
        },
        GivenKey(name: "vaccines", example: "vaccines: [ppsv23 2023-02-01]") { reader, node in
            let shorthand = EventShorthand(names: reader.names, kind: .vaccine)
            reader.story.vaccines += reader.items(node, shorthand.read)
        },
        GivenKey(name: "family_history", example: "family_history: [asthma father at 40 y]") { reader, node in
            reader.story.familyHistory += reader.items(node, FamilyShorthand(names: reader.names).read)
        },
        GivenKey(name: "not_supplied", example: "not_supplied: [labs]") { $0.readNotSupplied($1) },
        GivenKey(name: "fhir", example: "fhir: patient.json") { reader, node in
            reader.story.recordFile = reader.text(node)?.text
        },
    ]

    static func named(_ name: String) -> GivenKey? {
        all.first { $0.name == name }
    }
}
