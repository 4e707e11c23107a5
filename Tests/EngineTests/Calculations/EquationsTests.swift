import Clinical
import Testing

@testable import Engine

/// The equations against published figures, and where there are none against figures worked out by hand from their papers.
@Suite struct EquationsTests {
    /// Each from 142 × min(Scr/κ,1)^α × max(Scr/κ,1)^−1.2 × 0.9938^age × 1.012 if female, computed apart from this code.
    @Test(arguments: [
        (creatinine: 1.0, age: 50, sex: Patient.Sex.male, expected: "91.7"),
        (creatinine: 1.0, age: 50, sex: .female, expected: "68.6"),
        (creatinine: 0.6, age: 30, sex: .female, expected: "123.8"),
        (creatinine: 2.997, age: 70, sex: .male, expected: "21.7"),
        (creatinine: 0.9, age: 40, sex: .male, expected: "110.7"),
    ])
    func ckdEPI2021(creatinine: Double, age: Int, sex: Patient.Sex, expected: String) {
        #expect(CKDEPI2021.estimate(creatinine: creatinine, age: age, sex: sex).map { "\($0)" } == expected)
    }

    @Test func ckdEPI2021_refusesChildrenAndImpossibleValues() {
        #expect(CKDEPI2021.estimate(creatinine: 1, age: 17, sex: .male) == nil)
        #expect(CKDEPI2021.estimate(creatinine: 0, age: 50, sex: .male) == nil)
    }

    /// (140 − age) × weight / (72 × creatinine), × 0.85 for women.
    @Test func cockcroftGault() {
        #expect(CockcroftGault.clearance(age: 60, weight: 72, creatinine: 1, sex: .male) == Decimal(80))
        #expect(CockcroftGault.clearance(age: 60, weight: 72, creatinine: 1, sex: .female) == Decimal(68))
        #expect(CockcroftGault.clearance(age: 140, weight: 72, creatinine: 1, sex: .male) == nil)
        #expect(CockcroftGault.clearance(age: 60, weight: 0, creatinine: 1, sex: .male) == nil)
    }

    @Test func bodySize() {
        #expect(BodySize.massIndex(weight: 81, height: 180) == Decimal(25))
        #expect(BodySize.surface(weight: 72, height: 180).map { "\($0)" } == "1.90")
        #expect(BodySize.massIndex(weight: 81, height: 0) == nil)
    }

    /// Interval in ms, rate, and what Bazett and Fridericia give.
    ///
    /// - Source: PMC8275798, figure 1: three recordings of one man. Rates are rounded to a tenth there, hence 1 ms.
    @Test(arguments: [(405.0, 52.7, 379.4, 387.7), (405, 52.6, 379.2, 387.6), (395, 85.9, 472.7, 445.2)])
    func correctedQT(interval: Double, rate: Double, bazett: Double, fridericia: Double) throws {
        #expect(abs(try #require(CorrectedQT.bazett(interval: interval, heartRate: rate)).doubleValue - bazett) <= 1)
        #expect(abs(try #require(CorrectedQT.fridericia(interval: interval, heartRate: rate)).doubleValue - fridericia) <= 1)
    }

    @Test func correctedQT_atSixtyBeatsIsTheIntervalItself() {
        #expect(CorrectedQT.bazett(interval: 400, heartRate: 60) == 400)
        #expect(CorrectedQT.fridericia(interval: 400, heartRate: 60) == 400)
        #expect(CorrectedQT.bazett(interval: 400, heartRate: 0) == nil)
    }

    /// - Source of the first: icuroom-pearls.blogspot.com, 2006-04, phenytoin 8.2 at an albumin of 2.2 is 15.2.
    @Test(arguments: [(8.2, 2.2, "15.2"), (10, 4.5, "10"), (5, 2, "10")])
    func correctedPhenytoin(level: Double, albumin: Double, expected: String) {
        #expect(CorrectedPhenytoin.sheinerTozer(phenytoin: level, albumin: albumin).map { "\($0)" } == expected)
    }

    /// Calcium + 0.8 × (4 − albumin).
    @Test(arguments: [(8.0, 4.0, "8"), (7.6, 2.5, "8.8"), (10, 5, "9.2")])
    func correctedCalcium(calcium: Double, albumin: Double, expected: String) {
        #expect(CorrectedCalcium.payne(calcium: calcium, albumin: albumin).map { "\($0)" } == expected)
    }

    /// 50 or 45.5 kg and 2.3 kg for each inch above 60.
    @Test func idealWeight() {
        #expect(BodyWeight.ideal(height: Decimal(coefficient: 1778, scale: 1), sex: .male).map { "\($0)" } == "73")
        #expect(BodyWeight.ideal(height: Decimal(coefficient: 1524, scale: 1), sex: .female).map { "\($0)" } == "45.5")
        #expect(BodyWeight.ideal(height: 152, sex: .female) == nil)
    }

    /// - Source: creatinineclearancecalculator.net/adjusted-body-weight: ideal 70 kg, actual 120 kg, adjusted 90 kg.
    @Test func adjustedWeight() {
        #expect(BodyWeight.adjusted(actual: 120, ideal: 70) == 90)
        #expect(BodyWeight.adjusted(actual: 60, ideal: 70) == 60)
    }
}
