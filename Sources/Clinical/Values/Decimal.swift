/// An exact decimal number that remembers how precisely it was written.
///
/// The value is `coefficient × 10^-scale`. Equality, order and hash go by value, so `1.0 == 1`;
/// `description` keeps the written digits, so `7.10` stays `7.10`.
/// At most 38 digits; arithmetic that would need more gives `nil` and never an approximation.
///
/// - Source: FHIR R4, datatypes: decimal ("the precision of the decimal value has significance").
@frozen
public struct Decimal: Sendable {
    /// The digits, as a whole number of at most 38 digits.
    public let coefficient: Int128
    /// How many of the digits stand behind the point; negative where zeros follow the coefficient.
    public let scale: Int

    /// `coefficient × 10^-scale`.
    ///
    /// A coefficient of 39 digits is rounded to 38, and a scale beyond ±6144 is held there: no text that
    /// `init?(_:)` accepts comes near either.
    public init(coefficient: Int128, scale: Int) {
        let scale = min(max(scale, -Self.largestScale), Self.largestScale)
        if coefficient.magnitude <= Self.largestMagnitude {
            self.init(uncheckedCoefficient: coefficient, scale: scale)
        } else {
            let (quotient, remainder) = coefficient.quotientAndRemainder(dividingBy: 10)
            let step: Int128 = remainder >= 5 ? 1 : remainder <= -5 ? -1 : 0
            self.init(uncheckedCoefficient: quotient + step, scale: scale - 1)
        }
    }

    /// The whole number `value`.
    @inlinable
    public init(_ value: Int) {
        coefficient = Int128(value)
        scale = 0
    }

    /// For callers that have checked both bounds.
    init(uncheckedCoefficient coefficient: Int128, scale: Int) {
        self.coefficient = coefficient
        self.scale = scale
    }

    static let largestScale = 6144
    /// 38 nines: the largest count of digits that always fits in 127 bits.
    static let largestMagnitude: UInt128 = 99_999_999_999_999_999_999_999_999_999_999_999_999

    public static let zero = Decimal(0)
    public static let one = Decimal(1)

    @inlinable public var isNegative: Bool { coefficient < 0 }
    @inlinable public var isZero: Bool { coefficient == 0 }

    /// The same number with the other sign.
    public var negated: Decimal { Decimal(uncheckedCoefficient: 0 &- coefficient, scale: scale) }

    /// The number without its sign.
    public var magnitude: Decimal { isNegative ? negated : self }

    /// The same value without trailing zeros behind the point or before it: `7.10` as `7.1`, `1200` as `12 × 10²`.
    public var normalized: Decimal {
        if coefficient == 0 { return Decimal(uncheckedCoefficient: 0, scale: 0) }
        var (digits, scale) = (coefficient, scale)
        if let small = Int64(exactly: digits) {
            var small = small
            while small % 10 == 0 {
                small /= 10
                scale -= 1
            }
            digits = Int128(small)
        } else {
            while digits % 10 == 0 {
                digits /= 10
                scale -= 1
            }
        }
        return Decimal(uncheckedCoefficient: digits, scale: scale)
    }

    /// The nearest binary floating-point number; infinite beyond its range.
    ///
    /// For equations with powers only. Comparisons with thresholds stay in decimals.
    public var doubleValue: Double {
        if coefficient.magnitude < 1 << 53, scale >= 0, scale <= 22 {
            return Double(Int64(coefficient)) / Double.powersOfTen[scale]
        }
        return Double("\(coefficient)e\(-scale)") ?? .nan
    }
}

extension Decimal: ExpressibleByIntegerLiteral {
    @inlinable
    public init(integerLiteral value: Int) {
        self.init(value)
    }
}

extension Decimal: Comparable, Hashable {
    public static func == (left: Decimal, right: Decimal) -> Bool {
        left.scale == right.scale ? left.coefficient == right.coefficient : order(left, right) == 0
    }

    public static func < (left: Decimal, right: Decimal) -> Bool {
        left.scale == right.scale ? left.coefficient < right.coefficient : order(left, right) < 0
    }

    public func hash(into hasher: inout Hasher) {
        let plain = normalized
        hasher.combine(plain.coefficient)
        hasher.combine(plain.scale)
    }

    /// -1, 0 or 1 as `left` is below, equal to or above `right`; exact for any two numbers.
    static func order(_ left: Decimal, _ right: Decimal) -> Int {
        let signs = (left.coefficient.signum(), right.coefficient.signum())
        guard signs.0 == signs.1, signs.0 != 0 else { return Int((signs.0 - signs.1).signum()) }
        let shift = right.scale - left.scale
        if shift < 0 { return -order(right, left) }
        // `left` has fewer decimals: bring it to those of `right`. Where it does not fit, it is the larger by far.
        guard let raised = powerOfTen(shift).flatMap({ multiply(left.coefficient, $0) }) else { return Int(signs.0) }
        return raised < right.coefficient ? -1 : raised > right.coefficient ? 1 : 0
    }
}
