import Clinical
import Documents

extension CCDAConverter {
    /// A PQ as a Quantity; nil where it holds no number, which is noted where it should.
    ///
    /// - Source: C-CDA on FHIR 2.0.0, mapping guidance: CDA ↔ FHIR quantity.
    mutating func quantity(_ node: XMLNode?, _ what: String, comparator: String? = nil) -> JSONValue? {
        guard let node else { return nil }
        if node.attribute("value") == nil, let translation = node.child("translation"), let number = number(translation, what) {
            // What is told in no unit of UCUM.
            let unit = words(of: translation.child("originalText"), what) ?? translation.attribute("code")
            return Self.quantity(number, text: unit, comparator)
        }
        guard let number = number(node, what) else { return nil }
        guard let unit = node.attribute("unit")?.trimmed, !unit.isEmpty else { return Self.quantity(number, text: nil, comparator) }
        return object([
            ("value", .number(number)), ("comparator", comparator.map { .string($0) }), ("unit", .string(unit)),
            ("system", .string(CodeSystem.ucum.uri)), ("code", .string(unit)),
        ])
    }

    private static func quantity(_ number: String, text: String?, _ comparator: String?) -> JSONValue? {
        object([("value", .number(number)), ("comparator", comparator.map { .string($0) }), ("unit", text.map { .string($0) })])
    }

    /// The digits of a value as JSON writes them.
    mutating func number(_ node: XMLNode, _ what: String) -> String? {
        guard let text = node.attribute("value")?.trimmed, !text.isEmpty else { return nil }
        if let number = Self.number(text) { return number }
        note(what, "not a number; passed over", at: node)
        return nil
    }

    /// A decimal written as JSON wants it: no plus, digits on both sides of the point, no zeros in front.
    static func number(_ text: String) -> String? {
        var rest = Substring(text)
        var sign = ""
        if let first = rest.first, first == "+" || first == "-" {
            sign = first == "-" ? "-" : ""
            rest = rest.dropFirst()
        }
        let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let isNumeral: (Substring) -> Bool = { $0.allSatisfy { $0.isASCII && $0.isNumber } }
        guard let whole = parts.first, parts.allSatisfy(isNumeral), parts.contains(where: { !$0.isEmpty }), rest.count <= 32 else { return nil }
        let stripped = whole.drop { $0 == "0" }
        let fraction = parts.count > 1 && !parts[1].isEmpty ? ".\(parts[1])" : ""
        return "\(sign)\(stripped.isEmpty ? "0" : stripped)\(fraction)"
    }

    /// An interval of quantities: a range, or a bound with its comparator.
    ///
    /// - Source: C-CDA on FHIR 2.0.0, mapping guidance: ranges of physical quantities.
    mutating func bounds(_ node: XMLNode, _ what: String) -> (quantity: JSONValue?, range: JSONValue?) {
        let (low, high) = (node.child("low"), node.child("high"))
        let (hasLow, hasHigh) = (low?.attribute("value") != nil, high?.attribute("value") != nil)
        if hasLow, hasHigh {
            guard let from = quantity(low, what), let to = quantity(high, what) else { return (nil, nil) }
            return (nil, ["low": from, "high": to])
        }
        if hasLow { return (quantity(low, what, comparator: low?.attribute("inclusive") == "false" ? ">" : ">="), nil) }
        if hasHigh { return (quantity(high, what, comparator: high?.attribute("inclusive") == "false" ? "<" : "<="), nil) }
        return (quantity(node, what), nil)
    }

    /// Why a value is missing.
    ///
    /// - Source: C-CDA on FHIR 2.0.0, concept map CF-NullFlavorDataAbsentReason.
    static func absence(_ flavor: String) -> JSONValue {
        let reasons = [
            "OTH": "unsupported", "NINF": "negative-infinity", "PINF": "positive-infinity", "MSK": "masked", "NA": "not-applicable",
            "ASKU": "asked-unknown", "NAV": "temp-unknown", "NASK": "not-asked", "TRC": "unsupported",
        ]
        return code(reasons[flavor] ?? "unknown", in: "data-absent-reason")
    }
}
