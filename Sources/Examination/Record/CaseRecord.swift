import Clinical
import Documents
import Knowledge

/// A story as FHIR R4: what the record holds, and what is about to be signed.
///
/// Told by itself and not through the shorthand of rule tests, so that the two do not share their mistakes.
struct CaseRecord {
    let story: ExaminationCase
    let names: DeckNames
    let knowledge: KnowledgeBase
    /// The day that counts as today.
    let today: CivilDate
    /// Type and resource, in the order of the story.
    private(set) var resources: [(type: String, content: JSONValue)] = []
    private(set) var drafts: [(type: String, id: String, content: JSONValue)] = []

    static let patientID = "patient-1"
    static let encounterID = "encounter-1"
    static let practitioner = "Practitioner/practitioner-1"
    static let subject = JSONValue.reference("Patient/\(patientID)")

    init(_ story: ExaminationCase, names: DeckNames, knowledge: KnowledgeBase, today: CivilDate) throws(DeckError) {
        self.story = story
        self.names = names
        self.knowledge = knowledge
        self.today = today
        let facts = try entries(story.facts["patient"])
        try facts.allow("age", "sex", "weight_kg", "conditions", "labs", "allergies", "genomics", "immunizations", "family_history")
        resources.append(("Patient", try patient(facts)))
        resources.append(("Encounter", encounter()))
        try addProblems(facts)
        for (number, node) in try facts.list("allergies").enumerated() {
            resources.append(("AllergyIntolerance", try allergy(try entries(node), number)))
        }
        try addResults(facts)
        for (number, node) in try facts.list("immunizations").enumerated() {
            resources.append(("Immunization", try immunization(try entries(node), number)))
        }
        for (number, node) in try facts.list("family_history").enumerated() {
            resources.append(("FamilyMemberHistory", try relative(try entries(node), number)))
        }
        for (number, node) in try DeckEntries(story.facts, in: story.source).list("current_meds").enumerated() {
            resources.append(try medicine(try entries(node), number))
        }
        drafts = try draftOrders()
    }

    /// Whether the patient lies in the hospital.
    var isInpatient: Bool { story.facts["setting"]?.text == "inpatient" }

    // MARK: Words of the records

    func entries(_ node: YAMLNode?) throws(DeckError) -> DeckEntries {
        guard let node, node.mapping != nil else { throw DeckEntries(story.facts, in: story.source).error("a map is missing in the story \(story.id)") }
        return DeckEntries(node, in: story.source)
    }

    func day(_ daysAgo: Int) -> JSONValue { .string(today.adding(days: -daysAgo).description) }

    /// In the morning of that day; the story plays in the evening.
    func morning(_ daysAgo: Int) -> JSONValue { .string("\(today.adding(days: -daysAgo))T09:00:00Z") }

    static func id(_ kind: String, _ number: Int) -> (String, JSONValue?) { ("id", .string("\(kind)-\(number + 1)")) }

    /// The name with the codes that the story gives it.
    func coded(_ item: DeckEntries, _ name: String, _ keys: String...) -> JSONValue {
        .concept(name, codings(item, name, keys))
    }

    func codings(_ item: DeckEntries, _ name: String, _ keys: [String]) -> [JSONValue] {
        keys.compactMap { key in
            guard let system = FHIRSystem.byKey[key], let code = item.optional(key) ?? names.code(key, of: name) else { return nil }
            return .coding(system, code, name)
        }
    }

    // MARK: Who and where

    private func patient(_ facts: DeckEntries) throws(DeckError) -> JSONValue {
        var born: JSONValue?
        // A birthday some months ago, so that the age is that of the story for some months more.
        if let age = try facts.integer("age") { born = .string(today.adding(months: -age * 12).adding(days: -120).description) }
        return .fhir([
            ("resourceType", "Patient"), ("id", .string(Self.patientID)), ("active", true), ("gender", .string(try facts.text("sex"))),
            ("birthDate", born),
        ])
    }

    private func encounter() -> JSONValue {
        .fhir([
            ("resourceType", "Encounter"), ("id", .string(Self.encounterID)), ("status", "in-progress"),
            ("class", .coding(FHIRSystem.hl7 + "v3-ActCode", isInpatient ? "IMP" : "AMB")), ("subject", Self.subject),
            ("period", .object([("start", morning(isInpatient ? 2 : 0))])),
        ])
    }

    private func immunization(_ item: DeckEntries, _ number: Int) throws(DeckError) -> JSONValue {
        try item.allow("name", "cvx", "days_ago")
        return .fhir([
            ("resourceType", "Immunization"), Self.id("vaccine", number), ("status", "completed"),
            ("vaccineCode", coded(item, try item.text("name"), "cvx")), ("patient", Self.subject),
            ("occurrenceDateTime", day(try item.integer("days_ago") ?? 0)), ("primarySource", true),
        ])
    }

