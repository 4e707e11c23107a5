import Clinical
import Documents
import Knowledge

extension CaseRecord {
    /// A medicine that is taken, as the resource that the story names.
    func medicine(_ item: DeckEntries, _ number: Int) throws(DeckError) -> (type: String, content: JSONValue) {
        try allowMedicine(item)
        let stated = try StatedDrug(item, self)
        switch item.optional("resource") ?? "MedicationRequest" {
        case "MedicationRequest": return ("MedicationRequest", try prescription(item, stated, number))
        case "MedicationStatement": return ("MedicationStatement", try statement(item, stated, number))
        case "MedicationDispense": return ("MedicationDispense", try dispense(item, stated, number))
        case let other: throw item.error("`\(other)` is no resource of a medicine")
        }
    }

    /// What is about to be signed: the drug, vaccine or test, and what else lies in the basket.
    func draftOrders() throws(DeckError) -> [(type: String, id: String, content: JSONValue)] {
        let facts = DeckEntries(story.facts, in: story.source)
        var drafts: [(type: String, id: String, content: JSONValue)] = []
        func add(_ type: String, _ content: (String) throws(DeckError) -> JSONValue) throws(DeckError) {
            let id = "draft-\(drafts.count + 1)"
            drafts.append((type, id, with(try content(id), "encounter", .reference("Encounter/\(Self.encounterID)"))))
        }
        if let node = facts.node["ordered_med"], !node.isNull {
            try add("MedicationRequest") { id throws(DeckError) in try order(try entries(node), id) }
        }
        if let node = facts.node["ordered_vaccine"], !node.isNull {
            try add("MedicationRequest") { id throws(DeckError) in try vaccine(try entries(node), id) }
        }
        if let node = facts.node["ordered_service"], !node.isNull {
            try add("ServiceRequest") { id throws(DeckError) in try service(try entries(node), id) }
        }
        for node in try facts.list("also_in_draft_orders") {
            if let name = node["service"]?.text {
                let codings = names.code("loinc", of: name).map { [JSONValue.coding(FHIRSystem.loinc, $0, name)] } ?? []
                try add("ServiceRequest") { id in service(.concept(name, codings), id) }
            } else {
                try add("MedicationRequest") { id throws(DeckError) in try order(try entries(node), id) }
            }
        }
        return drafts
    }

    private func allowMedicine(_ item: DeckEntries) throws(DeckError) {
        try item.allow(
            "ingredients", "text", "form", "route", "dose", "frequency", "status", "resource", "source", "as_needed", "do_not_perform",
            "authored_days_ago", "ended_days_ago", "duration_days", "dispensed_days_ago", "days_supply", "supply_ends_in_days")
    }

    // MARK: Orders

    private func order(_ item: DeckEntries, _ id: String) throws(DeckError) -> JSONValue {
        try allowMedicine(item)
        return request(item, try StatedDrug(item, self), id: id, status: "draft", authored: evening, bounds: nil)
    }

    private func vaccine(_ item: DeckEntries, _ id: String) throws(DeckError) -> JSONValue {
        try item.allow("name", "cvx")
        return .fhir([
            ("resourceType", "MedicationRequest"), ("id", .string(id)), ("status", "draft"), ("intent", "order"),
            ("medicationCodeableConcept", coded(item, try item.text("name"), "cvx")), ("subject", Self.subject), ("authoredOn", evening),
            ("requester", .reference(Self.practitioner)),
            ("dosageInstruction", .array([.object([("timing", .object([("repeat", .object([("count", 1)]))]))])])),
        ])
    }

    private func service(_ item: DeckEntries, _ id: String) throws(DeckError) -> JSONValue {
        try item.allow("name", "loinc")
        return service(coded(item, try item.text("name"), "loinc"), id)
    }

    private func service(_ code: JSONValue, _ id: String) -> JSONValue {
        .fhir([
            ("resourceType", "ServiceRequest"), ("id", .string(id)), ("status", "draft"), ("intent", "order"), ("code", code),
            ("subject", Self.subject), ("authoredOn", evening), ("requester", .reference(Self.practitioner)),
        ])
    }

