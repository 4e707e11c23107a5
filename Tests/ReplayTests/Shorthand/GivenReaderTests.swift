import Clinical
import Documents
import Testing

@testable import Replay

@Suite struct GivenReaderTests {
    @Test func ageIsTheBirthdayItself() throws {
        #expect(try Samples.story("age: 65 y").born == (try Samples.date("1961-01-15")))
        #expect(try Samples.story("age: 8 months").born == (try Samples.date("2025-05-15")))
        #expect(try Samples.story("born: 1961-01-16").born == (try Samples.date("1961-01-16")))
    }

    @Test func sexPregnancyAndBody() throws {
        let story = try Samples.story("{ sex: female, pregnant: no, weight: 80 kg, height: 175 cm, setting: inpatient }")
        #expect(story.sex == .female)
        #expect(story.isPregnant == false)
        #expect(story.weight?.description == "80 kg")
        #expect(story.height?.description == "175 cm")
        #expect(story.settings.map(\.name) == ["inpatient"])
    }

    @Test func relatives() throws {
        let story = try Samples.story("family_history: [asthma father at 40 y, asthma, asthma sister, asthma at 3 y]")
        #expect(story.familyHistory.map(\.relationship?.code) == ["FTH", nil, "SIS", nil])
        #expect(story.familyHistory.map(\.onsetAge) == [40, nil, nil, 3])
        #expect(Set(story.familyHistory.map(\.disease.name)) == ["asthma"])
    }

    @Test func allergies() throws {
        let story = try Samples.story(
            """
            allergies:
              - amoxicillin -> anaphylaxis-or-angioedema, hives-or-rash
              - ibuprofen
              - amoxicillin -> hives-or-rash 2019-04-01 refuted
              - penicillin resolved
              - none known
            """)
        #expect(story.allergies.map(\.standing) == [.active, .active, .refuted, .resolved, .active])
        #expect(story.allergies[0].reactions.map(\.name) == ["anaphylaxis-or-angioedema", "hives-or-rash"])
        #expect(story.allergies[0].substance.codings == [Coding(system: .rxNorm, code: "723")])
        #expect(story.allergies[1].reactions.isEmpty)
        #expect(story.allergies[2].recorded == (try Samples.date("2019-04-01")))
        #expect(story.allergies[4].substance.codings.map(\.code) == ["716186003"])
    }

    @Test func problems() throws {
        let story = try Samples.story(
            "problems: [asthma 2019-03-01, asthma 2001-03-01 resolved, diabetes, asthma suspected, asthma 2001 resolved 2005-05]")
        #expect(story.problems.map(\.standing) == [.active, .resolved, .active, .suspected, .resolved])
        #expect(story.problems[0].onset == (try Samples.date("2019-03-01")))
        #expect(story.problems[2].onset == nil)
        #expect(story.problems[4].ended == (try Samples.date("2005-05")))
    }

    @Test func results() throws {
        let story = try Samples.story(
            "labs: [serum-potassium 5.7 mEq/L 2025-12-20, hba1c 7.1 % 2025-05-10, egfr 70 mL/min/1.73m2, serum-potassium <3.0 mmol/L, inr 2.50]")
        #expect(story.labs.map(\.what.name) == ["serum-potassium", "hba1c", "egfr", "serum-potassium", "inr"])
        #expect(story.labs[0].value.value == Decimal(coefficient: 57, scale: 1))
        #expect(story.labs[0].date == (try Samples.date("2025-12-20")))
        #expect(story.labs[2].date == PartialDate(Samples.today))
        #expect(story.labs[3].value.comparator == .below)
        #expect(story.labs[4].value.value.description == "2.50")
        #expect(story.labs[4].value.unit != nil)
    }

    @Test func proceduresVaccinesAndWhatWasNotSent() throws {
        let story = try Samples.story(
            "{ done: [mammogram 2023-01-10, mastectomy-left], vaccines: [ppsv23 2023-02-01], not_supplied: [labs, medications, vaccines] }")
        #expect(story.procedures.map(\.what.name) == ["mammogram", "mastectomy-left"])
        #expect(story.procedures[1].date == nil)
        #expect(story.vaccines.map(\.what.coding.code) == ["33"])
        #expect(story.notSupplied == [.observations, .medications, .immunizations])
    }

