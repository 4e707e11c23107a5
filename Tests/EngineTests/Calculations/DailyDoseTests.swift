import Clinical
import Knowledge
import Testing

@testable import Engine

@Suite struct DailyDoseTests {
    private func dose(
        _ rxcui: Int, _ ingredient: Int, _ dosages: [Dosage]
    ) throws -> Result<DailyDose, UnknownReason> {
        let snapshot = Snapshot(orders: [World.order(rxcui, dosages: dosages)])
        let entry = try #require(MedicationEntry.all(in: snapshot, knowledge: World.knowledge).first)
        return DailyDose.of(entry, ingredient: try #require(World.knowledge.ingredient(rxcui: ingredient)))
    }

    private func quantity(_ value: Int, _ unit: String?) throws -> Dosage.Dose {
        .quantity(Quantity(Decimal(value), try unit.map { try World.unit($0) }))
    }

    private static func every(_ frequency: Int, _ period: Int, _ unit: Timing.PeriodUnit) -> Timing {
        Timing(frequency: frequency, period: Decimal(period), periodUnit: unit)
    }

    @Test func amountTimesFrequency() throws {
        let result = try dose(World.metformin, World.metformin, [Dosage(timing: Self.every(2, 1, .day), dose: try quantity(1000, "mg"))])
        #expect("\(try result.get().high)" == "2000 mg/day")
        #expect(try result.get().low == result.get().high)
    }

    @Test func tabletsTakeTheStrengthOfTheProduct() throws {
        let result = try dose(861007, World.metformin, [Dosage(timing: Self.every(1, 8, .hour), dose: try quantity(2, nil))])
        #expect("\(try result.get().high)" == "3000 mg/day")
    }

    @Test func millilitresTakeTheConcentration() throws {
        let result = try dose(197803, World.ibuprofen, [Dosage(timing: Self.every(3, 1, .day), dose: try quantity(10, "mL"))])
        #expect("\(try result.get().high)" == "600 mg/day")
    }

    @Test func G11_asNeededIsAWindowFromZero() throws {
        let result = try dose(World.ibuprofen, World.ibuprofen, [Dosage(isAsNeeded: true, timing: Self.every(1, 6, .hour), dose: try quantity(400, "mg"))])
        #expect(try result.get().low.value == 0)
        #expect("\(try result.get().high)" == "1600 mg/day")
    }

    @Test func G12_onceWeeklyIsNotDaily() throws {
        let result = try dose(World.ibuprofen, World.ibuprofen, [Dosage(timing: Self.every(1, 1, .week), dose: try quantity(700, "mg"))])
        #expect("\(try result.get().high)" == "100 mg/day")
        let days = Timing(frequency: 1, period: 1, periodUnit: .day, daysOfWeek: ["mon"])
        #expect("\(try dose(World.ibuprofen, World.ibuprofen, [Dosage(timing: days, dose: try quantity(700, "mg"))]).get().high)" == "100 mg/day")
    }

    @Test(arguments: [("BID", 2), ("TID", 3), ("Q6H", 4), ("QD", 1)])
    func G12_abbreviations(code: String, times: Int) throws {
        let result = try dose(World.ibuprofen, World.ibuprofen, [Dosage(timing: Timing(code: code), dose: try quantity(100, "mg"))])
        #expect(try result.get().high.value == Decimal(100 * times))
    }

    @Test(arguments: [("BID", 200), (nil, 100)])
    func aPeriodWithoutAFrequencyIsOnceUnlessTheCodeSays(code: String?, total: Int) throws {
        let timing = Timing(period: 1, periodUnit: .day, code: code)
        let result = try dose(World.ibuprofen, World.ibuprofen, [Dosage(timing: timing, dose: try quantity(100, "mg"))])
        #expect(try result.get().high.value == Decimal(total))
    }

    @Test func stepsAtOneTimeAddUp() throws {
        let morning = Dosage(sequence: 1, timing: Self.every(1, 1, .day), dose: try quantity(500, "mg"))
        let evening = Dosage(sequence: 1, timing: Self.every(1, 1, .day), dose: try quantity(1, "g"))
        let sum = try dose(World.metformin, World.metformin, [morning, evening]).get().high
        #expect(sum.compare(.equal, try #require(Quantity("1500 mg/day"))) == .yes)
    }

    @Test func G13_stepsThatFollowOneAnotherDoNot() throws {
        let first = Dosage(sequence: 1, timing: Self.every(1, 1, .day), dose: try quantity(500, "mg"))
        let second = Dosage(sequence: 2, timing: Self.every(2, 1, .day), dose: try quantity(500, "mg"))
        #expect(throws: UnknownReason.self) { try dose(World.metformin, World.metformin, [first, second]).get() }
    }

    @Test func G10_wordsOnlyAreNotGuessed() throws {
        #expect(throws: UnknownReason.self) { try dose(World.metformin, World.metformin, [Dosage(hasText: true)]).get() }
        #expect(throws: UnknownReason.self) { try dose(World.metformin, World.metformin, []).get() }
    }

    @Test func aRangeWithoutALowerEndBeginsAtZero() throws {
        let most = Quantity(Decimal(800), try World.unit("mg"))
        let result = try dose(World.ibuprofen, World.ibuprofen, [Dosage(timing: Self.every(1, 1, .day), dose: .range(low: nil, high: most))])
        #expect(try result.get().low.value == 0)
        #expect("\(try result.get().high)" == "800 mg/day")
    }

    @Test func aTabletOfUnknownStrengthIsUnknown() throws {
        let result = try dose(World.metformin, World.metformin, [Dosage(timing: Self.every(2, 1, .day), dose: try quantity(1, nil))])
        #expect(throws: UnknownReason.self) { try result.get() }
    }
}
