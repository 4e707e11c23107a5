import Clinical

/// Creatinine clearance after Cockcroft and Gault.
///
/// For adults only: the formula was fitted on patients of 18 to 92 years, almost all of them men, and presumes a steady
/// creatinine.
///
/// - Source: Nephron 1976;16:31–41, doi:10.1159/000180580: (140 − age) × weight / (72 × creatinine), × 0.85 for women.
enum CockcroftGault {
    /// - Parameters:
    ///   - age: completed years, 18 or more.
    ///   - weight: actual body weight in kg, above 0.
    ///   - creatinine: serum creatinine in mg/dL, above 0.
    /// - Returns: mL/min, not indexed to body surface, to one decimal; nothing outside the domain.
    static func clearance(age: Int, weight: Double, creatinine: Double, sex: Patient.Sex) -> Decimal? {
        guard age >= 18, age < 140, weight > 0, creatinine > 0 else { return nil }
        var clearance = Double(140 - age) * weight / (72 * creatinine)
        if sex == .female { clearance *= 0.85 }
        return Decimal(clearance, significantDigits: 12)?.rounded(places: 1)
    }
}
