import Clinical

/// Estimated glomerular filtration rate after CKD-EPI 2021, from creatinine, without race.
///
/// For adults: the equation was fitted on patients of 18 years and more.
///
/// - Source: Inker et al. N Engl J Med 2021;385:1737-49, doi:10.1056/NEJMoa2102953:
///   142 × min(Scr/κ, 1)^α × max(Scr/κ, 1)^−1.200 × 0.9938^age × 1.012 if female; κ 0.7 and α −0.241 for women, 0.9 and
///   −0.302 for men.
enum CKDEPI2021 {
    /// - Parameters:
    ///   - creatinine: serum creatinine in mg/dL, above 0.
    ///   - age: completed years, 18 or more.
    /// - Returns: mL/min/1.73 m², to one decimal; nothing outside the equation's domain.
    static func estimate(creatinine: Double, age: Int, sex: Patient.Sex) -> Decimal? {
        guard creatinine > 0, age >= 18 else { return nil }
        let kappa = sex == .female ? 0.7 : 0.9
        let alpha = sex == .female ? -0.241 : -0.302
        let ratio = creatinine / kappa
        var rate = 142 * power(base: min(ratio, 1), exponent: alpha) * power(base: max(ratio, 1), exponent: -1.2)
        rate *= power(base: 0.9938, exponent: Double(age))
        if sex == .female { rate *= 1.012 }
        return Decimal(rate, significantDigits: 12)?.rounded(places: 1)
    }
}
