/// What a conversion between kinds of unit needs to know of a substance.
///
/// UCUM leads from milligrams to grams and never to millimoles: that takes the molar mass, which comes from the
/// knowledge table with its source and is never written in code.
public struct Analyte: Sendable, Hashable {
    /// g/mol.
    public var molarMass: Decimal?
    /// Charges per particle, for equivalents.
    public var valence: Int?
    /// Stated lines between two scales, each usable in both directions.
    public var lines: [Line]

    /// A line between two scales: a value in `to` is `slope` times the value in `from`, plus `intercept`.
    ///
    /// Such as HbA1c from IFCC mmol/mol to NGSP %: 0.09148 and 2.152.
    public struct Line: Sendable, Hashable {
        public let from: Unit
        public let to: Unit
        public let slope: Decimal
        public let intercept: Decimal

        public init(from: Unit, to: Unit, slope: Decimal, intercept: Decimal) {
            self.from = from
            self.to = to
            self.slope = slope
            self.intercept = intercept
        }
    }

    public init(molarMass: Decimal? = nil, valence: Int? = nil, lines: [Line] = []) {
        self.molarMass = molarMass
        self.valence = valence
        self.lines = lines
    }
}

extension Conversion {
    /// The way from one unit to another, with what is known of the substance.
    ///
    /// - Throws: the reason for which there is none, in words for a prescriber.
    static func between(_ from: Unit, _ to: Unit, as analyte: Analyte?) throws(UnknownReason) -> Conversion {
        if from.isCommensurable(with: to) {
            guard let conversion = Conversion(from: from, to: to) else { throw .outOfRange }
            return conversion
        }
        for line in analyte?.lines ?? [] {
            if let conversion = Conversion(from, to, along: line) { return conversion }
        }
        guard let need = SubstanceNeed(from.dimension, to.dimension) else { throw .notConvertible(from, to) }
        let factor = try need.factor(from, to, of: analyte)
        guard let conversion = Conversion(from: from, to: to, times: factor) else { throw .outOfRange }
        return conversion
    }

    /// Along a stated line in the one or the other direction.
    private init?(_ from: Unit, _ to: Unit, along line: Analyte.Line) {
        let middle = Conversion(slope: line.slope, intercept: line.intercept)
        let way: Conversion?
        if let start = Conversion(from: from, to: line.from), let end = Conversion(from: line.to, to: to) {
            way = start.then(middle)?.then(end)
        } else if let start = Conversion(from: from, to: line.to), let end = Conversion(from: line.from, to: to) {
            way = middle.inverse.flatMap { start.then($0) }?.then(end)
        } else {
            way = nil
        }
        guard let way, way.multiplier != 0 else { return nil }
        self = way
    }
}

/// By which powers of molar mass and valence two units differ, where they differ by nothing else.
private struct SubstanceNeed {
    let mass: Int
    let equivalents: Int

    init?(_ from: Dimension, _ to: Dimension) {
        guard let difference = from.multiplied(by: to, to: -1) else { return nil }
        var rest = difference
        for base in [Dimension.Base.mass, .amount, .equivalents, .massRatio, .amountRatio] { rest[base] = 0 }
        mass = difference[.mass]
        equivalents = difference[.equivalents]
        // mg/g and mmol/mol have equal exponents, and would need the molar masses of two substances.
        guard rest == .one, mass + difference[.amount] + equivalents == 0, mass != 0 || equivalents != 0 else { return nil }
    }

    /// One gram is 1/M mol and one equivalent 1/z mol.
    func factor(_ from: Unit, _ to: Unit, of analyte: Analyte?) throws(UnknownReason) -> Factor {
        var factor: Factor? = .one
        if mass != 0 {
            guard let molarMass = analyte?.molarMass.flatMap({ Factor($0) }) else {
                throw .without("the molar mass of the substance", from, to)
            }
            factor = molarMass.raised(to: -mass)
        }
        if equivalents != 0 {
            guard let valence = analyte?.valence, valence != 0, let charge = Factor(Decimal(valence).magnitude) else {
                throw .without("the charge of the ion", from, to)
            }
            factor = charge.raised(to: -equivalents).flatMap { factor?.multiplied(by: $0) }
        }
        guard let factor else { throw .outOfRange }
        return factor
    }
}

extension UnknownReason {
    fileprivate static func without(_ need: String, _ from: Unit, _ to: Unit) -> UnknownReason {
        UnknownReason(.unitNotConvertible, "`\(from.code)` cannot be converted to `\(to.code)` without \(need)")
    }

    fileprivate static func notConvertible(_ from: Unit, _ to: Unit) -> UnknownReason {
        let kinds = (from.dimension.words, to.dimension.words)
        let why = kinds.0 == kinds.1 ? "" : ": one is \(kinds.0), the other \(kinds.1)"
        return UnknownReason(.unitNotConvertible, "`\(from.code)` cannot be converted to `\(to.code)`\(why)")
    }

    /// No digits are left for the exact result.
    static let outOfRange = UnknownReason(.notComputable, "the number is too large or too long to convert")
}
