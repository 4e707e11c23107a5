import Clinical
import Knowledge
import Testing

@Suite struct NameTests {
    let base: KnowledgeBase

    init() throws {
        base = try SmallTables.base()
    }

    private func members(_ name: String) -> [String]? {
        base.drugClass(named: name)?.members.map { base.ingredient($0).name }.sorted()
    }

    @Test func classes() {
        #expect(members("nsaid") == ["ibuprofen", "naproxen"])
        #expect(members("CDS:nsaid") == ["ibuprofen", "naproxen"])
        #expect(members("warfarin-like") == ["warfarin"])
        #expect(members("anything-for-pain") == ["acetaminophen", "ibuprofen", "naproxen"])
        #expect(members("qt-known-risk") == ["amoxicillin"])
        #expect(members("nsiad") == nil)
        #expect(base.drugClass(named: "nsaid")?.name == "nsaid")
        #expect(base.drugClass(named: "nsaid")?.duplicateTherapy == true)
    }

    @Test("members of the classes below are members, even across a class we do not have, and a circle ends")
    func closure() {
        #expect(members("MOA:middle") == ["acetaminophen", "ibuprofen"])
        #expect(members("MOA:top") == ["acetaminophen", "ibuprofen"])
    }

    @Test func problems() throws {
        let gout = try #require(base.codeSet(.problem, named: "gout"))
        #expect(gout.contains(CodeableConcept(codings: [Coding(system: .icd10CM, code: "M10.9")])))
        let both = try #require(base.codeSet(.problem, named: "gout-or-kidney-stone"))
        #expect(both.codes.map(\.code) == ["M10", "N20", "gout or kidney stone"])
        #expect(base.codeSet(.problem, named: "no-such-problem") == nil)
    }

    @Test(
        "C7: below a category means in the hierarchy, not by letters",
        arguments: [("E11", true), ("E11.65", true), ("E110", false), ("E12", false), ("E11.", true), ("e11.65", false)])
    func prefix(code: String, expected: Bool) {
        let match = CodeMatch(system: .icd10CM, code: "E11", isPrefix: true)
        #expect(match.matches(Coding(system: .icd10CM, code: code)) == expected)
        #expect(!match.matches(Coding(system: .snomedCT, code: code)))
    }

    @Test func chaptersAndSubcategories() {
        #expect(CodeMatch(system: .icd10CM, code: "O", isPrefix: true).matches(Coding(system: .icd10CM, code: "O24.4")))
        #expect(CodeMatch(system: .icd10CM, code: "K70.3", isPrefix: true).matches(Coding(system: .icd10CM, code: "K70.31")))
        #expect(!CodeMatch(system: .icd10CM, code: "K70.3", isPrefix: true).matches(Coding(system: .icd10CM, code: "K70.4")))
    }

    @Test func vaccinesSettingsReactions() {
        #expect(base.codeSet(.vaccine, named: "influenza")?.codes.map(\.code) == ["88", "140"])
        #expect(base.codeSet(.vaccine, named: "cvx-33")?.codes.map(\.code) == ["33"])
        #expect(base.codeSet(.setting, named: "icu")?.codes.count == 1)
        #expect(base.codeSet(.reaction, named: "hives-or-rash")?.codes.count == 2)
    }

    @Test func labs() throws {
        let potassium = try #require(base.lab(named: "potassium"))
        #expect(potassium.name == "serum-potassium")
        #expect(potassium.codes.map(\.code) == ["2823-3", "6298-4"])
        #expect(potassium.plausible == 1...12)
        let stated = Quantity(Decimal("5.7") ?? 0, try Unit(text: "mEq/L"))
        #expect(try stated.converted(to: potassium.unit, as: potassium.analyte).get().value == Decimal("5.7"))
        let hba1c = try #require(base.lab(named: "hba1c"))
        let percent = try Quantity(48, try Unit(ucum: "mmol/mol")).converted(to: hba1c.unit, as: hba1c.analyte).get()
        #expect(percent.value.rounded(places: 1) == Decimal("6.5"))
    }

    @Test func bloodPressureIsFoundByItsPanel() throws {
        let systolic = LabDefinition(
            name: "systolic", title: "Systolic", codes: [CodeMatch(system: .loinc, code: "8480-6")], unit: try Unit(ucum: "mm[Hg]"), analyte: nil,
            plausible: nil, source: "")
        #expect(systolic.panelCodes == ["85354-9"])
        #expect(try #require(base.lab(named: "potassium")).panelCodes.isEmpty)
    }

