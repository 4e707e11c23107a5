import Clinical
import Documents
import Knowledge
import Testing

@testable import Replay

@Suite struct MedicineShorthandTests {
    private func medicine(_ text: String) throws -> StatedMedicine {
        try #require(try Samples.story("taking: ['\(text)']").taking.first)
    }

    @Test func drugDoseAndFrequency() throws {
        let medicine = try medicine("warfarin 5 mg daily")
        #expect(medicine.substance == .ingredients([.init(rxcui: 11289, name: "warfarin")]))
        #expect(medicine.dose == StatedDose(low: 5, unit: DoseUnit(code: "mg", text: "mg")))
        #expect(medicine.schedule == StatedSchedule(frequency: 1, period: 1, periodUnit: .day))
        #expect(medicine.route == nil)
        #expect(!medicine.isAsNeeded)
    }

    @Test(
        "how often",
        arguments: [
            ("daily", StatedSchedule.times(1, each: .day)),
            ("once daily", .times(1, each: .day)),
            ("2x/day", .times(2, each: .day)),
            ("3x/week", .times(3, each: .week)),
            ("twice daily", .times(2, each: .day)),
            ("twice a day", .times(2, each: .day)),
            ("three times per day", .times(3, each: .day)),
            ("4 times daily", .times(4, each: .day)),
            ("bid", .times(2, each: .day)),
            ("weekly", .times(1, each: .week)),
            ("once weekly", .times(1, each: .week)),
            ("monthly", .times(1, each: .month)),
            ("every 6 hours", StatedSchedule(frequency: 1, period: 6, periodUnit: .hour)),
            ("q8h", StatedSchedule(frequency: 1, period: 8, periodUnit: .hour)),
            ("every 4-6 hours", StatedSchedule(frequency: 1, period: 4, periodMaximum: 6, periodUnit: .hour)),
            ("every 2 weeks", StatedSchedule(frequency: 1, period: 2, periodUnit: .week)),
            ("every other day", StatedSchedule(frequency: 1, period: 2, periodUnit: .day)),
            ("every day", .times(1, each: .day)),
            ("at night", StatedSchedule(frequency: 1, period: 1, periodUnit: .day, when: ["HS"])),
            ("every night", StatedSchedule(frequency: 1, period: 1, periodUnit: .day, when: ["HS"])),
            ("in the morning", StatedSchedule(frequency: 1, period: 1, periodUnit: .day, when: ["MORN"])),
            ("once", StatedSchedule(count: 1)),
        ])
    func frequency(_ text: String, _ schedule: StatedSchedule) throws {
        #expect(try medicine("warfarin 5 mg \(text)").schedule == schedule)
    }

    @Test(arguments: [
        ("5 mg", "5", "5", "mg"), ("0.5 mg", "0.5", "0.5", "mg"), ("500mg", "500", "500", "mg"),
        ("1-2 tablets", "1", "2", "{tablet}"), ("100 mcg", "100", "100", "ug"),
    ])
    func amount(_ text: String, _ low: String, _ high: String, _ code: String) throws {
        let dose = try #require(try medicine("warfarin \(text) daily").dose)
        #expect(dose.low.description == low)
        #expect(dose.high.description == high)
        #expect(dose.unit.code == code)
    }

    @Test func routeBeforeOrAfterTheFrequency() throws {
        #expect(try medicine("cefazolin 2 g iv 3x/day").route == StatedRoute("intravenous"))
        #expect(try medicine("diclofenac 40 mg topical daily").route == StatedRoute("topical"))
        #expect(try medicine("warfarin 5 mg daily by mouth").route == StatedRoute("oral"))
    }

    @Test func everyRouteIsKnownToTheKnowledgeBase() throws {
        let knowledge = try RepositoryKnowledge.base()
        for word in StatedRoute.words {
            let coding = try #require(StatedRoute(word)).coding
            #expect(knowledge.route(CodeableConcept(codings: [coding]), doseForm: nil) != nil, "\(word)")
        }
    }

