import Clinical
import Documents

/// What a story says of a dose, read into FHIR's parts: `40 mg`, `10 mg/325 mg, 2 tablets`, `25 mcg/h`, `10 mg for 10 days`.
struct CaseDose {
    /// `doseQuantity` or `rateQuantity`.
    private(set) var amount: (key: String, value: JSONValue)?
    /// One for each ingredient of a combination.
    private(set) var strengths: [JSONValue] = []
    /// `extended-release`.
    private(set) var form: String?
    private(set) var days: Int?

    /// The codes of UCUM, by the words of the deck.
    private static let units = [
        "mg": "mg", "mcg": "ug", "g": "g", "mL": "mL", "mEq": "meq", "unit": "[iU]", "units": "[iU]", "drop": "[drp]",
        "tablet": "{tbl}", "tablets": "{tbl}", "mg/kg": "mg/kg", "mg/m2": "mg/m2", "mcg/h": "ug/h",
    ]

    /// - Returns: `nil` where the text is none that is known.
    init?(_ text: String, route: String?) {
        // A percentage tells a strength, and no amount.
        if text.isEmpty || text.hasSuffix("%") { return }
        let halves = text.split(separator: ", ").map(String.init)
        guard let first = halves.first else { return nil }
        if let slash = first.firstIndex(of: "/"), first[..<slash].contains(" "), first[slash...].contains(" ") {
            readCombination(first, count: halves.dropFirst().first, inhaled: route == "inhalation")
            if amount == nil { return nil }
            return
        }
        let words = text.split(separator: " ").map(String.init)
        guard words.count >= 2, Decimal(words[0]) != nil, let code = Self.units[words[1]] else { return nil }
        amount = (words[1].hasSuffix("/h") ? "rateQuantity" : "doseQuantity", Self.quantity(words[0], words[1], code))
        let rest = Array(words.dropFirst(2))
        switch rest.count {
        case 0: break
        case 1 where rest[0].hasSuffix("-release"): form = rest[0]
        case 3 where rest[0] == "for" && rest[2] == "days":
            guard let number = Int(rest[1]) else { return nil }
            days = number
        default: return nil
        }
    }

    /// `10 mg/325 mg`, and how many tablets where it says so.
    private mutating func readCombination(_ text: String, count words: String?, inhaled: Bool) {
        let piece = inhaled ? ("inhalation", "{inhalation}") : ("tablet", "{tbl}")
        let one = Self.quantity("1", piece.0, piece.1)
        for part in text.split(separator: "/") {
            let words = part.split(separator: " ").map(String.init)
            guard words.count == 2, Decimal(words[0]) != nil, let code = Self.units[words[1]] else { return }
            strengths.append(.object([("numerator", Self.quantity(words[0], words[1], code)), ("denominator", one)]))
        }
        var count = "1"
        if let parts = words?.split(separator: " ").map(String.init) {
            guard parts.count == 2, Int(parts[0]) != nil, parts[1].hasPrefix("tablet") else { return }
            count = parts[0]
        }
        amount = ("doseQuantity", Self.quantity(count, piece.0, piece.1))
    }

    private static func quantity(_ value: String, _ unit: String, _ code: String) -> JSONValue {
        .object([("value", .number(value)), ("unit", .string(unit)), ("system", .string(FHIRSystem.ucum)), ("code", .string(code))])
    }
}

/// How often, as a story says it: `BID`, `every 6 hours as needed`, `once weekly`.
struct CaseFrequency {
    /// Members of `timing.repeat`.
    private(set) var members: [(String, JSONValue)] = []
    let isAsNeeded: Bool

    private static let day: [(String, JSONValue)] = [("period", 1), ("periodUnit", "d")]
    private static let week: [(String, JSONValue)] = [("period", 1), ("periodUnit", "wk")]

    /// - Returns: `nil` where the text is none that is known.
    init?(_ text: String) {
        isAsNeeded = text.hasSuffix("as needed")
        var base = isAsNeeded ? String(text.dropLast(9)) : text
        while base.last == " " { base.removeLast() }
        switch base {
        case "": break
        case "daily": members = [("frequency", 1)] + Self.day
        case "BID": members = [("frequency", 2)] + Self.day
        case "TID": members = [("frequency", 3)] + Self.day
        case "QID": members = [("frequency", 4)] + Self.day
        case "nightly": members = [("frequency", 1)] + Self.day + [("when", .array(["HS"]))]
        case "with meals": members = [("frequency", 3)] + Self.day + [("when", .array(["C"]))]
        case "once": members = [("count", 1)]
        case "weekly", "once weekly": members = [("frequency", 1)] + Self.week
        case "twice weekly": members = [("frequency", 2)] + Self.week
        case "every 2 weeks": members = [("frequency", 1), ("period", 2), ("periodUnit", "wk")]
        default:
            let words = base.split(separator: " ")
            guard words.count == 3, words[0] == "every", words[2] == "hours", let hours = Int(words[1]) else { return nil }
            members = [("frequency", 1), ("period", .int(hours)), ("periodUnit", "h")]
        }
    }
}
