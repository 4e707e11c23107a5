/// What a part of a code means: a factor, a dimension, and the zero of a temperature scale.
struct UCUMTerm: Sendable {
    var factor = Factor.one
    var dimension = Dimension.one
    var offset = Decimal.zero
    /// Where amounts of substance stand.
    var amounts = Sides()
    /// Where masses stand; the mass within a newton or a pascal does not count.
    var masses = Sides()

    static let one = UCUMTerm()

    func multiplied(by other: UCUMTerm, to exponent: Int) throws(UnitError) -> UCUMTerm {
        if other.offset != 0 || offset != 0 { return try combinedWithScale(other, exponent) }
        guard let power = other.factor.raised(to: exponent), let factor = factor.multiplied(by: power),
            let dimension = dimension.multiplied(by: other.dimension, to: exponent)
        else { throw .tooComplex }
        return UCUMTerm(
            factor: factor, dimension: dimension, amounts: amounts.adding(other.amounts, times: exponent),
            masses: masses.adding(other.masses, times: exponent))
    }

    /// A scale with its own zero stands alone, or beside nothing but a 1.
    private func combinedWithScale(_ other: UCUMTerm, _ exponent: Int) throws(UnitError) -> UCUMTerm {
        if exponent == 1, isOne { return other }
        if other.isOne { return self }
        throw .notCombinable
    }

    private var isOne: Bool { offset == 0 && factor == .one && dimension == .one }

    func prefixed(by power: Int, _ symbol: String) throws(UnitError) -> UCUMTerm {
        var term = self
        guard let prefix = Factor(Decimal(coefficient: 1, scale: -power)), let factor = factor.multiplied(by: prefix) else {
            throw .tooComplex
        }
        term.factor = factor
        term.offset = Decimal(coefficient: offset.coefficient, scale: offset.scale + power)
        return term
    }

    /// The dimension, with amounts over amounts and masses over masses marked: 10 mg/kg is a dose by weight and no
    /// number, and 48 mmol/mol of HbA1c is not 4.8 %.
    var finishedDimension: Dimension {
        var marked = dimension
        marked[.amountRatio] = amounts.ratio
        marked[.massRatio] = masses.ratio
        return marked
    }
}

/// How often a kind of quantity stands above and below the line of a unit, before it cancels.
struct Sides: Sendable {
    var above = 0
    var below = 0

    var ratio: Int { min(above, below) }

    func adding(_ other: Sides, times exponent: Int) -> Sides {
        let count = min(abs(exponent), 100)
        let (up, down) = exponent < 0 ? (other.below, other.above) : (other.above, other.below)
        return Sides(above: min(above + up * count, 100), below: min(below + down * count, 100))
    }
}