    @Test func datesAndWords() throws {
        let stopped = try medicine("sertraline 50 mg daily stopped 2026-01-05")
        #expect(stopped.isStopped)
        #expect(stopped.ended == (try Samples.date("2026-01-05")))
        #expect(try medicine("sertraline 50 mg daily since 2025-10").started == (try Samples.date("2025-10")))
        #expect(try medicine("sertraline since 2025-10-01 until 2026-03-01").ended == (try Samples.date("2026-03-01")))
        #expect(try medicine("ibuprofen 400 mg every 6 hours as needed").isAsNeeded)
        #expect(try medicine("ibuprofen 400 mg prn").isAsNeeded)
        #expect(try medicine("amoxicillin 500 mg tid for 7 days").days == 7)
        #expect(try medicine("amoxicillin 500 mg tid for 2 weeks").days == 14)
        #expect(try medicine("lisinopril 10 mg daily on hold").isOnHold)
        #expect(try medicine("warfarin") == StatedMedicine(.ingredients([.init(rxcui: 11289, name: "warfarin")])))
    }

    @Test func namesOfSeveralWordsAndCombinations() throws {
        let combination = try medicine("sulfamethoxazole/trimethoprim 1 tablet 2x/day")
        guard case .ingredients(let ingredients) = combination.substance else {
            Issue.record("not ingredients")
            return
        }
        #expect(ingredients.map(\.name) == ["sulfamethoxazole", "trimethoprim"])
        let long = try medicine("acetic acid 250 mg daily")
        guard case .ingredients(let one) = long.substance else {
            Issue.record("not an ingredient")
            return
        }
        #expect(one.map(\.name) == ["acetic acid"])
    }

    @Test func productsAndWordsWithoutCode() throws {
        guard case .product(let rxcui, let name) = try medicine("rxcui:197361 1 tablet daily").substance else {
            Issue.record("not a product")
            return
        }
        #expect(rxcui == 197_361)
        #expect(name.lowercased().contains("amlodipine"))
        #expect(try medicine("uncoded herbal tea 1 dose daily").substance == .uncoded("herbal tea"))
    }

    @Test func aVaccineIsOrdered() throws {
        let story = try #require(try Samples.story("ordering: [vaccine yellow-fever-vaccine]").ordering.first)
        guard case .vaccine(let name) = story.substance else {
            Issue.record("not a vaccine")
            return
        }
        #expect(name.coding.code == "37")
    }

    @Test(
        "what is not understood, and where",
        arguments: [
            ("taking: [1️⃣warfrin2️⃣ 5 mg daily]", "V403", "did you mean `warfarin`?"),
            ("taking: ['1️⃣warfrin2️⃣ 5 mg daily']", "V403", "did you mean `warfarin`?"),
            ("taking: [warfarin 5 1️⃣mgg2️⃣ daily]", "V402", nil),
            ("taking: [warfarin 5 mg 1️⃣dailyy2️⃣]", "V402", "did you mean `daily`?"),
            ("taking: [warfarin 1️⃣52️⃣]", "V402", "write `5 mg`"),
            ("taking: [warfarin 5 mg stopped 1️⃣yesterday2️⃣]", "V402", "write the date as 2025-12-31"),
            ("ordering: [warfarin 5 mg 1️⃣stopped2️⃣ 2026-01-01]", "V402", "put it under `taking:`"),
            ("taking: [warfarin 5 mg every 1️⃣moon2️⃣]", "V402", nil),
            ("taking: [warfarin 5 mg daily 1️⃣twice2️⃣ daily]", "V402", nil),
            ("taking: [1️⃣rxcui:abc2️⃣ daily]", "V402", "write `rxcui:197361`"),
            ("taking: [1️⃣{ warfarin: 5 mg }2️⃣]", "V402", nil),
        ] as [(String, String, String?)])
    func complaint(_ sample: String, _ code: String, _ help: String?) throws {
        let marked = MarkedText(sample)
        let (story, diagnostics) = try Samples.given(marked.text)
        #expect(diagnostics.map(\.code) == [code])
        #expect(diagnostics.first?.range == marked.range)
        #expect(diagnostics.first?.file == "sample.yaml")
        if let help { #expect(diagnostics.first?.help == [help]) }
        #expect(story.taking.isEmpty && story.ordering.isEmpty)
    }
}
