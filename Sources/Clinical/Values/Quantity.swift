/// A number with the unit it was measured in, and perhaps only a bound: `5.7 mmol/L`, `<5 ng/mL`.
public struct Quantity: Sendable, Hashable {
    /// What a laboratory writes before a number that is only a bound.
    ///
    /// - Source: FHIR R4, Quantity.comparator, a modifier: the value without it is wrong.
    @frozen
    public enum Comparator: String, Sendable, Hashable, CaseIterable {
        case below = "<"
        case atMost = "<="
        case atLeast = ">="
        case above = ">"

        /// The same bound seen on a falling scale.
        var mirrored: Comparator {
            switch self {
            case .below: .above
            case .atMost: .atLeast
            case .atLeast: .atMost
            case .above: .below
            }
        }
    }

    public var value: Decimal
    public var comparator: Comparator?
    public var unit: Unit?
    /// What was written where a unit should stand, and is none that we know.
    public var unitText: String?

    public init(_ value: Decimal, _ unit: Unit?, comparator: Comparator? = nil, unitText: String? = nil) {
        self.value = value
        self.comparator = comparator
        self.unit = unit
        self.unitText = unitText
    }

    /// The quantity written as a number, a blank and a unit, as rules and tables have them: `5.5 mmol/L`, `8 %`, `500`.
    ///
    /// The blank may be missing before `%`. `nil` where the number or the unit cannot be read; comparators are not read.
    public init?(_ text: some StringProtocol) {
        let number = text.prefix { $0 != " " && $0 != "%" }
        let rest = text.dropFirst(number.count)
        guard let value = Decimal(number) else { return nil }
        if rest.isEmpty {
            self.init(value, nil)
        } else {
            guard let unit = try? Unit(text: String(rest.drop { $0 == " " })) else { return nil }
            self.init(value, unit)
        }
    }

    /// The same quantity with its value to `places` decimals.
    public func rounded(places: Int) -> Quantity {
        var rounded = self
        rounded.value = value.rounded(places: places)
        return rounded
    }
}

extension Quantity: CustomStringConvertible {
    /// `5.7 mmol/L`, `<5 ng/mL`, `8 %`. A unit we do not know is not printed: it may be free text of the record.
    public var description: String {
        let number = (comparator?.rawValue ?? "") + value.description
        guard let words = unit?.description, !words.isEmpty else { return number }
        return words.hasPrefix("/") ? number + words : "\(number) \(words)"
    }
}
