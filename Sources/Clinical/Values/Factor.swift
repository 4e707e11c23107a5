/// An exact ratio of two decimals, in lowest terms: what a unit is worth in base units.
///
/// A minute in a denominator is one sixtieth, which no decimal holds; a ratio does.
struct Factor: Sendable, Hashable {
    let numerator: Decimal
    let denominator: Decimal

    static let one = Factor(uncheckedNumerator: 1, denominator: 1)

    private init(uncheckedNumerator numerator: Decimal, denominator: Decimal) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// `numerator / denominator`; `nil` unless both are above 0.
    init?(_ numerator: Decimal, over denominator: Decimal = 1) {
        let (top, bottom) = (numerator.normalized, denominator.normalized)
        guard top.coefficient > 0, bottom.coefficient > 0 else { return nil }
        let divisor = Self.greatestCommonDivisor(top.coefficient, bottom.coefficient)
        // All powers of ten go into the numerator, so that a denominator of 1 is a plain 1.
        self.numerator = Decimal(coefficient: top.coefficient / divisor, scale: top.scale - bottom.scale).normalized
        self.denominator = Decimal(coefficient: bottom.coefficient / divisor, scale: 0)
    }

    var inverse: Factor? { Factor(denominator, over: numerator) }

    /// The product, or `nil` where it has too many digits.
    func multiplied(by other: Factor) -> Factor? {
        // Crosswise first, so that what cancels never grows.
        guard let first = Factor(numerator, over: other.denominator), let second = Factor(other.numerator, over: denominator),
            let top = first.numerator.multiplied(by: second.numerator),
            let bottom = first.denominator.multiplied(by: second.denominator)
        else { return nil }
        return Factor(top, over: bottom)
    }

    func divided(by other: Factor) -> Factor? {
        other.inverse.flatMap(multiplied(by:))
    }

    /// The factor to a whole power of at most 99 either way.
    func raised(to exponent: Int) -> Factor? {
        guard abs(exponent.held) <= 99, let base = exponent < 0 ? inverse : self else { return nil }
        var power: Factor? = .one
        for _ in 0..<abs(exponent) { power = power?.multiplied(by: base) }
        return power
    }

    private static func greatestCommonDivisor(_ left: Int128, _ right: Int128) -> Int128 {
        var (large, small) = (left, right)
        while small != 0 { (large, small) = (small, large % small) }
        return large
    }
}

extension Int {
    fileprivate var held: Int { Swift.min(Swift.max(self, -100), 100) }
}
