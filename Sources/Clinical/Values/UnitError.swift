/// Why a text is not a unit.
public enum UnitError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no text.
    case empty
    /// A part of the text names no unit; `suggestion` is the UCUM code that people mean by it.
    case unknownUnit(String, suggestion: String?)
    /// Something is missing or out of place at this byte offset.
    case malformed(offset: Int)
    /// A prefix stands before a unit that takes none, such as `kmin`.
    case prefixNotAllowed(String)
    /// A temperature scale with its own zero stands in a product or power.
    case notCombinable
    /// The unit is longer, deeper or larger than any real one.
    case tooComplex

    public var description: String {
        switch self {
        case .empty: "no unit is given"
        case .unknownUnit(let text, nil): "no unit is called `\(text)`"
        case .unknownUnit(let text, let suggestion?): "no unit is called `\(text)`; UCUM writes it `\(suggestion)`"
        case .malformed(let offset): "the unit cannot be read from its character \(offset + 1) on"
        case .prefixNotAllowed(let text): "`\(text)`: this unit takes no prefix"
        case .notCombinable: "`Cel` and `[degF]` have their own zero and cannot be part of another unit; `K` can"
        case .tooComplex: "the unit is too long or too large"
        }
    }
}
