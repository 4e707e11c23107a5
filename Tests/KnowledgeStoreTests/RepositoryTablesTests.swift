import Clinical
import Documents
import Knowledge
import KnowledgeStore
import Testing

/// The tables that ship: they build, and every name that rules use is there.
@Suite struct RepositoryTablesTests {
    let report: KnowledgeReport
    let base: KnowledgeBase

    init() throws {
        (report, base) = try SourceTables.built.get()
    }

    private func drug(_ codes: String...) -> [String]? {
        base.resolve(CodeableConcept(codings: codes.map { Coding(system: .rxNorm, code: $0) })).drug?
            .ingredients.map { base.ingredient($0).name.lowercased() }.sorted()
    }

    @Test func counts() {
        #expect(base.ingredientCount > 6_000)
        #expect(base.interactionPairCount > 15_000)
        #expect(report.version.counts.first { $0.table == "ndc" }?.rows == 103_861)
        #expect(base.version == report.version)
    }

    @Test(
        "the drugs of the example rules",
        arguments: [
            ("warfarin", 11289), ("ibuprofen", 5640), ("naproxen", 7258), ("diclofenac", 3355), ("omeprazole", 7646),
            ("pantoprazole", 40790), ("misoprostol", 42331), ("prednisone", 8640), ("spironolactone", 9997), ("eplerenone", 298869),
            ("lisinopril", 29046), ("losartan", 52175), ("phenelzine", 8123), ("fluoxetine", 4493), ("sertraline", 36437),
            ("amoxicillin", 723), ("cefadroxil", 2177), ("cefazolin", 2180), ("ceftriaxone", 2193), ("propranolol", 8787),
            ("metformin", 6809), ("lorazepam", 6470), ("citalopram", 2556), ("ondansetron", 26225), ("haloperidol", 5093),
            ("azithromycin", 18631), ("atorvastatin", 83367), ("acetaminophen", 161),
        ])
    func drugs(name: String, rxcui: Int) {
        #expect(base.ingredient(named: name).map { base.ingredient($0).rxcui } == rxcui)
    }

