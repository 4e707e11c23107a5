import Clinical
import Testing

@testable import Engine

/// Each equation against figures that others have published, each with where it was found; to the places that are given there.
///
/// Where only a formula is published, the figures were worked out with 50 decimal places apart from this code (Python's `decimal`), and say so.
@Suite struct PublishedTablesTests {
    private func value(_ result: Decimal?) throws -> Double { try #require(result).doubleValue }

    /// Creatinine in µmol/L is divided by 88.42, as the molar mass of 113.12 has it.
    ///
    /// - Source: the calculator of the National Kidney Foundation, kidney.org/content/ckd-epi-creatinine-equation-2021, as quoted by the tests
    ///   of pharmaverse/admiral, tests/testthat/test-compute_kidney.R (01.01, 01.02); to whole numbers.
    @Test(arguments: [(1.09, 55, .male, 80.0), (0.96132, 65, .female, 66)] as [(Double, Int, Patient.Sex, Double)])
    func ckdEPI2021_asTheFoundationHasIt(creatinine: Double, age: Int, sex: Patient.Sex, rate: Double) throws {
        #expect(abs(try value(CKDEPI2021.estimate(creatinine: creatinine, age: age, sex: sex)) - rate) <= 0.5)
    }

    /// - Source: the formula of Inker et al., NEJM 2021, worked out with 50 places; both sides of κ, both sexes, the ages at which it begins
    ///   and near which it ends.
    @Test(arguments: [
        (0.5, 18, .female, "139.3"), (0.7, 45, .female, "108.6"), (0.71, 45, .female, "106.8"), (1.4, 62, .female, "42.5"), (4.2, 80, .female, "10.2"),
        (0.6, 18, .male, "143.5"), (0.9, 52, .male, "102.8"), (0.91, 52, .male, "101.4"), (1.8, 67, .male, "40.7"), (7.5, 92, .male, "6.3"),
    ] as [(Double, Int, Patient.Sex, String)])
    func ckdEPI2021_workedOutApart(creatinine: Double, age: Int, sex: Patient.Sex, rate: String) throws {
        #expect(CKDEPI2021.estimate(creatinine: creatinine, age: age, sex: sex).map { "\($0)" } == rate)
    }

    /// - Source: the first two as above (01.03, 01.04), the calculator of the National Kidney Foundation, whole numbers;
    ///   then worked examples of droracle.ai/articles/797449 and superglobalcalculator.com/formulas (health and pharmacology,
    ///   creatinine-clearance), one decimal; 80.9 is cut there, not rounded.
    @Test(arguments: [
        (55, 90.0, 1.09, .male, 97.0, 0.5), (65, 60, 0.96132, .female, 55, 0.5), (70, 75, 1.0, .male, 72.9, 0.05),
        (60, 80, 1.2, .male, 74.1, 0.05), (45, 65, 0.9, .female, 80.9, 0.1), (65, 70, 1.4, .male, 52.1, 0.05), (45, 60, 0.9, .female, 74.8, 0.05),
        (50, 80, 1.0, .male, 100, 0.05),
    ] as [(Int, Double, Double, Patient.Sex, Double, Double)])
    func cockcroftGault(age: Int, weight: Double, creatinine: Double, sex: Patient.Sex, clearance: Double, tolerance: Double) throws {
        #expect(abs(try value(CockcroftGault.clearance(age: age, weight: weight, creatinine: creatinine, sex: sex)) - clearance) <= tolerance)
    }

    /// - Source: the example of the Centers for Disease Control and Prevention, 68 kg and 165 cm, as quoted by seekhealthz.com/health/desirable-weights-for-men-and-women
    ///   (24.98); nursingcenter.com/ncblog/august-2017, 95.45 kg and 190.5 cm (26.3).
    @Test(arguments: [(68.0, 165.0, 24.98), (95.45, 190.5, 26.3)] as [(Double, Double, Double)])
    func massIndex(weight: Double, height: Double, index: Double) throws {
        #expect(abs(try value(BodySize.massIndex(weight: weight, height: height)) - index) <= 0.05)
    }

    /// After Mosteller.
    ///
    /// - Source: omnicalc-8ti.pages.dev/health/body-surface-area-calculator: 175 cm and 70 kg are 1.845 m²; the others √(height × weight / 3600)
    ///   of Mosteller, NEJM 1987;317:1098, worked out with 50 places.
    @Test(arguments: [(70.0, 175.0, 1.845), (3.5, 50, 0.2205), (20, 115, 0.7993), (54.3, 158, 1.5438), (75, 170, 1.8819), (90, 185, 2.1506), (120, 180, 2.4495), (180.5, 192, 3.1027)] as [(Double, Double, Double)])
    func surface(weight: Double, height: Double, surface: Double) throws {
        #expect(abs(try value(BodySize.surface(weight: weight, height: height)) - surface) <= 0.0051)
    }

    /// - Source: QT / √RR (Bazett 1920) and QT / ∛RR (Fridericia 1920), RR in seconds, worked out with 50 places; figures of a paper stand in `EquationsTests`.
    @Test(arguments: [(360.0, 75.0, 402.49, 387.80), (400.0, 100.0, 516.40, 474.25), (450.0, 50.0, 410.79, 423.47), (380.0, 120.0, 537.40, 478.77), (500.0, 45.0, 433.01, 454.28)] as [(Double, Double, Double, Double)])
    func correctedQT(interval: Double, rate: Double, bazett: Double, fridericia: Double) throws {
        #expect(abs(try value(CorrectedQT.bazett(interval: interval, heartRate: rate)) - bazett) <= 0.51)
        #expect(abs(try value(CorrectedQT.fridericia(interval: interval, heartRate: rate)) - fridericia) <= 0.51)
    }

    /// - Source: use.calculator.city/calcium-corrected-calculation: a deficit of 1 g/dL adds 0.80 mg/dL, 8.5 becomes 9.30; the others
    ///   calcium + 0.8 × (4 − albumin), worked out exactly.
    @Test(arguments: [(8.5, 3.0, 9.3), (7.8, 2.0, 9.4), (9.9, 4.6, 9.42), (6.5, 1.2, 8.74)] as [(Double, Double, Double)])
    func correctedCalcium(calcium: Double, albumin: Double, corrected: Double) throws {
        #expect(abs(try value(CorrectedCalcium.payne(calcium: calcium, albumin: albumin)) - corrected) <= 0.051)
    }

    /// - Source: level / (0.2 × albumin + 0.1), Sheiner and Tozer, worked out with 50 places; a published figure stands in `EquationsTests`.
    @Test(arguments: [(8.0, 2.0, 16.0), (10, 2.5, 16.67), (12, 3.2, 16.22), (7.5, 1.5, 18.75)] as [(Double, Double, Double)])
    func correctedPhenytoin(level: Double, albumin: Double, corrected: Double) throws {
        #expect(abs(try value(CorrectedPhenytoin.sheinerTozer(phenytoin: level, albumin: albumin)) - corrected) <= 0.051)
    }

    /// After Devine: 50 kg, or 45.5 kg, and 2.3 kg for each inch above five feet.
    ///
    /// - Source: the formula, worked out with 50 places.
    @Test(arguments: [(153, .female, 46.043), (160, .female, 52.382), (178, .female, 68.681), (153, .male, 50.543), (165, .male, 61.409), (190, .male, 84.047)] as [(Int, Patient.Sex, Double)])
    func idealWeight(height: Int, sex: Patient.Sex, weight: Double) throws {
        #expect(abs(try value(BodyWeight.ideal(height: Decimal(height), sex: sex)) - weight) <= 0.051)
    }
}
