import Clinical
import Documents

extension CCDAConverter {
    /// From when to when a medicine is taken, and the elements that say how often.
    ///
    /// - Source: C-CDA on FHIR 2.0.0, medications: timing and frequency. The first `effectiveTime` bounds, the others repeat.
    mutating func times(_ node: XMLNode) -> (bounds: CDAInterval, rhythms: [XMLNode]) {
        var bounds: CDAInterval?
        var rhythms: [XMLNode] = []
        for time in node.children(named: "effectiveTime").flatMap({ $0.typeName == "SXPR_TS" ? $0.children(named: "comp") : [$0] }) {
            switch time.typeName {
            case "PIVL_TS", "EIVL_TS": rhythms.append(time)
            default:
                if bounds == nil { bounds = interval(time, "substanceAdministration.effectiveTime") }
            }
        }
        return (bounds ?? CDAInterval(), rhythms)
    }

    /// The steps of a dosage: what the entry says itself, then the steps in it, as a tapered dose has them.
    ///
    /// - Parameter bounds: from when to when, where that belongs to the dosage.
    mutating func dosages(_ node: XMLNode, bounds: CDAInterval?) -> [JSONValue] {
        var dosages = [dosage(node, bounds)].compactMap { $0 }
        let steps = node.related("substanceAdministration", by: ["COMP"]).filter { $0.codeWord != Self.freeTextSig }
        guard !steps.isEmpty else { return dosages }
        if node.child("doseQuantity")?.attribute("value") == nil { dosages = [] }
        for step in steps {
            if let dosage = dosage(step, bounds == nil ? nil : times(step).bounds) { dosages.append(dosage) }
        }
        return dosages
    }

    /// LOINC 76662-6, instructions for medicines in words.
    private static let freeTextSig = "76662-6"

    private mutating func dosage(_ node: XMLNode, _ bounds: CDAInterval?) -> JSONValue? {
        let sig = node.related("substanceAdministration").first { $0.codeWord == Self.freeTextSig }
        let words = words(of: sig?.child("text"), "sig.text")
        return object([
            ("text", words.map { .string($0) }), ("timing", timing(node, bounds)),
            ("asNeededBoolean", node.child("precondition") == nil ? nil : true),
            ("route", concept(node.child("routeCode"), "routeCode")), ("doseAndRate", doseAndRate(node).map { [$0] }),
            ("maxDosePerPeriod", maximum(node.child("maxDoseQuantity"))),
        ])
    }

    // MARK: How much

    private mutating func doseAndRate(_ node: XMLNode) -> JSONValue? {
        let dose = node.child("doseQuantity").map { bounds($0, "doseQuantity") }
        let rate = node.child("rateQuantity").map { bounds($0, "rateQuantity") }
        let unit = administrationUnit(node)
        return object([
            ("doseQuantity", dose?.quantity.map { Self.with(unit, $0) }), ("doseRange", dose?.range),
            ("rateQuantity", rate?.quantity), ("rateRange", rate?.range),
        ])
    }

    /// What a dose without a unit counts, in words: a tablet, a puff.
    ///
    /// - Source: C-CDA R2.1, medication activity: `administrationUnitCode`.
    private func administrationUnit(_ node: XMLNode) -> String? {
        node.child("administrationUnitCode")?.attribute("displayName")?.trimmed
    }

    private static func with(_ unit: String?, _ quantity: JSONValue) -> JSONValue {
        guard let unit, !unit.isEmpty, quantity["unit"] == nil else { return quantity }
        var quantity = quantity
        quantity["unit"] = .string(unit)
        return quantity
    }

    private mutating func maximum(_ node: XMLNode?) -> JSONValue? {
        guard let node, let dose = quantity(node.child("numerator"), "maxDoseQuantity"),
            let time = quantity(node.child("denominator"), "maxDoseQuantity")
        else { return nil }
        return ["numerator": dose, "denominator": time]
    }

    // MARK: How often

    private mutating func timing(_ node: XMLNode, _ bounds: CDAInterval?) -> JSONValue? {
        var members: [(String, JSONValue?)] = []
        let rhythms = times(node).rhythms
        if let bounds, bounds.point == nil { members.append(("boundsPeriod", bounds.period)) }
        if rhythms.count == 1 {
            members += rhythm(rhythms[0])
        } else if rhythms.count > 1 {
            note("substanceAdministration.effectiveTime", "several rhythms at once; how often is not known here", at: rhythms[1])
        }
        let event = bounds?.point.map { JSONValue.array([.string($0)]) }
        return object([("event", event), ("repeat", object(members))])
    }

    /// - Source: C-CDA on FHIR 2.0.0, medications: periodic frequency, event-based timing.
    private mutating func rhythm(_ node: XMLNode) -> [(String, JSONValue?)] {
        if node.typeName == "EIVL_TS" {
            guard let event = node.child("event")?.attribute("code") else { return [] }
            return [("when", [.string(event)])]
        }
        guard let period = node.child("period") else { return [] }
        let (low, high) = (period.child("low") ?? period, period.child("high"))
        guard let length = number(low, "effectiveTime.period"), let unit = low.attribute("unit")?.trimmed,
            ["s", "min", "h", "d", "wk", "mo", "a"].contains(unit)
        else {
            note("effectiveTime.period", "no length of time; how often is not known here", at: period)
            return []
        }
        let longest = high.flatMap { $0.attribute("unit")?.trimmed == unit ? number($0, "effectiveTime.period") : nil }
        return [
            ("frequency", 1), ("period", .number(length)), ("periodMax", longest.map { .number($0) }), ("periodUnit", .string(unit)),
        ]
    }
}