    /// A disease of the father: the stories do not say whose.
    private func relative(_ item: DeckEntries, _ number: Int) throws(DeckError) -> JSONValue {
        try item.allow("name", "snomed", "icd10cm")
        return .fhir([
            ("resourceType", "FamilyMemberHistory"), Self.id("relative", number), ("status", "completed"), ("patient", Self.subject),
            ("relationship", .hl7("v3-RoleCode", "FTH")),
            ("condition", .array([.object([("code", coded(item, try item.text("name"), "snomed", "icd10cm"))])])),
        ])
    }

    // MARK: Problems and allergies

    private mutating func addProblems(_ facts: DeckEntries) throws(DeckError) {
        for (number, node) in try facts.list("conditions").enumerated() {
            let item = try entries(node)
            try item.allow("name", "snomed", "icd10cm", "status", "abatement_days_ago", "gestational_age_weeks")
            resources.append(("Condition", try condition(item, number)))
            guard let weeks = try item.integer("gestational_age_weeks") else { continue }
            // - Source: LOINC 18185-9 gestational age, 11778-8 delivery date estimated; 280 days from the last menses.
            let age = observation("gestation-age", .concept("Gestational age", [.coding(FHIRSystem.loinc, "18185-9")]), "exam", morning(1))
            let due = observation("gestation-due", .concept("Estimated delivery date", [.coding(FHIRSystem.loinc, "11778-8")]), "exam", morning(1))
            resources.append(("Observation", with(age, "valueQuantity", .quantity(String(weeks), "wk"))))
            resources.append(("Observation", with(due, "valueDateTime", day(weeks * 7 - 280))))
        }
    }

    private func condition(_ item: DeckEntries, _ number: Int) throws(DeckError) -> JSONValue {
        let name = try item.text("name")
        let ended = try item.integer("abatement_days_ago")
        let weeks = try item.integer("gestational_age_weeks")
        let usual = names.text("days_since", name).flatMap { Int($0) } ?? 800
        let began = ended.map { $0 + 280 } ?? weeks.map { $0 * 7 } ?? usual
        return .fhir([
            ("resourceType", "Condition"), Self.id("problem", number),
            ("clinicalStatus", .hl7("condition-clinical", item.optional("status") ?? "active")),
            ("verificationStatus", .hl7("condition-ver-status", "confirmed")),
            ("category", .array([.hl7("condition-category", "problem-list-item")])),
            ("code", coded(item, name, "snomed", "icd10cm")), ("subject", Self.subject), ("onsetDateTime", day(began)),
            ("abatementDateTime", ended.map(day)), ("recordedDate", day(began)),
        ])
    }

    private func allergy(_ item: DeckEntries, _ number: Int) throws(DeckError) -> JSONValue {
        try item.allow(
            "substance", "substance_kind", "rxcui", "type", "category", "criticality", "reaction", "clinical_status", "verification_status")
        let name = try item.text("substance")
        var codings = codings(item, name, ["rxcui"])
        if codings.isEmpty, let id = knowledge.ingredient(named: name) {
            codings = [.coding(FHIRSystem.rxNorm, String(knowledge.ingredient(id).rxcui), name)]
        }
        if item.optional("substance_kind") == "drug class", let known = names.entry("classes", name), let code = known["snomed"]?.text {
            codings = [.coding(FHIRSystem.snomed, code, known["display"]?.text)]
        }
        return .fhir([
            ("resourceType", "AllergyIntolerance"), Self.id("allergy", number),
            ("clinicalStatus", item.optional("clinical_status").map { .hl7("allergyintolerance-clinical", $0) }),
            ("verificationStatus", item.optional("verification_status").map { .hl7("allergyintolerance-verification", $0) }),
            ("type", .optional(item.optional("type"))), ("category", .array([.string(item.optional("category") ?? "medication")])),
            ("criticality", .optional(item.optional("criticality"))), ("code", .concept(name, codings)), ("patient", Self.subject),
            ("recordedDate", day(1000)), ("reaction", item.optional("reaction").map { .array([reaction($0)]) }),
        ])
    }

    private func reaction(_ name: String) -> JSONValue {
        let known = names.entry("reactions", name)
        let coding = known?["snomed"]?.text.map { [JSONValue.coding(FHIRSystem.snomed, $0, name)] } ?? []
        return .fhir([("manifestation", .array([.concept(name, coding)])), ("severity", .optional(known?["severity"]?.text))])
    }

    // MARK: Members

    func with(_ resource: JSONValue, _ key: String, _ value: JSONValue?) -> JSONValue {
        guard let value else { return resource }
        var resource = resource
        resource[key] = value
        return resource
    }

    mutating func add(_ type: String, _ content: JSONValue) { resources.append((type, content)) }
}
