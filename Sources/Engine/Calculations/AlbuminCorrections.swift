import Clinical

/// Total calcium as it would be at an albumin of 4 g/dL.
enum CorrectedCalcium {
    /// - Parameters: total calcium in mg/dL and albumin in g/dL, both above 0.
    /// - Returns: mg/dL, to one decimal.
    /// - Source: Payne RB et al. Br Med J 1973;4:643-6, doi:10.1136/bmj.4.5893.643, in the common form
    ///   calcium + 0.8 × (4 − albumin).
    static func payne(calcium: Double, albumin: Double) -> Decimal? {
        guard calcium > 0, albumin > 0 else { return nil }
        return Decimal(calcium + 0.8 * (4 - albumin), significantDigits: 12)?.rounded(places: 1)
    }
}

/// Total phenytoin as it would be at a normal albumin.
enum CorrectedPhenytoin {
    /// For patients whose kidneys work: in kidney failure (clearance below 10 mL/min) another constant is needed.
    ///
    /// - Parameters: total phenytoin in mg/L and albumin in g/dL, both above 0.
    /// - Returns: mg/L, to one decimal.
    /// - Source: Sheiner LB, Tozer TN, in: Melmon and Morrelli, Clinical Pharmacology, 2nd ed. 1978:
    ///   phenytoin / (0.2 × albumin + 0.1).
    static func sheinerTozer(phenytoin: Double, albumin: Double) -> Decimal? {
        guard phenytoin > 0, albumin > 0 else { return nil }
        return Decimal(phenytoin / (0.2 * albumin + 0.1), significantDigits: 12)?.rounded(places: 1)
    }
}