    private func request(
        _ item: DeckEntries, _ drug: StatedDrug, id: String, status: String, authored: JSONValue, bounds: (String, JSONValue)?
    ) -> JSONValue {
        .fhir([
            ("resourceType", "MedicationRequest"), ("id", .string(id)), ("contained", drug.contained), ("status", .string(status)),
            ("intent", "order"), ("category", .array([.hl7("medicationrequest-category", isInpatient ? "inpatient" : "community")])),
            ("doNotPerform", item.optional("do_not_perform") == "true" ? true : nil), drug.member, ("subject", Self.subject),
            ("authoredOn", authored), ("requester", .reference(Self.practitioner)),
            ("dosageInstruction", drug.route == nil ? nil : .array([drug.dosage(bounds: bounds)])),
            ("dispenseRequest", drug.dose.days.map { .object([("expectedSupplyDuration", .quantity(String($0), "d"))]) }),
        ])
    }

    private var evening: JSONValue { .string("\(today)T18:00:00Z") }

    // MARK: What is taken

    private func prescription(_ item: DeckEntries, _ drug: StatedDrug, _ number: Int) throws(DeckError) -> JSONValue {
        let ended = try item.integer("ended_days_ago")
        let duration = try item.integer("duration_days")
        let isOnce = item.optional("frequency") == "once"
        // As the story says, or 60 days ago, or 90 days before it ended.
        let authored = try item.integer("authored_days_ago")
        let left = try item.integer("supply_ends_in_days")
        let began = ended.map { $0 + (isOnce ? 0 : 90) } ?? left.map { 30 - $0 } ?? authored ?? 60
        var bounds: (String, JSONValue)?
        if let ended, !isOnce {
            bounds = ("boundsPeriod", .object([("start", day(began)), ("end", day(ended))]))
        } else if let duration {
            bounds = ("boundsDuration", .quantity(String(duration), "d"))
        }
        let content = request(
            item, drug, id: "medicine-\(number + 1)", status: try item.text("status"), authored: day(began), bounds: bounds)
        if let left {
            // Handed out for thirty days, and not to be handed out again.
            let period = JSONValue.object([("start", day(began)), ("end", day(-left))])
            let supply: [(String, JSONValue)] = [
                ("validityPeriod", period), ("numberOfRepeatsAllowed", 0), ("expectedSupplyDuration", .quantity("30", "d")),
            ]
            return with(content, "dispenseRequest", .object(supply))
        }
        return with(content, "dispenseRequest", duration.map { .object([("expectedSupplyDuration", .quantity(String($0), "d"))]) })
    }

    private func statement(_ item: DeckEntries, _ drug: StatedDrug, _ number: Int) throws(DeckError) -> JSONValue {
        .fhir([
            ("resourceType", "MedicationStatement"), Self.id("medicine", number), ("contained", drug.contained),
            ("status", .string(try item.text("status"))), drug.member, ("subject", Self.subject),
            ("effectivePeriod", .object([("start", day(60))])), ("dateAsserted", day(1)),
            ("informationSource", item.optional("source") == "patient-reported" ? Self.subject : nil),
            ("dosage", .array([drug.dosage(bounds: nil)])),
        ])
    }

    /// A dispense knows no `active`: what is being taken was handed over, and its supply still lasts.
    private func dispense(_ item: DeckEntries, _ drug: StatedDrug, _ number: Int) throws(DeckError) -> JSONValue {
        let status = try item.text("status")
        let supply = try item.integer("days_supply") ?? 90
        return .fhir([
            ("resourceType", "MedicationDispense"), Self.id("medicine", number), ("contained", drug.contained),
            ("status", .string(status == "active" ? "completed" : status)), drug.member, ("subject", Self.subject),
            ("daysSupply", .quantity(String(supply), "d")),
            ("whenHandedOver", morning(try item.integer("dispensed_days_ago") ?? 20)),
            ("dosageInstruction", .array([drug.dosage(bounds: nil)])),
        ])
    }
}