    @Test func orderables() throws {
        #expect(base.orderable(named: "ecg")?.concept.codings.first?.code == "29303009")
        #expect(base.orderable(named: "serum-potassium")?.concept.codings.first?.code == "2823-3")
        #expect(base.overrideReason(named: "short-course")?.display == "Short course")
    }

    @Test func relations() throws {
        let relation = try #require(base.relation(named: "beta-lactam-r1-side-chain"))
        let amoxicillin = try SmallTables.id(base, "amoxicillin")
        #expect(relation.share(amoxicillin, try SmallTables.id(base, "cefadroxil")) == .yes)
        #expect(relation.share(amoxicillin, try SmallTables.id(base, "ceftriaxone")) == .no)
        #expect(relation.share(amoxicillin, try SmallTables.id(base, "cefazolin")).isUnknown)
        #expect(relation.share(amoxicillin, amoxicillin) == .yes)
    }

    @Test func routes() {
        #expect(base.route(CodeableConcept(codings: [Coding(system: .snomedCT, code: "6064005")]), doseForm: "Oral Tablet") == .topical)
        #expect(base.route(CodeableConcept(text: "IV"), doseForm: nil) == .intravenous)
        #expect(base.route(CodeableConcept(text: "Oral route"), doseForm: nil) == .oral)
        #expect(base.route(CodeableConcept(text: "into the knee"), doseForm: "Oral Tablet") == nil)
        #expect(base.route(nil, doseForm: "Topical Gel") == .topical)
        #expect(base.route(nil, doseForm: "Oral Gel") == .topical)
        #expect(base.route(nil, doseForm: "Injection") == nil)
    }

    @Test func namesAreListedInOrder() {
        for kind in NameKind.allCases {
            let names = base.names(of: kind)
            #expect(names == names.sorted())
            #expect(names.isEmpty == (kind == .procedure))
        }
        #expect(base.names(of: .problem).contains("gout"))
        #expect(base.names(of: .drug).contains("paracetamol"))
    }

    @Test func mistakesInOurTablesAreNamed() {
        var tables = SmallTables.tables
        tables.names.append(NameRow(kind: "problem", name: "empty", targets: ["VS:nothing"]))
        tables.labs.append(LabRow(name: "bad", title: "", codes: ["LOINC:1"], unit: "furlong", plausibleLow: "x"))
        tables.labs.append(LabRow(name: "worse", title: "", codes: [], unit: "mg", molarMass: "heavy", lines: ["a>b"]))
        let error = #expect(throws: KnowledgeError.self) { try KnowledgeBase(tables) }
        let columns = (error?.problems ?? []).map { "\($0.table.rawValue).\($0.column)" }
        #expect(columns == ["names.targets", "names.targets", "labs.unit", "labs.codes", "labs.molar_mass", "labs.lines"])
    }

    @Test func aPortraitShowsWhatIsKnown() throws {
        let portrait = try #require(base.description(ofDrug: "ibuprofen"))
        #expect(portrait.classes.map(\.identifier).contains("CDS:nsaid"))
        #expect(portrait.interactions.map(\.name) == ["warfarin", "naproxen"])
        #expect(portrait.facts.map(\.kind) == [.renal])
        let text = portrait.text()
        #expect(text.hasPrefix("ibuprofen  RxNorm 5640\n"))
        #expect(text.contains("interactions: 1 major, 1 minor"))
        #expect(base.description(ofDrug: "nothing") == nil)
    }

    @Test("what another name stands for: members and codes, with their source")
    func otherNames() throws {
        let nsaid = try #require(base.descriptions(ofName: "nsaid").first)
        #expect(nsaid.kind == "class" && nsaid.members == ["ibuprofen", "naproxen"])
        #expect(nsaid.text(listing: 1).hasSuffix("  ibuprofen\n  and 1 more; --all lists them\n"))
        let gout = try #require(base.descriptions(ofName: "gout").first)
        #expect(gout.kind == "problem" && gout.members.contains("ICD10CM M10 and below"))
        #expect(base.descriptions(ofName: "ibuprofen").isEmpty)
    }

    @Test func aBrandIsNamed() {
        #expect(base.brandSentence("coumadin") == "`coumadin` is a brand of `warfarin`")
        #expect(base.brandSentence("warfarin") == nil)
        #expect(base.brandSentence("") == nil)
    }
}
