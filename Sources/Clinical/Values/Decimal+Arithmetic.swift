extension Decimal {
    /// The sum, or `nil` where it would need more than 38 digits.
    public func adding(_ other: Decimal) -> Decimal? {
        if let sum = Self.sum(self, other) { return sum }
        return Self.sum(normalized, other.normalized)
    }

    /// The difference, or `nil` where it would need more than 38 digits.
    public func subtracting(_ other: Decimal) -> Decimal? {
        adding(other.negated)
    }

    /// The product, or `nil` where it would need more than 38 digits.
    public func multiplied(by other: Decimal) -> Decimal? {
        if let product = Self.product(self, other) { return product }
        return Self.product(normalized, other.normalized)
    }

    /// The quotient: exact where it ends within `digits` significant digits, else rounded there, half away from zero.
    ///
    /// - Parameter digits: 1 to 37.
    /// - Returns: `nil` for a divisor of 0 or a quotient out of range.
    public func divided(by other: Decimal, digits: Int = 24) -> Decimal? {
        let divisor = other.coefficient.magnitude
        guard divisor != 0 else { return nil }
        let limit = min(max(digits, 1), 37)
        var (quotient, remainder) = coefficient.magnitude.quotientAndRemainder(dividingBy: divisor)
        var count = Self.digitCount(quotient)
        var scale = scale - other.scale
        while remainder != 0, count < limit {
            let digit: UInt128
            (digit, remainder) = Self.nextDigit(of: remainder, over: divisor)
            quotient = quotient * 10 + digit
            scale += 1
            if quotient != 0 { count += 1 }
        }
        if remainder >= divisor - remainder { quotient += 1 }
        let sign = coefficient.signum() * other.coefficient.signum()
        return Self.checked(Int128(quotient) * sign, scale: scale)
    }

    /// The number to `places` decimals, half away from zero as laboratories round; unchanged where it has no more.
    public func rounded(places: Int) -> Decimal {
        guard scale > places else { return self }
        let (drop, overflow) = scale.subtractingReportingOverflow(places)
        guard !overflow, let divisor = Self.powerOfTen(drop) else {
            return Decimal(uncheckedCoefficient: 0, scale: max(places, 0) == places ? places : 0)
        }
        let (quotient, remainder) = coefficient.quotientAndRemainder(dividingBy: divisor)
        let half = divisor - Int128(remainder.magnitude) <= Int128(remainder.magnitude)
        return Decimal(coefficient: half ? quotient + coefficient.signum() : quotient, scale: places)
    }

    /// The number to `digits` significant digits, half away from zero; unchanged where it has no more.
    public func rounded(significantDigits digits: Int) -> Decimal {
        let excess = Self.digitCount(coefficient.magnitude) - max(digits, 1)
        return excess > 0 ? rounded(places: scale - excess) : self
    }

    /// The nearest decimal to `double` with at most `significantDigits` digits; `nil` for infinities and not-a-number.
    ///
    /// Starts from the shortest decimal that reads back as the same `Double`, so 0.1 gives 0.1.
    public init?(_ double: Double, significantDigits: Int) {
        guard double.isFinite, let shortest = Decimal(double.description) else { return nil }
        let rounded = shortest.rounded(significantDigits: significantDigits)
        // "5.0" is how Swift writes 5: its zero is no measured digit.
        self = rounded.scale > 0 ? rounded.withoutTrailingDecimals : rounded
    }

    /// The same value without zeros at the end of its decimals; whole numbers keep their zeros.
    public var withoutTrailingDecimals: Decimal {
        guard scale > 0 else { return self }
        let plain = normalized
        return plain.scale < 0 ? Decimal(coefficient: plain.coefficient * (Self.powerOfTen(-plain.scale) ?? 1), scale: 0) : plain
    }
}

// MARK: Smaller steps

extension Decimal {
    /// 10 to the power `exponent`, for 0 to 38.
    static func powerOfTen(_ exponent: Int) -> Int128? {
        exponent >= 0 && exponent < powersOfTen.count ? powersOfTen[exponent] : nil
    }

    static func multiply(_ left: Int128, _ right: Int128) -> Int128? {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? nil : product
    }

    /// How many digits a number has; none for 0.
    static func digitCount(_ value: UInt128) -> Int {
        var (low, high) = (0, powersOfTen.count)
        while low < high {
            let middle = (low + high) / 2
            if UInt128(powersOfTen[middle]) <= value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    static func checked(_ coefficient: Int128, scale: Int) -> Decimal? {
        guard coefficient.magnitude <= largestMagnitude, abs(scale) <= largestScale else { return nil }
        return Decimal(uncheckedCoefficient: coefficient, scale: scale)
    }

    private static let powersOfTen: [Int128] = {
        var powers: [Int128] = [1]
        while powers.count < 39 { powers.append(powers[powers.count - 1] * 10) }
        return powers
    }()

    private static func sum(_ left: Decimal, _ right: Decimal) -> Decimal? {
        if left.scale > right.scale { return sum(right, left) }
        guard left.coefficient != 0 || left.scale == right.scale else { return right }
        guard let power = powerOfTen(right.scale - left.scale), let raised = multiply(left.coefficient, power) else {
            return right.coefficient == 0 ? left : nil
        }
        let (sum, overflow) = raised.addingReportingOverflow(right.coefficient)
        return overflow ? nil : checked(sum, scale: right.scale)
    }

    private static func product(_ left: Decimal, _ right: Decimal) -> Decimal? {
        multiply(left.coefficient, right.coefficient).flatMap { checked($0, scale: left.scale + right.scale) }
    }

    /// One step of long division. `remainder` is below `divisor`.
    private static func nextDigit(of remainder: UInt128, over divisor: UInt128) -> (UInt128, UInt128) {
        if divisor < 1 << 60 {
            let (digit, rest) = (UInt64(remainder) * 10).quotientAndRemainder(dividingBy: UInt64(divisor))
            return (UInt128(digit), UInt128(rest))
        }
        if divisor < 1 << 124 { return (remainder * 10).quotientAndRemainder(dividingBy: divisor) }
        let (digit, rest) = divisor.dividingFullWidth(remainder.multipliedFullWidth(by: 10))
        return (digit, rest)
    }
}

extension Double {
    /// The powers of ten that a `Double` holds exactly.
    static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}
