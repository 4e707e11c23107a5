import Documents

/// Calls to be made in tests, as JSON that can be bent out of shape.
enum Call {
    static let instance = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"

    /// A full order-sign call: ibuprofen for a patient on warfarin.
    static var orderSign: JSONValue {
        [
            "hook": "order-sign", "hookInstance": .string(instance),
            "context": [
                "userId": "Practitioner/doctor", "patientId": "p1", "encounterId": "e1",
                "draftOrders": [
                    "resourceType": "Bundle", "type": "collection",
                    "entry": [["resource": medication("draft-1", status: "draft", rxcui: "5640", name: "ibuprofen")]],
                ],
            ],
            "prefetch": prefetch,
        ]
    }

    static var orderSelect: JSONValue {
        var call = orderSign
        call["hook"] = "order-select"
        call["context"]?["selections"] = ["MedicationRequest/draft-1"]
        return call
    }

    static var patientView: JSONValue {
        ["hook": "patient-view", "hookInstance": .string(instance), "context": ["userId": "Practitioner/doctor", "patientId": "p1"], "prefetch": prefetch]
    }

    static var prefetch: JSONValue {
        [
            "patient": ["resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1950-02-03"],
            "medications": bundle([medication("m1", status: "active", rxcui: "11289", name: "warfarin")]),
            "allergies": nil,
        ]
    }

    static func bundle(_ resources: [JSONValue]) -> JSONValue {
        let entries = resources.map { JSONValue.object([("resource", $0), ("search", ["mode": "match"])]) }
        return .object([("resourceType", "Bundle"), ("type", "searchset")] + (entries.isEmpty ? [] : [("entry", .array(entries))]))
    }

    static func medication(_ id: String, status: String, rxcui: String, name: String) -> JSONValue {
        [
            "resourceType": "MedicationRequest", "id": .string(id), "status": .string(status), "intent": "order",
            "medicationCodeableConcept": [
                "coding": [["system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": .string(rxcui), "display": .string(name)]],
                "text": .string(name),
            ],
            "subject": ["reference": "Patient/p1"], "authoredOn": "2026-01-10",
            "dosageInstruction": [
                [
                    "text": "600 mg three times a day",
                    "timing": ["repeat": ["frequency": 3, "period": 1, "periodUnit": "d"]],
                    "doseAndRate": [
                        ["doseQuantity": ["value": 600, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"]]
                    ],
                ]
            ],
        ]
    }

    static let outcome: JSONValue = [
        "resourceType": "OperationOutcome", "issue": [["severity": "error", "code": "timeout"]],
    ]
}
