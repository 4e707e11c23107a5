/// What a unit measures: the exponents of the kinds of quantity that it is made of.
///
/// Units with equal dimensions convert into one another by a factor. Beyond the base units of UCUM, the amount of
/// substance, charge equivalents, each arbitrary unit, ratios of masses or amounts, and the indexing to 1.73 m² of body
/// surface are kept apart: nothing leads from one to the other without knowledge of the substance or the patient.
///
/// - Source: UCUM 2.1, chapters 3.2 (arbitrary units) and 4.2 (base units).
public struct Dimension: Sendable, Hashable {
    /// The kinds of quantity a unit can be made of; the number is the place in `exponents`.
    enum Base: Int, CaseIterable {
        case length
        case mass
        case time
        case temperature
        case amount
        case charge
        case luminousIntensity
        case planeAngle
        case equivalents
        /// Per 1.73 m² of body surface, which is a convention and no area.
        case bodySurface
        /// An amount divided by an amount, such as mmol/mol: a ratio of substances is not a plain number.
        case amountRatio
        /// A mass divided by a mass, such as mg/kg: a dose by body weight is not a plain number either.
        case massRatio

        var noun: String {
            switch self {
            case .length: "length"
            case .mass: "mass"
            case .time: "time"
            case .temperature: "temperature"
            case .amount: "amount of substance"
            case .charge: "charge"
            case .luminousIntensity: "luminous intensity"
            case .planeAngle: "angle"
            case .equivalents: "equivalents"
            case .bodySurface: "1.73 m² of body surface"
            case .amountRatio: "ratio of amounts"
            case .massRatio: "ratio of masses"
            }
        }
    }

    var exponents = SIMD16<Int8>(repeating: 0)
    /// Arbitrary units by name, with their exponents; sorted, without zeros.
    var arbitrary: [Arbitrary] = []

    struct Arbitrary: Sendable, Hashable {
        var name: String
        var exponent: Int
    }

    /// A plain number.
    static let one = Dimension()

    init() {}

    init(_ base: Base) {
        exponents[base.rawValue] = 1
    }

    init(arbitrary name: String) {
        arbitrary = [Arbitrary(name: name, exponent: 1)]
    }

    subscript(base: Base) -> Int {
        get { Int(exponents[base.rawValue]) }
        set { exponents[base.rawValue] = Int8(clamping: newValue) }
    }

    /// True for plain numbers, counts and percentages.
    public var isNumber: Bool { self == .one }

    /// This dimension times `other` to the power `exponent`; `nil` where an exponent grows beyond any sense.
    func multiplied(by other: Dimension, to exponent: Int) -> Dimension? {
        var product = self
        for base in Base.allCases {
            let sum = self[base] + other[base].multipliedSaturating(by: exponent).held
            guard abs(sum) <= 100 else { return nil }
            product[base] = sum
        }
        for unit in other.arbitrary {
            let power = unit.exponent.multipliedSaturating(by: exponent).held
            guard abs(power) <= 100, product.addArbitrary(unit.name, power) else { return nil }
        }
        return product
    }

    private mutating func addArbitrary(_ name: String, _ power: Int) -> Bool {
        if let place = arbitrary.firstIndex(where: { $0.name == name }) {
            arbitrary[place].exponent += power
            if arbitrary[place].exponent == 0 { arbitrary.remove(at: place) }
        } else if power != 0 {
            arbitrary.append(Arbitrary(name: name, exponent: power))
            arbitrary.sort { $0.name < $1.name }
        }
        return arbitrary.allSatisfy { abs($0.exponent) <= 100 } && arbitrary.count <= 8
    }
}

// MARK: Words

extension Dimension {
    /// The words for it in a sentence: "a mass", "an amount concentration", "a volume per time".
    public var words: String {
        if let word = Self.names[self] { return word }
        var plain = self
        plain[.bodySurface] = 0
        if plain != self, let word = Self.names[plain] { return word + " per 1.73 m² of body surface" }
        var parts = Base.allCases.map { ($0.noun, self[$0]) }
        parts += arbitrary.map { ("\($0.name) units", $0.exponent) }
        let above = parts.filter { $0.1 > 0 }.map(Self.power)
        let below = parts.filter { $0.1 < 0 }.map { Self.power(($0.0, -$0.1)) }
        let top = above.isEmpty ? "a number" : Self.article(above.joined(separator: " times "))
        return below.isEmpty ? top : "\(top) per \(below.joined(separator: " and "))"
    }

    private static func power(_ part: (noun: String, exponent: Int)) -> String {
        switch part.exponent {
        case 1: part.noun
        case 2 where part.noun == "length": "area"
        case 3 where part.noun == "length": "volume"
        default: "\(part.noun) to the power \(part.exponent)"
        }
    }

    private static func article(_ noun: String) -> String {
        if noun.hasPrefix("equivalents") || noun.contains(" units") { return noun }
        return "aeiou".contains(noun.prefix(1)) ? "an \(noun)" : "a \(noun)"
    }

    private static func of(_ parts: KeyValuePairs<Base, Int>) -> Dimension {
        var dimension = Dimension()
        for (base, exponent) in parts { dimension[base] = exponent }
        return dimension
    }

    /// The dimensions that have a name in medicine.
    private static let names: [Dimension: String] = [
        .one: "a number",
        of([.mass: 1]): "a mass",
        of([.length: 3]): "a volume",
        of([.length: 1]): "a length",
        of([.length: 2]): "an area",
        of([.time: 1]): "a time",
        of([.time: -1]): "a rate",
        of([.temperature: 1]): "a temperature",
        of([.amount: 1]): "an amount of substance",
        of([.equivalents: 1]): "an amount of equivalents",
        of([.mass: 1, .length: -3]): "a mass concentration",
        of([.amount: 1, .length: -3]): "an amount concentration",
        of([.equivalents: 1, .length: -3]): "a concentration of equivalents",
        of([.length: -3]): "a count per volume",
        of([.amount: 1, .mass: -1]): "an amount per mass",
        of([.mass: 1, .amount: -1]): "a mass per amount of substance",
        of([.amountRatio: 1]): "a ratio of amounts",
        of([.massRatio: 1]): "a mass per mass",
        of([.massRatio: 1, .time: -1]): "a mass per mass and time",
        of([.mass: 1, .time: -1]): "a mass per time",
        of([.amount: 1, .time: -1]): "a catalytic activity",
        of([.amount: 1, .time: -1, .length: -3]): "a catalytic concentration",
        of([.length: 3, .time: -1]): "a volume per time",
        of([.mass: 1, .length: -2]): "a mass per area",
        of([.mass: 1, .length: -1, .time: -2]): "a pressure",
        of([.mass: 1, .length: 2, .time: -2]): "an energy",
        of([.mass: 1, .length: 2, .time: -3]): "a power",
        of([.length: 1, .time: -1]): "a speed",
    ]
}

extension Int {
    /// Held within a thousand, so that sums of a few never overflow.
    fileprivate var held: Int { Swift.min(Swift.max(self, -1000), 1000) }
}
