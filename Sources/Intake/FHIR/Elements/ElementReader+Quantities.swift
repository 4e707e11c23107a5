import Clinical
import Documents

extension ElementReader {
    /// A Quantity with its unit, where one can be made out; without a number it is none.
    ///
    /// The unit is the UCUM code; else what is written, through the listed aliases. What is no unit we know stays as text.
    ///
    /// - Source: FHIR R4, datatypes: Quantity (a code needs a system; comparator is a modifier).
    mutating func quantity(_ node: JSONNode, _ name: ElementName) -> Quantity? {
        guard node.kind == .object else {
            noteMismatch(name, at: node, expected: "a Quantity")
            return nil
        }
        var number: JSONNode?
        var comparator: JSONNode?
        var unit: JSONNode?
        var system: JSONNode?
        var code: JSONNode?
        for (element, value) in node.knownMembers {
            switch element {
            case .value: number = value
            case .comparator: comparator = value
            case .unit: unit = value
            case .system: system = value
            case .code: code = value
            default: break
            }
        }
        guard let number, let value = decimal(number, name) else { return nil }
        var bound: Quantity.Comparator?
        if let comparator, !comparator.isNull {
            bound = comparator.string.flatMap(Quantity.Comparator.init(rawValue:))
            guard bound != nil else {
                note(name, "a comparator that R4 does not have changes what the value means; passed over", at: comparator)
                return nil
            }
        }
        let (measure, text) = self.unit(unit, system: system, code: code, name)
        return Quantity(value, measure, comparator: bound, unitText: text)
    }

    /// Low and high end of a Range; `nil` where neither can be read.
    mutating func range(_ node: JSONNode, _ name: ElementName) -> (low: Quantity?, high: Quantity?)? {
        guard node.kind == .object else {
            noteMismatch(name, at: node, expected: "a Range")
            return nil
        }
        let low = node["low"].flatMap { quantity($0, name) }
        let high = node["high"].flatMap { quantity($0, name) }
        return low == nil && high == nil ? nil : (low, high)
    }

    /// A Ratio with both its ends; `nil` where one is missing.
    mutating func ratio(_ node: JSONNode, _ name: ElementName) -> Ratio? {
        guard node.kind == .object else {
            noteMismatch(name, at: node, expected: "a Ratio")
            return nil
        }
        guard let numerator = node["numerator"].flatMap({ quantity($0, name) }),
            let denominator = node["denominator"].flatMap({ quantity($0, name) })
        else { return nil }
        return Ratio(numerator: numerator, denominator: denominator)
    }

    /// The unit of a Quantity, and what was written where it is no unit we know.
    private mutating func unit(
        _ unit: JSONNode?, system: JSONNode?, code: JSONNode?, _ name: ElementName
    ) -> (unit: Clinical.Unit?, text: String?) {
        let code = code.flatMap { said($0, .code) }
        let statedSystem = system.flatMap { codeSystem($0) }
        let isUCUM = statedSystem == .ucum
        if let code, isUCUM {
            if let known = units.ucum(code) { return (known, nil) }
            note(name, "its unit code is not UCUM; read as text", at: code)
        }
        // A code of another system, such as a dose form, is no unit; a code without a system is only text.
        if let code, isUCUM || statedSystem == nil, let known = units.text(code) { return (known, nil) }
        let unit = unit.flatMap { said($0, .unit) }
        if let unit, let known = units.text(unit) { return (known, nil) }
        for text in [isUCUM || statedSystem == nil ? code : nil, unit].compactMap(\.self) {
            guard let known = units.capitals(text) else { continue }
            note(name, "a unit in the capitals of UCUM's case-insensitive form; read as \(known.code)", at: text)
            return (known, nil)
        }
        return (nil, (unit ?? code).flatMap { words($0, name) })
    }

    /// The node, where it is a string that says anything.
    private mutating func said(_ node: JSONNode, _ name: ElementName) -> JSONNode? {
        if node.kind == .string { return node.range.end - node.range.start > 2 ? node : nil }
        noteMismatch(name, at: node, expected: "a string")
        return nil
    }

    /// A Duration or an Age as a number of calendar units, at least and at most; `nil` where it is none.
    ///
    /// Fractions widen to the whole units around them.
    mutating func span(_ node: JSONNode, _ name: ElementName) -> (low: TimeSpan, high: TimeSpan)? {
        guard node.kind == .object, let number = node["value"], let value = decimal(number, name) else {
            if node.kind != .object { noteMismatch(name, at: node, expected: "a time span") }
            return nil
        }
        guard let word = node["code"]?.string ?? node["unit"]?.string, let unit = Self.timeUnit(word) else {
            note(name, "a time span without a unit of time; passed over", at: node)
            return nil
        }
        let amount = value.doubleValue
        guard amount >= 0, amount <= 1_000_000 else {
            note(name, "a time span out of bounds; passed over", at: node)
            return nil
        }
        return (
            TimeSpan(amount: Int(amount.rounded(.down)), unit: unit), TimeSpan(amount: Int(amount.rounded(.up)), unit: unit)
        )
    }

    /// UCUM codes of units of time, and the words that are written in their place.
    ///
    /// - Source: FHIR R4 value sets age-units and duration-units.
    private static func timeUnit(_ word: String) -> TimeSpan.Unit? {
        switch word {
        case "min": .minutes
        case "h", "hour", "hours": .hours
        case "d", "day", "days": .days
        case "wk", "week", "weeks": .weeks
        case "mo", "month", "months": .months
        case "a", "year", "years", "yr": .years
        default: nil
        }
    }
}

/// The units met so far, found by how they were written; what is no unit is remembered as well.
struct UnitMemory {
    private var met: [(text: JSONNode, form: Form, unit: Clinical.Unit?)] = []
    private static let limit = 64

    private enum Form { case code, text, capitals }

    /// The unit of a UCUM code.
    mutating func ucum(_ code: JSONNode) -> Clinical.Unit? { unit(code, .code) }

    /// The unit that people mean by a text: UCUM, else a listed alias.
    mutating func text(_ text: JSONNode) -> Clinical.Unit? { unit(text, .text) }

    /// The unit of a code in UCUM's case-insensitive form.
    mutating func capitals(_ text: JSONNode) -> Clinical.Unit? { unit(text, .capitals) }

    private mutating func unit(_ node: JSONNode, _ form: Form) -> Clinical.Unit? {
        for place in met.indices where met[place].form == form && met[place].text.isWritten(like: node) { return met[place].unit }
        let unit = node.stringBytes.flatMap { Self.parsed(ElementReader.trimmed($0), form) }
        if met.count < Self.limit { met.append((node, form, unit)) }
        return unit
    }

    private static func parsed(_ text: ArraySlice<UInt8>, _ form: Form) -> Clinical.Unit? {
        // Longer than any unit; not worth a parse.
        guard !text.isEmpty, text.count <= 64 else { return nil }
        let word = String(decoding: text, as: UTF8.self)
        switch form {
        case .code: return try? Clinical.Unit(ucum: word)
        case .text: return try? Clinical.Unit(text: word)
        case .capitals: return Clinical.Unit(caseInsensitive: word)
        }
    }
}
