import Knowledge

/// A knowledge base of a few drugs, for rules about rules. Codes are RxNorm's, LOINC's and ICD-10-CM's own.
enum SmallKnowledge {
    static let base: KnowledgeBase = {
        var tables = KnowledgeTables(version: KnowledgeVersion(name: "test.1"))
        tables.ingredients = [
            (11289, "warfarin"), (5640, "ibuprofen"), (7258, "naproxen"), (7646, "omeprazole"), (40790, "pantoprazole"),
            (9997, "spironolactone"), (29046, "lisinopril"), (6809, "metformin"), (161, "acetaminophen"), (723, "amoxicillin"),
            (2177, "cefadroxil"), (83367, "atorvastatin"),
        ].map { IngredientRow(rxcui: $0.0, name: $0.1) }
        let classes: [(String, String, [Int])] = [
            ("CDS:nsaid", "Non-steroidal anti-inflammatory drugs", [5640, 7258]), ("CDS:ppi", "Proton pump inhibitors", [7646, 40790]),
            ("CDS:acei", "ACE inhibitors", [29046]), ("CDS:mra", "Aldosterone antagonists", [9997]),
            ("CDS:penicillin", "Penicillins", [723]), ("CDS:cephalosporin", "Cephalosporins", [2177]),
            ("CDS:statin", "Statins", [83367]),
        ]
        tables.classes = classes.map { ClassRow(id: $0.0, name: $0.1) }
        tables.classMembers = classes.flatMap { id, _, members in members.map { ClassMemberRow(classID: id, rxcui: $0) } }
        tables.labs = [
            LabRow(name: "serum-potassium", title: "Potassium", codes: ["LOINC:2823-3"], unit: "mmol/L", valence: "1", plausibleLow: "1", plausibleHigh: "12"),
            LabRow(name: "serum-creatinine", title: "Creatinine", codes: ["LOINC:2160-0"], unit: "mg/dL", molarMass: "113.12", plausibleLow: "0.1", plausibleHigh: "30"),
            LabRow(name: "egfr", title: "eGFR", codes: ["LOINC:98979-8"], unit: "mL/min/{1.73_m2}"),
            LabRow(name: "weight", title: "Body weight", codes: ["LOINC:29463-7"], unit: "kg"),
            LabRow(name: "height", title: "Body height", codes: ["LOINC:8302-2"], unit: "cm"),
            LabRow(name: "heart-rate", title: "Heart rate", codes: ["LOINC:8867-4"], unit: "/min"),
            LabRow(name: "qt-interval", title: "QT interval", codes: ["LOINC:8634-8"], unit: "ms"),
            LabRow(name: "hba1c", title: "HbA1c", codes: ["LOINC:4548-4"], unit: "%", lines: ["mmol/mol>%:0.09148:2.152"]),
        ]
        tables.names = [
            NameRow(kind: "problem", name: "asthma", targets: ["ICD10CM:J45"], title: "asthma"),
            NameRow(kind: "problem", name: "diabetes", targets: ["ICD10CM:E11"], title: "diabetes"),
            NameRow(kind: "problem", name: "pregnancy", targets: ["ICD10CM:Z33"], title: "pregnancy"),
            NameRow(kind: "problem", name: "pregnancy-status", targets: ["LOINC:82810-3"], title: "pregnancy status"),
            NameRow(kind: "problem", name: "pregnant", targets: ["LOINC:LA15173-0"], title: "pregnant"),
            NameRow(kind: "problem", name: "not-pregnant", targets: ["LOINC:LA26683-5"], title: "not pregnant"),
            NameRow(kind: "vaccine", name: "ppsv23", targets: ["CVX:33"], title: "PPSV23"),
            NameRow(kind: "setting", name: "inpatient", targets: ["ACTCODE:IMP"], title: "inpatient"),
            NameRow(kind: "procedure", name: "mammogram", targets: ["LOINC:24606-6"], title: "mammogram"),
        ]
        tables.reactions = [ReactionRow(name: "hives-or-rash", system: "ICD10CM", code: "L50")]
        tables.overrideReasons = [
            OverrideReasonRow(name: "benefit-outweighs-risk", code: "benefit-outweighs-risk", system: "urn:vigil:override-reason", display: "Benefit outweighs risk")
        ]
        tables.relationMembers = [
            RelationMemberRow(relation: "beta-lactam-r1-side-chain", title: "R1 side chain", group: "aminopenicillin", rxcui: 723)
        ]
        tables.patientWarnings = [
            DrugPatientRow(
                id: "D-1", topic: "disease", drugs: ["class:nsaid", "-naproxen"], routes: ["systemic"], condition: "asthma",
                when: "{ has: asthma }", severity: .major, effect: "Bronchospasm", management: "Avoid", source: "A label"),
            DrugPatientRow(
                id: "D-2", topic: "disease", drugs: ["metformin"], condition: "diabetes", when: "{ has: diabetes }", severity: .minor),
            DrugPatientRow(
                id: "T-1", topic: "duplicate", drugs: ["class:ppi"], condition: "proton pump inhibitors", when: "always", severity: .moderate),
            DrugPatientRow(
                id: "W-1", topic: "wrong", drugs: ["warfarin"], condition: "nothing", when: "{ has: asthmma }", severity: .minor),
        ]
        tables.schedule = [ScheduleRow(table: .groups, row: 0, cells: ["HPV", "HPV", "", "No"], source: "A test")]
        tables.doseForms = ["Oral Tablet", "Extended Release Oral Tablet"]
        tables.orderables = [OrderableRow(name: "serum-potassium", system: "LOINC", code: "2823-3", display: "Potassium")]
        do {
            return try KnowledgeBase(tables)
        } catch {
            fatalError("the tables of this test are wrong: \(error)")
        }
    }()
}