/// What a medicine of a story is, and how it is taken.
struct StatedDrug {
    let contained: JSONValue?
    /// `medicationCodeableConcept`, or `medicationReference` for a combination.
    let member: (String, JSONValue?)
    let dose: CaseDose
    let route: String?
    private let frequency: CaseFrequency
    private let isAsNeeded: Bool

    init(_ item: DeckEntries, _ record: CaseRecord) throws(DeckError) {
        route = item.optional("route")
        guard let dose = CaseDose(item.optional("dose") ?? "", route: route) else { throw item.error("the dose `\(item.optional("dose") ?? "")` is not understood") }
        guard let frequency = CaseFrequency(item.optional("frequency") ?? "") else {
            throw item.error("the frequency `\(item.optional("frequency") ?? "")` is not understood")
        }
        if let route, Self.routes[route] == nil { throw item.error("the route `\(route)` is not known") }
        self.dose = dose
        self.frequency = frequency
        let flag = try item.flag("as_needed")
        isAsNeeded = frequency.isAsNeeded || flag
        (contained, member) = try Self.drug(item, dose, record)
    }

    /// One Dosage of FHIR R4.
    func dosage(bounds: (String, JSONValue)?) -> JSONValue {
        var turn = frequency.members
        if let bounds = bounds ?? dose.days.map({ ("boundsDuration", JSONValue.quantity(String($0), "d")) }) { turn.insert(bounds, at: 0) }
        return .fhir([
            ("timing", turn.isEmpty ? nil : .object([("repeat", .object(turn))])), ("asNeededBoolean", isAsNeeded ? true : nil),
            ("route", route.flatMap { name in Self.routes[name].map { .concept(name, [.coding(FHIRSystem.snomed, $0)]) } }),
            ("doseAndRate", dose.amount.map { .array([.object([($0.key, $0.value)])]) }),
        ])
    }

    /// One ingredient as a code; a combination as a contained Medication with its ingredients and strengths.
    private static func drug(
        _ item: DeckEntries, _ dose: CaseDose, _ record: CaseRecord
    ) throws(DeckError) -> (contained: JSONValue?, member: (String, JSONValue?)) {
        var names: [String] = []
        var concepts: [JSONValue] = []
        for node in try item.list("ingredients") {
            let part = try record.entries(node)
            try part.allow("name", "rxcui")
            let name = try part.text("name")
            names.append(name)
            let code = part.optional("rxcui") ?? record.knowledge.ingredient(named: name).map { String(record.knowledge.ingredient($0).rxcui) }
            concepts.append(.concept(name, code.map { [.coding(FHIRSystem.rxNorm, $0, name)] } ?? []))
        }
        let words = [item.optional("text") ?? names.joined(separator: " / "), dose.form, item.optional("form")].compactMap(\.self)
        let text = words.joined(separator: " ")
        guard concepts.count != 1 else {
            let coding = concepts[0]["coding"]?.elements ?? []
            return (nil, ("medicationCodeableConcept", .concept(text, coding)))
        }
        guard concepts.count > 1 else { return (nil, ("medicationCodeableConcept", .concept(text, []))) }
        let parts = concepts.enumerated().map { place, concept in
            JSONValue.fhir([
                ("itemCodeableConcept", concept), ("isActive", true),
                ("strength", dose.strengths.indices.contains(place) ? dose.strengths[place] : nil),
            ])
        }
        let product = JSONValue.object([("resourceType", "Medication"), ("id", "drug"), ("code", .concept(text, [])), ("ingredient", .array(parts))])
        return (.array([product]), ("medicationReference", .reference("#drug")))
    }

    /// - Source: FHIR R4, value set route-codes (SNOMED CT 284009009).
    private static let routes = [
        "oral": "26643006", "intravenous": "47625008", "topical": "6064005", "subcutaneous": "34206005", "ophthalmic": "54485002",
        "vaginal": "16857009", "intramuscular": "78421000", "transdermal": "45890007", "intrathecal": "72607000",
        "inhalation": "447694001", "otic": "10547007",
    ]
}
