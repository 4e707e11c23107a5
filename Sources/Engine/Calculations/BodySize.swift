import Clinical

/// Measures of body size from weight and height.
enum BodySize {
    /// Body mass index, weight over height squared (WHO Technical Report 894).
    ///
    /// - Parameters: weight in kg and height in cm, both above 0.
    /// - Returns: kg/m², to one decimal.
    static func massIndex(weight: Double, height: Double) -> Decimal? {
        guard weight > 0, height > 0 else { return nil }
        return Decimal(weight / (height / 100 * height / 100), significantDigits: 12)?.rounded(places: 1)
    }

    /// Body surface area after Mosteller: the square root of height × weight / 3600.
    ///
    /// - Parameters: weight in kg and height in cm, both above 0.
    /// - Returns: m², to two decimals.
    /// - Source: N Engl J Med 1987;317:1098, doi:10.1056/NEJM198710223171717.
    static func surface(weight: Double, height: Double) -> Decimal? {
        guard weight > 0, height > 0 else { return nil }
        return Decimal((weight * height / 3600).squareRoot(), significantDigits: 12)?.rounded(places: 2)
    }
}
