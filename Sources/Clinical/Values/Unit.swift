/// A unit of measure, read after UCUM.
///
/// Copies are cheap: a unit is a reference to what was read once. Equal units have equal codes;
/// `mL` and `ml` are two units that convert into one another by 1.
///
/// - Source: The Unified Code for Units of Measure 2.1, ucum.org; FHIR R4 names it for `Quantity.code`.
public struct Unit: Sendable {
    /// What was read, shared between copies.
    final class Meaning: Sendable {
        let code: String
        let dimension: Dimension
        /// One of this unit in base units.
        let factor: Factor
        /// Added to a value before the factor: 273.15 for degrees Celsius, else 0.
        let offset: Decimal

        init(code: String, dimension: Dimension, factor: Factor, offset: Decimal) {
            self.code = code
            self.dimension = dimension
            self.factor = factor
            self.offset = offset
        }
    }

    let meaning: Meaning

    /// The UCUM code; what was written in another way has become one.
    public var code: String { meaning.code }

    /// What it measures.
    public var dimension: Dimension { meaning.dimension }

    /// The unit that `ucum` is the case-sensitive code of.
    ///
    /// Annotations in braces count as 1. `mL/min/{1.73_m2}` and its other spellings are one unit, apart from `mL/min`.
    ///
    /// - Throws: `UnitError` with the part that is no unit; `mcg`, `IU` and `lbs` are none.
    public init(ucum code: String) throws(UnitError) {
        if let known = UnitCatalog.codes[code] {
            self = known
        } else {
            try self.init(parsing: BodySurface.normalize(code))
        }
    }

    /// The unit that people mean by `text`: a listed alias, else a UCUM code, else a code with listed aliases in it.
    public init(text: String) throws(UnitError) {
        if let known = UnitCatalog.texts[text] ?? UnitCatalog.codes[text] {
            self = known
        } else {
            try self.init(reading: text)
        }
    }

    /// The number 1, the unit of counts.
    public static let one = Unit(Meaning(code: "1", dimension: .one, factor: .one, offset: 0))

    init(_ meaning: Meaning) {
        self.meaning = meaning
    }

    /// Reads a code that is in no table.
    init(parsing code: String) throws(UnitError) {
        var parser = UCUMParser(code, atoms: UCUMAtom.table)
        let term = try parser.unit()
        self.init(Meaning(code: code, dimension: term.finishedDimension, factor: term.factor, offset: term.offset))
    }

    /// True where a value in one unit can be said in the other by calculation alone.
    public func isCommensurable(with other: Unit) -> Bool {
        meaning === other.meaning || dimension == other.dimension
    }

    /// `value` of this unit in `other`; exact where the result ends within 24 digits.
    ///
    /// - Returns: `nil` where the units are not commensurable or the number has too many digits.
    public func convert(_ value: Decimal, to other: Unit) -> Decimal? {
        self == other ? value : Conversion(from: self, to: other)?.apply(to: value)
    }

    /// True for 1 and for counts such as `{tablet}`: a bare number may stand for it.
    public var isPlainCount: Bool { dimension.isNumber && meaning.factor == .one }
}

extension Unit: Hashable {
    public static func == (left: Unit, right: Unit) -> Bool {
        left.meaning === right.meaning || left.code == right.code
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(code)
    }
}
