import Clinical

/// Weights that stand in for the measured one where fat takes up little of a drug.
enum BodyWeight {
    /// Ideal body weight after Devine: 50 kg for men and 45.5 kg for women, and 2.3 kg for each inch above 5 feet.
    ///
    /// - Parameter height: cm, 152.4 (5 feet) or more: the formula says nothing of shorter people.
    /// - Returns: kg, to one decimal; nothing outside the domain.
    /// - Source: Devine BJ. Drug Intell Clin Pharm 1974;8:650-5, as told by Pai and Paloucek, Ann Pharmacother
    ///   2000;34:1066-9, doi:10.1345/aph.19381.
    static func ideal(height: Decimal, sex: Patient.Sex) -> Decimal? {
        let fiveFeet = Decimal(coefficient: 1524, scale: 1)
        guard height >= fiveFeet, let above = height.subtracting(fiveFeet),
            let inches = above.divided(by: Decimal(coefficient: 254, scale: 2)),
            let more = inches.multiplied(by: Decimal(coefficient: 23, scale: 1))
        else { return nil }
        let base = sex == .male ? Decimal(50) : Decimal(coefficient: 455, scale: 1)
        return base.adding(more)?.rounded(places: 1)
    }

    /// Ideal weight and 0.4 of what the actual weight has above it; the actual weight where it has nothing above it.
    ///
    /// - Source: the common adjustment for drug doses and kidney function, as clincalc.com/Kinetics/IdealBW.aspx gives it.
    static func adjusted(actual: Decimal, ideal: Decimal) -> Decimal? {
        guard actual > ideal else { return actual }
        return actual.subtracting(ideal)?.multiplied(by: Decimal(coefficient: 4, scale: 1))?.adding(ideal)?.rounded(places: 1)
    }
}
