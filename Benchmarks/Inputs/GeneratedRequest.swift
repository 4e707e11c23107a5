import Clinical
import Documents
import Knowledge

/// An order-sign request of about a hundred kilobytes, as an EHR would send it: one draft, twelve medicines, problems, and
/// enough results to fill it.
struct GeneratedRequest {
    /// What the patient takes; the last one is being ordered.
    static let drugs = [
        "lisinopril", "metformin", "atorvastatin", "amlodipine", "omeprazole", "levothyroxine", "sertraline", "furosemide",
        "metoprolol", "warfarin", "gabapentin", "allopurinol", "ibuprofen",
    ]

    let knowledge: KnowledgeBase
    /// About how many bytes it shall have.
    var size = 100_000

    /// The request's body.
    var bytes: [UInt8] {
        JSONValue.object([
            ("hook", "order-sign"),
            ("hookInstance", "2f5ff7a3-6f2e-4d0c-9f3a-6c1f3a0c9d11"),
            (
                "context",
                .object([
                    ("userId", "Practitioner/benchmark"), ("patientId", "benchmark"),
                    ("draftOrders", bundle([medication(Self.drugs.count - 1, status: "draft")])),
                ])
            ),
            (
                "prefetch",
                .object([
                    ("patient", patient),
                    ("medications", bundle((0..<Self.drugs.count - 1).map { medication($0, status: "active") })),
                    ("allergies", bundle([allergy])),
                    ("conditions", bundle((0..<12).map(condition))),
                    ("observations", bundle(observations)),
                ])
            ),
        ]).bytes
    }

    private var patient: JSONValue {
        .object([
            ("resourceType", "Patient"), ("id", "benchmark"), ("gender", "female"), ("birthDate", "1951-04-12"),
            ("name", .array([.object([("family", "Measure"), ("given", .array(["Mary"]))])])),
        ])
    }

    private var allergy: JSONValue {
        .object([
            ("resourceType", "AllergyIntolerance"), ("id", "allergy-1"),
            ("clinicalStatus", concept("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active", "Active")),
            ("code", concept(CodeSystem.rxNorm.uri, code(of: "penicillin g"), "penicillin G")),
            ("patient", .object([("reference", "Patient/benchmark")])),
        ])
    }

    private func medication(_ index: Int, status: String) -> JSONValue {
        let name = Self.drugs[index]
        return .object([
            ("resourceType", "MedicationRequest"), ("id", .string("medication-\(index)")), ("status", .string(status)),
            ("intent", "order"),
            ("medicationCodeableConcept", concept(CodeSystem.rxNorm.uri, code(of: name), name)),
            ("subject", .object([("reference", "Patient/benchmark")])),
            ("authoredOn", .string("2026-0\(1 + index % 9)-11T08:30:00Z")),
            (
                "dosageInstruction",
                .array([
                    .object([
                        ("text", "1 tablet by mouth daily"),
                        (
                            "timing",
                            .object([
                                ("repeat", .object([("frequency", .number("1")), ("period", .number("1")), ("periodUnit", "d")]))
                            ])
                        ),
                        (
                            "doseAndRate",
                            .array([
                                .object([("doseQuantity", .object([("value", .number("1")), ("unit", "tablet")]))])
                            ])
                        ),
                    ])
                ])
            ),
        ])
    }

    private func condition(_ index: Int) -> JSONValue {
        .object([
            ("resourceType", "Condition"), ("id", .string("condition-\(index)")),
            ("clinicalStatus", concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", "Active")),
            ("code", concept("http://hl7.org/fhir/sid/icd-10-cm", Self.problems[index % Self.problems.count], "Problem")),
            ("subject", .object([("reference", "Patient/benchmark")])),
            ("onsetDateTime", .string("20\(10 + index)-05-01")),
        ])
    }

    /// Results, until the request is about as long as it shall be.
    private var observations: [JSONValue] {
        let one = observation(0).bytes.count
        return (0..<max(1, (size - 12_000) / (one + 20))).map(observation)
    }

    private func observation(_ index: Int) -> JSONValue {
        let lab = Self.labs[index % Self.labs.count]
        let month = 1 + (index / Self.labs.count) % 9
        return .object([
            ("resourceType", "Observation"), ("id", .string("observation-\(index)")), ("status", "final"),
            (
                "category",
                .array([
                    concept("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory", "Laboratory")
                ])
            ),
            ("code", concept("http://loinc.org", lab.code, lab.name)),
            ("subject", .object([("reference", "Patient/benchmark")])),
            ("effectiveDateTime", .string("2026-0\(month)-\(10 + index % 18)T07:15:00+01:00")),
            ("issued", .string("2026-0\(month)-\(10 + index % 18)T09:15:00.000+01:00")),
            (
                "valueQuantity",
                .object([
                    ("value", .number("\(lab.value).\(index % 10)")), ("unit", .string(lab.unit)),
                    ("system", "http://unitsofmeasure.org"), ("code", .string(lab.unit)),
                ])
            ),
        ])
    }

    private func bundle(_ resources: [JSONValue]) -> JSONValue {
        .object([
            ("resourceType", "Bundle"), ("type", "searchset"), ("total", .number(String(resources.count))),
            ("entry", .array(resources.map { .object([("resource", $0)]) })),
        ])
    }

    private func concept(_ system: String, _ code: String, _ display: String) -> JSONValue {
        .object([
            (
                "coding",
                .array([
                    .object([("system", .string(system)), ("code", .string(code)), ("display", .string(display))])
                ])
            ),
            ("text", .string(display)),
        ])
    }

    private func code(of drug: String) -> String {
        knowledge.ingredient(named: drug).map { String(knowledge.ingredient($0).rxcui) } ?? "0"
    }

    /// ICD-10-CM.
    private static let problems = ["I10", "E11.9", "E78.5", "N18.31", "I48.91", "F33.1", "M10.9", "E03.9", "K21.9", "J45.909"]

    /// LOINC.
    private static let labs: [(code: String, name: String, value: Int, unit: String)] = [
        ("2823-3", "Potassium [Moles/volume] in Serum or Plasma", 4, "mmol/L"),
        ("2160-0", "Creatinine [Mass/volume] in Serum or Plasma", 1, "mg/dL"),
        ("2951-2", "Sodium [Moles/volume] in Serum or Plasma", 139, "mmol/L"),
        ("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", 7, "%"),
        ("718-7", "Hemoglobin [Mass/volume] in Blood", 13, "g/dL"),
        ("8480-6", "Systolic blood pressure", 131, "mm[Hg]"),
        ("29463-7", "Body weight", 81, "kg"),
        ("6301-6", "INR in Platelet poor plasma by Coagulation assay", 2, "{INR}"),
    ]
}
