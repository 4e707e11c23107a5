import Clinical
import Knowledge
import Testing

/// A knowledge base of a few drugs, small enough to read.
enum SmallTables {
    static func base(_ change: (inout KnowledgeTables) -> Void = { _ in }) throws -> KnowledgeBase {
        var tables = self.tables
        change(&tables)
        return try KnowledgeBase(tables)
    }

    static func id(_ base: KnowledgeBase, _ name: String) throws -> IngredientID {
        try #require(base.ingredient(named: name), "no ingredient is called \(name)")
    }

    static let tables: KnowledgeTables = {
        var tables = KnowledgeTables(version: KnowledgeVersion(name: "test"))
        tables.ingredients = [
            IngredientRow(rxcui: 11289, name: "warfarin", unii: "5Q7ZVV76EI"),
            IngredientRow(rxcui: 114194, name: "warfarin sodium", termType: .preciseIngredient, base: 11289),
            IngredientRow(rxcui: 5640, name: "ibuprofen"),
            IngredientRow(rxcui: 7258, name: "naproxen"),
            IngredientRow(rxcui: 161, name: "acetaminophen"),
            IngredientRow(rxcui: 5489, name: "hydrocodone"),
            IngredientRow(rxcui: 214182, name: "acetaminophen / hydrocodone", termType: .multipleIngredients, components: [161, 5489]),
            IngredientRow(rxcui: 4124, name: "ethinyl estradiol"),
            IngredientRow(rxcui: 6373, name: "levonorgestrel"),
            IngredientRow(rxcui: 748794, name: "Inert Ingredients"),
            IngredientRow(rxcui: 723, name: "amoxicillin"),
            IngredientRow(rxcui: 2177, name: "cefadroxil"),
            IngredientRow(rxcui: 2193, name: "ceftriaxone"),
            IngredientRow(rxcui: 2180, name: "cefazolin"),
            IngredientRow(rxcui: 900001, name: "warfarin (retired)", base: 11289),
            IngredientRow(rxcui: 900002, name: "nobody's salt", termType: .preciseIngredient),
            IngredientRow(rxcui: 900003, name: "of nothing", termType: .multipleIngredients),
        ]
        tables.ingredientSets = [[11289], [5640], [161, 5489], [4124, 6373, 748794], [723], [161]]
        tables.doseForms = ["Oral Tablet", "Pack", "oral capsule", "Topical Gel"]
        tables.products = [
            product(855332, .clinicalDrug, "Warfarin Sodium 5 MG Oral Tablet", 0, "5 MG", 0),
            product(855334, .brandedDrug, "Warfarin Sodium 5 MG Oral Tablet [Coumadin]", 0, "5 MG", 0, "Coumadin"),
            product(316672, .clinicalDrugComponent, "Warfarin Sodium 5 MG", 0, "5 MG", nil),
            product(374319, .clinicalDrugForm, "Warfarin Oral Tablet", 0, "", 0),
            product(310965, .clinicalDrug, "Ibuprofen 200 MG Oral Tablet", 1, "200 MG", 0),
            product(856903, .clinicalDrug, "acetaminophen 500 MG / hydrocodone bitartrate 5 MG Oral Tablet", 2, "500 MG / 5 MG", 0),
            product(748868, .clinicalPack, "{21 (ethinyl estradiol 0.02 MG …) / 7 (inert ingredients 1 MG …) } Pack", 3, "0.02 MG / 0.1 MG / 1 MG", 1),
            product(748869, .brandedPack, "{21 … } Pack [Aviane 28]", 3, "0.02 MG / 0.1 MG / 1 MG", 1, "Aviane 28"),
        ]
        tables.brands = [
            BrandRow(name: "Coumadin", rxcui: 202421, ingredientSet: 0),
            BrandRow(name: "Vicodin", rxcui: 128793, ingredientSet: 2),
            BrandRow(name: "Duo", rxcui: 900010, ingredientSet: 1),
            BrandRow(name: "Duo", rxcui: 900010, ingredientSet: 5),
        ]
        tables.drugCodes = [
            NationalDrugCodeRow(code: 7_811_506, ingredientSet: 4, doseForm: 2, isComplete: true),
            NationalDrugCodeRow(code: 560_172, ingredientSet: 0, doseForm: 0, isComplete: true),
            NationalDrugCodeRow(code: 1_234_567, ingredientSet: 1, doseForm: nil, isComplete: false),
        ]
        tables.atc = [ATCRow(rxcui: 11289, code: "B01AA03")]
        tables.classes = [
            ClassRow(id: "CDS:nsaid", name: "NSAIDs", duplicateTherapy: true, source: "FDA EPC"),
            ClassRow(id: "CDS:warfarin_like", name: "Vitamin K antagonists", source: "FDA EPC"),
            ClassRow(id: "CDS:penicillin", name: "Penicillins"),
            ClassRow(id: "CDS:cephalosporin", name: "Cephalosporins"),
            ClassRow(id: "MOA:top", name: "Top"), ClassRow(id: "MOA:middle", name: "Middle"), ClassRow(id: "MOA:low", name: "Low"),
        ]
        tables.classMembers = [
            ("CDS:nsaid", 5640), ("CDS:nsaid", 7258), ("CDS:warfarin_like", 11289), ("CDS:penicillin", 723),
            ("CDS:cephalosporin", 2177), ("CDS:cephalosporin", 2193), ("CDS:cephalosporin", 2180), ("MOA:low", 5640),
            ("MOA:top", 161),
        ].map { ClassMemberRow(classID: $0.0, rxcui: $0.1) }
        tables.classParents = [
            ClassParentRow(classID: "MOA:low", parentID: "MOA:unknown"),
            ClassParentRow(classID: "MOA:unknown", parentID: "MOA:middle"),
            ClassParentRow(classID: "MOA:middle", parentID: "MOA:top"),
            ClassParentRow(classID: "MOA:top", parentID: "MOA:low"),
        ]
        tables.interactionRules = [
            rule("DDI-003", .drugClass("CDS:warfarin_like"), .drugClass("CDS:nsaid"), .contraindicated),
            rule("DDI-001", .drugClass("CDS:warfarin_like"), .ingredient(5640), .moderate),
            rule("DDI-002", .drugClass("CDS:nsaid"), .drugClass("CDS:nsaid"), .minor),
            rule("DDI-004", .ingredient(5640), .drugClass("CDS:warfarin_like"), .major),
        ]
        tables.publicPairs = [
            PublicPairRow(id: "NDFRT-N1", a: 161, b: 11289, aName: "acetaminophen", bName: "warfarin", severity: .moderate, source: "NDF-RT 2014"),
            PublicPairRow(id: "NDFRT-N2", a: 7258, b: 11289, aName: "naproxen", bName: "warfarin", severity: .major, source: "NDF-RT 2014"),
            PublicPairRow(id: "PUBLIC-3", a: 161, b: 723, aName: "acetaminophen", bName: "amoxicillin", severity: nil, source: "ONC-HP"),
        ]
        tables.crossReactivities = [
            cross("XR-06", .drugClass("CDS:penicillin"), .drugClass("CDS:cephalosporin"), "class", .low),
            cross("XR-04", .drugClass("CDS:penicillin"), .ingredient(2177), "identical R1 side chain (amoxicillin)", .moderate),
            cross("XR-55", .other(kind: "text", name: "egg"), .other(kind: "text", name: "influenza vaccine"), "food allergen", .negligible),
        ]
        tables.allergenCodes = [
            AllergenCodeRow(system: "http://snomed.info/sct", code: "91936005", display: "Allergy to penicillin", target: .drugClass("CDS:penicillin")),
            AllergenCodeRow(system: "http://snomed.info/sct", code: "716186003", display: "No known allergy", target: .other(kind: "none", name: "no known allergy")),
            AllergenCodeRow(system: "http://snomed.info/sct", code: "102263004", display: "Eggs", target: .other(kind: "food", name: "egg")),
            AllergenCodeRow(system: "http://hl7.org/fhir/sid/icd-10-cm", code: "Z88.6", display: "Allergy status to analgesic agent", target: .other(kind: "drug", name: "analgesic")),
        ]
        tables.allergenTerms = [
            AllergenTermRow(term: "penicillin", target: .drugClass("CDS:penicillin")),
            AllergenTermRow(term: "no known allergies", target: .other(kind: "none", name: "no known allergy")),
            AllergenTermRow(term: "beta-lactam", target: .drugClass("CDS:penicillin")),
            AllergenTermRow(term: "beta-lactam", target: .drugClass("CDS:cephalosporin")),
            AllergenTermRow(term: "cat hair", target: .other(kind: "environment", name: "cat hair")),
        ]
        tables.valueSetCodes = [
            ValueSetCodeRow(set: "VS:dx_gout", title: "gout", system: "http://hl7.org/fhir/sid/icd-10-cm", code: "M10", isPrefix: true),
            ValueSetCodeRow(set: "VS:dx_gout", title: "gout", system: "http://snomed.info/sct", code: "90560007"),
            ValueSetCodeRow(set: "VS:potassium", title: "Potassium", system: "http://loinc.org", code: "2823-3"),
            ValueSetCodeRow(set: "VS:potassium", title: "Potassium", system: "http://loinc.org", code: "6298-4"),
        ]
        tables.vaccines = [
            VaccineRow(code: "33", name: "PPV23", groups: ["PneumoPPV"]), VaccineRow(code: "88", name: "influenza", groups: ["FLU"]),
            VaccineRow(code: "140", name: "influenza PF", groups: ["FLU"]),
        ]
        tables.facts = [
            DrugFactRow(kind: .qt, subject: .ingredient(723), level: "high", statement: "high: for the test", source: "own"),
            DrugFactRow(kind: .qt, subject: .ingredient(161), level: "low", statement: "low: for the test", source: "own"),
            DrugFactRow(kind: .renal, subject: .drugClass("CDS:nsaid"), level: "avoid", statement: "eGFR < 30: avoid", source: "label"),
        ]
        tables.names = [
            NameRow(kind: "inert", name: "inert", targets: ["RXNORM:748794"]),
            NameRow(kind: "drug", name: "Paracetamol", targets: ["RXNORM:161"]),
            NameRow(kind: "class", name: "anything-for-pain", targets: ["CDS:nsaid", "MOA:top", "-CDS:penicillin"], title: "pain"),
            NameRow(kind: "class", name: "qt-known-risk", targets: ["QT:high"], title: "QT"),
            NameRow(kind: "problem", name: "gout-or-kidney-stone", targets: ["VS:dx_gout", "-SNOMED:90560007", "ICD10CM:N20"]),
            NameRow(kind: "vaccine", name: "influenza", targets: ["GROUP:FLU"], title: "influenza vaccine"),
            NameRow(kind: "setting", name: "icu", targets: ["ROLECODE:ICU"]),
            NameRow(kind: "lab", name: "potassium", targets: ["serum-potassium"]),
        ]
        tables.labs = [
            LabRow(
                name: "serum-potassium", title: "Potassium", codes: ["VS:potassium"], unit: "mmol/L", molarMass: "39.0983", valence: "1",
                plausibleLow: "1", plausibleHigh: "12"),
            LabRow(name: "hba1c", title: "HbA1c", codes: ["LOINC:4548-4"], unit: "%", lines: ["mmol/mol>%:0.09148:2.152"]),
        ]
        tables.reactions = [
            ReactionRow(name: "hives-or-rash", system: "SNOMED", code: "126485001"),
            ReactionRow(name: "hives-or-rash", system: "ICD10CM", code: "L50"),
        ]
        tables.routes = [
            RouteRow(kind: "SNOMED", key: "6064005", group: .topical), RouteRow(kind: "form", key: "oral gel", group: .topical),
            RouteRow(kind: "word", key: "topical", group: .topical), RouteRow(kind: "word", key: "oral", group: .oral),
            RouteRow(kind: "text", key: "iv", group: .intravenous), RouteRow(kind: "text", key: "oral", group: .oral),
        ]
        tables.overrideReasons = [
            OverrideReasonRow(name: "short-course", code: "short-course", system: "urn:vigil:override-reason", display: "Short course"),
        ]
        tables.schedule = [ScheduleRow(table: .groups, row: 0, cells: ["HPV", "HPV", "", "No"], source: "A test")]
        tables.orderables = [OrderableRow(name: "ecg", system: "SNOMED", code: "29303009", display: "Electrocardiographic procedure")]
        tables.relationMembers = [("amino", 723), ("amino", 2177), ("methoxyimino", 2193)].map {
            RelationMemberRow(relation: "beta-lactam-r1-side-chain", title: "R1 side chain", group: $0.0, rxcui: $0.1)
        }
        return tables
    }()

    private static func product(
        _ rxcui: Int, _ type: TermType, _ name: String, _ set: Int, _ strength: String, _ form: Int?, _ brand: String = ""
    ) -> ProductRow {
        ProductRow(rxcui: rxcui, termType: type, name: name, ingredientSet: set, strength: strength, doseForm: form, brand: brand)
    }

    private static func rule(_ id: String, _ a: SubstanceReference, _ b: SubstanceReference, _ severity: Severity) -> InteractionRuleRow {
        InteractionRuleRow(id: id, a: a, aName: "a", b: b, bName: "b", severity: severity, effect: "bleeding", source: "test")
    }

    private static func cross(
        _ id: String, _ a: SubstanceReference, _ b: SubstanceReference, _ relation: String, _ risk: CrossReactivity.Risk
    ) -> CrossReactivityRow {
        CrossReactivityRow(
            id: id, group: id, a: a, aName: "a", b: b, bName: "b", relation: relation, risk: risk, advice: "ask", source: "test")
    }
}