    @Test(
        "what is not understood, and where",
        arguments: [
            ("1️⃣alergies2️⃣: [amoxicillin]", "V401"),
            ("age: 1️⃣old2️⃣", "V402"),
            ("age: 1️⃣72 min2️⃣", "V402"),
            ("born: 1️⃣15.1.19612️⃣", "V402"),
            ("sex: 1️⃣f2️⃣", "V402"),
            ("pregnant: 1️⃣perhaps2️⃣", "V402"),
            ("weight: 1️⃣80 cm2️⃣", "V402"),
            ("setting: 1️⃣inpatiant2️⃣", "V403"),
            ("allergies: [1️⃣amoxicilin2️⃣ -> hives-or-rash]", "V403"),
            ("allergies: [amoxicillin -> 1️⃣hives-or-rush2️⃣]", "V405"),
            ("allergies: [amoxicillin 1️⃣->2️⃣]", "V402"),
            ("problems: [1️⃣astma2️⃣ 2019-03-01]", "V403"),
            ("problems: [asthma 2019-03-01 1️⃣gone2️⃣]", "V402"),
            ("labs: [1️⃣potasium2️⃣ 5.7 mmol/L]", "V403"),
            ("labs: [serum-potassium 1️⃣high2️⃣]", "V402"),
            ("labs: [serum-potassium 1️⃣5.72️⃣]", "V402"),
            ("labs: [serum-potassium 1️⃣5.7 bananas2️⃣ 2025-12-20]", "V402"),
            ("labs: [1️⃣serum-potassium2️⃣]", "V402"),
            ("done: [1️⃣mamogram2️⃣ 2023-01-10]", "V403"),
            ("done: [mammogram 1️⃣lately2️⃣]", "V402"),
            ("vaccines: [1️⃣ppsv232️⃣]", "V402"),
            ("not_supplied: [1️⃣lab2️⃣]", "V402"),
            ("{ 1️⃣age2️⃣: 65 y, born: 1961-01-15 }", "V402"),
        ])
    func complaint(_ sample: String, _ code: String) throws {
        let marked = MarkedText(sample)
        let (_, diagnostics) = try Samples.given(marked.text)
        #expect(diagnostics.map(\.code) == [code])
        #expect(diagnostics.first?.range == marked.range)
    }

    @Test func nearestNamesAreOffered() throws {
        func help(_ sample: String) throws -> [String] { try Samples.given(sample).diagnostics.flatMap(\.help) }
        #expect(try help("alergies: [amoxicillin]") == ["did you mean `allergies`, as in `allergies: [amoxicillin -> hives-or-rash]`?"])
        #expect(try help("problems: [astma]") == ["did you mean `asthma`?"])
        #expect(try help("allergies: [amoxicillin -> hives-or-rush]") == ["did you mean `hives-or-rash`?"])
        #expect(
            try help("allergies: [amoxicillin -> anaphylaxis]").first == "did you mean `anaphylaxis-or-angioedema`?")
        #expect(try help("allergies: [amoxicillin -> nothing-like-it]").first?.hasPrefix("there are: `anaphylaxis-or-angioedema`, ") == true)
        #expect(try help("taking: [Zanaflex 4 mg 3x/day]") == ["`Zanaflex` is a brand of `tizanidine`"])
        #expect(try help("taking: [4 mg tizanidine 3x/day]") == ["write it as `tizanidine 5 mg 2x/day`: drug, dose, how often"])
        #expect(try help("not_supplied: [lab]") == ["did you mean `labs`?"])
    }

    @Test func allProblemsAreReportedAtOnce() throws {
        let (story, diagnostics) = try Samples.given(
            "{ agee: 72 y, taking: [warfrin 5 mg, warfarin 5 mg daily], labs: [serum-potassium high] }")
        #expect(diagnostics.map(\.code) == ["V401", "V403", "V402"])
        #expect(story.taking.count == 1)
    }

    @Test func nothingGivenIsAPatientOfWhomNothingIsKnown() throws {
        let knowledge = try RepositoryKnowledge.base()
        let (story, diagnostics) = GivenReader.read(nil, today: Samples.today, knowledge: knowledge, file: "sample.yaml")
        #expect(story == PatientStory(today: Samples.today))
        #expect(diagnostics.isEmpty)
    }
}