    @Test(
        "the classes of the example rules, each with the members that their tests need",
        arguments: [
            ("nsaid", ["ibuprofen", "naproxen", "diclofenac"]), ("ppi", ["omeprazole", "pantoprazole"]),
            ("systemic-corticosteroid", ["prednisone"]), ("aldosterone-antagonist", ["spironolactone", "eplerenone"]),
            ("acei-or-arb", ["lisinopril", "losartan"]), ("maoi", ["phenelzine"]),
            ("ssri-or-snri", ["fluoxetine", "sertraline", "citalopram"]), ("penicillin", ["amoxicillin"]),
            ("cephalosporin", ["cefadroxil", "cefazolin", "ceftriaxone"]), ("nonselective-beta-blocker", ["propranolol"]),
            ("benzodiazepine", ["lorazepam"]), ("statin", ["atorvastatin"]),
            ("qt-known-risk", ["citalopram", "ondansetron", "haloperidol", "azithromycin"]),
        ])
    func classes(name: String, members: [String]) throws {
        let found = try #require(base.drugClass(named: name))
        for member in members { #expect(found.contains(try #require(base.ingredient(named: member))), "\(name) lacks \(member)") }
    }

    @Test(arguments: [
        "upper-gi-bleed-or-ulcer", "asthma", "seizure-disorder", "alcohol-withdrawal", "diabetes", "hospice-or-palliative",
        "rhabdomyolysis-or-myopathy", "cirrhosis", "long-qt-syndrome",
        // What the built-in `pregnant` reads.
        "pregnancy", "pregnancy-status", "pregnant", "not-pregnant",
    ])
    func problems(name: String) { #expect(base.codeSet(.problem, named: name)?.codes.isEmpty == false) }

    @Test(arguments: ["anaphylaxis-or-angioedema", "severe-delayed-reaction", "intolerance-only", "hives-or-rash"])
    func reactions(name: String) { #expect(base.codeSet(.reaction, named: name)?.codes.isEmpty == false) }

    @Test(arguments: ["mammogram", "bilateral-mastectomy", "mastectomy-left", "mastectomy-right"])
    func procedures(name: String) { #expect(base.codeSet(.procedure, named: name)?.codes.isEmpty == false) }

    @Test(arguments: [("pcv20-or-pcv21", ["216", "327"]), ("pcv15", ["215"]), ("ppsv23", ["33"])])
    func vaccines(name: String, codes: [String]) { #expect(base.codeSet(.vaccine, named: name)?.codes.map(\.code) == codes) }

    @Test(arguments: ["serum-potassium", "serum-creatinine", "egfr", "hba1c", "qtc"])
    func labs(name: String) throws {
        let lab = try #require(base.lab(named: name))
        #expect(lab.plausible != nil)
        #expect(base.orderable(named: name)?.concept.codings.first?.code == lab.codes.first?.code)
    }

    @Test func everythingElseThatTheExamplesName() {
        #expect(base.codeSet(.setting, named: "operating-room") != nil)
        #expect(base.orderable(named: "ecg") != nil)
        #expect(base.orderable(named: "mammogram")?.concept.codings.first?.code == "24606-6")
        for reason in [
            "benefit-outweighs-risk", "short-course", "will-monitor-inr", "tolerated-before", "monitoring-arranged", "specialist-advice",
            "allergy-not-accurate", "test-dose-planned", "diagnosis-not-accurate", "result-not-accurate", "not-pregnant",
            "established-taper-planned", "switching", "dose-adjustment", "ecg-done", "done-elsewhere", "patient-declined",
            "not-appropriate", "statin-intolerance",
        ] {
            #expect(base.overrideReason(named: reason) != nil, "\(reason)")
        }
    }

    @Test func sideChains() throws {
        let relation = try #require(base.relation(named: "beta-lactam-r1-side-chain"))
        func id(_ name: String) throws -> IngredientID { try #require(base.ingredient(named: name)) }
        #expect(relation.share(try id("amoxicillin"), try id("cefadroxil")) == .yes)
        #expect(relation.share(try id("amoxicillin"), try id("cefazolin")) == .no)
        #expect(relation.share(try id("amoxicillin"), try id("ceftriaxone")) == .no)
        #expect(relation.share(try id("amoxicillin"), try id("cefoxitin")).isUnknown)
    }

    @Test func analytesConvertAsTheirSourcesSay() throws {
        func value(_ lab: String, _ text: String) throws -> Decimal {
            let definition = try #require(base.lab(named: lab))
            let stated = try #require(Quantity(text))
            return try stated.converted(to: definition.unit, as: definition.analyte).get().value.rounded(places: 2)
        }
        #expect(try value("serum-creatinine", "106 umol/L") == Decimal("1.20"))
        #expect(try value("glucose", "5.5 mmol/L") == Decimal("99.09"))
        #expect(try value("hba1c", "48 mmol/mol") == Decimal("6.54"))
        #expect(try value("serum-potassium", "5.7 mEq/L") == Decimal("5.7"))
        #expect(try value("serum-calcium", "2.5 mmol/L") == Decimal("10.02"))
        #expect(try value("hemoglobin", "8 mmol/L") == Decimal("12.89"))
        #expect(try value("urea-nitrogen", "7 mmol/L") == Decimal("19.61"))
        #expect(try value("ldl", "2.6 mmol/L") == Decimal("100.54"))
        #expect(try value("platelets", "150 10*9/L") == 150)
        #expect(try value("weight", "154 [lb_av]") == Decimal("69.85"))
    }

    @Test func resolutionOverRealCodes() {
        #expect(drug("855332") == ["warfarin"])
        #expect(drug("202421") == ["warfarin"])
        #expect(drug("748868") == ["ethinyl estradiol", "levonorgestrel"])
        #expect(drug("11289", "855332") == ["warfarin"])
    }

    @Test func interactionsOverRealDrugs() throws {
        func pair(_ a: String, _ b: String) throws -> Interaction? {
            base.interaction(try #require(base.ingredient(named: a)), try #require(base.ingredient(named: b)))
        }
        let bleeding = try #require(try pair("warfarin", "ibuprofen"))
        #expect(bleeding.severity >= .moderate && bleeding.layer == .curated && !bleeding.sources.isEmpty)
        #expect(try pair("phenelzine", "sertraline")?.severity == .contraindicated)
        #expect(try pair("acetaminophen", "omeprazole") == nil)
    }

    @Test func aPortraitOfWarfarin() throws {
        let portrait = try #require(base.description(ofDrug: "warfarin"))
        #expect(portrait.productCount > 10)
        #expect(portrait.interactions.count > 100)
        #expect(portrait.codes.contains { $0.hasPrefix("UNII") })
        #expect(portrait.facts.contains { $0.kind == .metabolism })
        #expect(portrait.text().count > 1_000)
    }
}
