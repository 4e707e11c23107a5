/// The straight line from one unit to another, in exact numbers: `(multiplier × x + addend) / divisor`.
///
/// Kept as a fraction so that a comparison can be made without dividing, and is right at the boundary itself.
struct Conversion: Sendable {
    let multiplier: Decimal
    let addend: Decimal
    /// Above 0.
    let divisor: Decimal

    /// Between commensurable units: the ratio of their factors, and the zeros of temperature scales.
    init?(from: Unit, to: Unit) {
        guard from.isCommensurable(with: to) else { return nil }
        self.init(from: from, to: to, times: .one)
    }

    /// Between units whose base units differ by `substance`, as grams and moles do by the molar mass.
    init?(from: Unit, to: Unit, times substance: Factor) {
        let (source, target) = (from.meaning, to.meaning)
        guard let ratio = source.factor.divided(by: target.factor)?.multiplied(by: substance) else { return nil }
        multiplier = ratio.numerator
        divisor = ratio.denominator
        if source.offset == 0, target.offset == 0 {
            addend = 0
        } else {
            guard let above = source.offset.multiplied(by: multiplier), let below = target.offset.multiplied(by: divisor),
                let sum = above.subtracting(below)
            else { return nil }
            addend = sum
        }
    }

    /// `slope × x + intercept`, as a line between two scales states it.
    init(slope: Decimal, intercept: Decimal) {
        multiplier = slope
        addend = intercept
        divisor = 1
    }

    private init(_ multiplier: Decimal, _ addend: Decimal, _ divisor: Decimal) {
        self.multiplier = multiplier
        self.addend = addend
        self.divisor = divisor
    }

    /// This line and then `next`.
    func then(_ next: Conversion) -> Conversion? {
        guard let multiplier = next.multiplier.multiplied(by: multiplier),
            let first = next.multiplier.multiplied(by: addend), let second = next.addend.multiplied(by: divisor),
            let addend = first.adding(second), let divisor = divisor.multiplied(by: next.divisor)
        else { return nil }
        return Conversion(multiplier, addend, divisor)
    }

    /// The way back; `nil` for a level line.
    var inverse: Conversion? {
        guard multiplier != 0 else { return nil }
        return multiplier.isNegative
            ? Conversion(divisor.negated, addend, multiplier.negated)
            : Conversion(divisor, addend.negated, multiplier)
    }

    /// True where larger values become smaller ones.
    var isFalling: Bool { multiplier.isNegative }

    /// The converted number: exact where it ends within 24 digits.
    func apply(to value: Decimal) -> Decimal? {
        guard let product = value.multiplied(by: multiplier), let sum = addend == 0 ? product : product.adding(addend) else {
            return nil
        }
        return divisor == 1 ? sum : sum.divided(by: divisor)
    }

    /// -1, 0 or 1 as the converted `value` is below, equal to or above `threshold`; exact.
    func order(_ value: Decimal, _ threshold: Decimal) -> Int? {
        guard let product = value.multiplied(by: multiplier), let left = addend == 0 ? product : product.adding(addend),
            let right = threshold.multiplied(by: divisor)
        else { return nil }
        return Decimal.order(left, right)
    }
}
