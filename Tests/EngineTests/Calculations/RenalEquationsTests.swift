import Clinical
import Testing

@testable import Engine

/// The renal equations against figures worked out by hand from their papers.
@Suite struct RenalEquationsTests {
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
}
