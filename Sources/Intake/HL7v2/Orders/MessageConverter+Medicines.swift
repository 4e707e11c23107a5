import Clinical
import Documents

/// How far a medicine has come: asked for, handed over or given.
enum OrderPhase {
    case request(OrderStanding)
    case dispense(OrderStanding)
    case administration
}

/// Which fields of a segment say what of a medicine.
struct MedicineFields {
    let code: Int
    let low: Int
    let high: Int?
    let unit: Int
    var form: Int?
    var instruction: Int?
    var rate: (amount: Int, unit: Int)?
    var reason: Int?
    var refills: Int?
    var quantityTiming: Int?

    /// - Source: HL7 v2.9, chapter 4A.4: RXO, RXE, RXG, RXD, RXA.
    init?(_ id: String) {
        switch id {
        case "RXO":
            (code, low, high, unit) = (1, 2, 3, 4)
            (form, instruction, rate, reason, refills) = (5, 7, (21, 22), 20, 13)
        case "RXE":
            (code, low, high, unit) = (2, 3, 4, 5)
            (form, instruction, rate, reason, refills, quantityTiming) = (6, 7, (23, 24), 27, 12, 1)
        case "RXG":
            (code, low, high, unit) = (4, 5, 6, 7)
            (form, instruction, rate, quantityTiming) = (8, 13, (15, 16), 3)
        case "RXD": (code, low, high, unit, form) = (2, 4, nil, 5, 6)
        case "RXA": (code, low, high, unit, form) = (5, 6, nil, 7, 8)
        default: return nil
        }
    }
}

extension MessageConverter {
    /// A medicine, and what is mixed into it.
    ///
    /// Components make up the drug where it has no code of its own; where it has one, each component that is another drug comes
    /// beside it, so that it is checked too.
    ///
    /// - Source: maps of RXO, RXE and RXG to MedicationRequest, RXD to MedicationDispense, RXA to MedicationAdministration, RXC to Medication.
    mutating func readMedicine(_ part: OrderGroup.Part, as role: OrderPhase, in group: OrderGroup) {
        guard let fields = MedicineFields(part.segment.id) else { return }
        let segment = part.segment
        let code = concept(segment, fields.code)
        let isCoded = code?["coding"]?.elements.contains { $0["system"] != nil } ?? false
        let drugs = group.parts.compactMap { part in MedicineFields(part.segment.id).map { part.segment[$0.code] } }
        let components = part.components.filter { component in
            component[2].saysSomething && !drugs.contains { Self.isSame(component[2], $0) }
        }
        let dosages = self.dosages(part, fields, role, in: group)
        let name = number(of: group, else: segment)
        if isCoded || components.isEmpty {
            if code == nil { note(segment, fields.code, "it does not say which drug") }
            add(medicine: [("medicationCodeableConcept", code)], name, dosages, part, fields, role, in: group)
            for component in components {
                let steps = self.dosages(of: component, dosages)
                note(component, 2, "a component that is another drug than the one coded; brought over beside it")
                add(medicine: [("medicationCodeableConcept", concept(component, 2))], name, steps, part, fields, role, in: group)
            }
        } else {
            let ingredients = components.compactMap { component in concept(component, 2).map { JSONValue.object([("itemCodeableConcept", $0)]) } }
            let mixture = JSONValue.compact([
                ("resourceType", "Medication"), ("id", "mixture"), ("code", code), ("ingredient", .array(ingredients)),
            ])
            let reference: JSONValue = ["reference": "#mixture"]
            add(medicine: [("contained", .array([mixture])), ("medicationReference", reference)], name, dosages, part, fields, role, in: group)
        }
    }

    /// True where a component is the drug of its order, told again.
    private static func isSame(_ component: HL7Value, _ drug: HL7Value) -> Bool {
        [1, 2].contains { place in
            component.component(place).text.map { $0.lowercased() == drug.component(place).text?.lowercased() } ?? false
        }
    }

    private mutating func add(
        medicine: [(String, JSONValue?)], _ name: String?, _ dosages: [JSONValue], _ part: OrderGroup.Part, _ fields: MedicineFields,
        _ role: OrderPhase, in group: OrderGroup
    ) {
        let authored = group.control.flatMap { date($0, 9) } ?? (part.segment.id == "RXE" ? date(part.segment, 32) : nil)
        switch role {
        case .request(let standing):
            let isOwn = part.segment.id != "RXO" || group.part("RXE") == nil
            add(
                "MedicationRequest", id: id("MedicationRequest", name), standing == .draft ? nil : .medications,
                medicine + [
                    ("status", .string(standing.medicationRequest)), ("intent", isOwn ? "order" : "original-order"),
                    ("category", category(group)), ("subject", subject), ("authoredOn", authored),
                    ("reasonCode", fields.reason.flatMap { concept(part.segment, $0) }.map { .array([$0]) }),
                    ("dosageInstruction", .array(dosages)), ("dispenseRequest", refills(part.segment, fields)),
                ])
        case .dispense(let standing):
            let status = standing == .cancelled || standing == .stopped ? "stopped" : "completed"
            add(
                "MedicationDispense", id: id("MedicationDispense", part.segment.text(7)), .medications,
                medicine + [
                    ("status", .string(status)), ("subject", subject),
                    ("quantity", quantity(part.segment[4].component(1), part.segment[5], part.segment, 4)),
                    ("whenHandedOver", date(part.segment, 3)), ("dosageInstruction", .array(dosages)),
                ])
        case .administration:
            addAdministration(medicine, dosages, part.segment)
        }
    }

    /// - Source: table 0482 (ORC-29) to medicationrequest-category.
    private func category(_ group: OrderGroup) -> JSONValue? {
        let code: String? = switch group.control?.text(29)?.uppercased() {
        case "I": "inpatient"
        case "O": "outpatient"
        default: nil
        }
        return .concept("http://terminology.hl7.org/CodeSystem/medicationrequest-category", code).map { .array([$0]) }
    }

    private mutating func refills(_ segment: HL7Segment, _ fields: MedicineFields) -> JSONValue? {
        guard let field = fields.refills, let text = segment.text(field) else { return nil }
        guard let count = Int(text), count >= 0 else {
            note(segment, field, "not a number of refills; passed over")
            return nil
        }
        return ["numberOfRepeatsAllowed": .int(count)]
    }
}
