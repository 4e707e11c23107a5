import Clinical
import Documents

extension MessageConverter {
    /// OBX: one result, and the moment of its specimen where it says none.
    ///
    /// - Returns: the id of the Observation; nothing where there is none.
    /// - Source: map of OBX to Observation; table 0085 to observation-status.
    @discardableResult
    mutating func readResult(_ result: HL7Segment, of report: HL7Segment?) -> String? {
        guard let status = status(ofResult: result) else { return nil }
        guard let code = concept(result, 3) else {
            note(result, 3, "it does not say what was observed; left out")
            return nil
        }
        let effective = date(result, 14) ?? report.flatMap { date($0, 7) }
        let members: [(String, JSONValue?)] = [("status", .string(status)), ("code", code), ("subject", subject), ("effectiveDateTime", effective)]
        let interpretation = result.field(8).repetitions.compactMap { Self.interpretation($0) }
        let id = self.id("Observation")
        add("Observation", id: id, .observations, members + [value(result)] + [("interpretation", .array(interpretation))])
        return id
    }

    /// The status; nothing where no result is meant.
    private mutating func status(ofResult result: HL7Segment) -> String? {
        guard let word = result.text(11)?.uppercased() else { return "unknown" }
        switch word {
        case "F", "U", "V", "B": return "final"
        case "P", "R", "S": return "preliminary"
        case "C": return "corrected"
        case "A": return "amended"
        case "I": return "registered"
        case "X": return "cancelled"
        case "D", "W": return "entered-in-error"
        case "O", "N":
            note(result, 11, "nothing was observed; left out")
            return nil
        default:
            note(result, 11, "no status of table 0085; not known")
            return "unknown"
        }
    }

    // MARK: Values

    /// What was found, by the type that OBX-2 states.
    private mutating func value(_ result: HL7Segment) -> (String, JSONValue?) {
        let none: (String, JSONValue?) = ("value", nil)
        let found = result.field(5).repetitions
        guard let first = found.first else { return none }
        let type = result.text(2)?.uppercased() ?? ""
        guard found.count == 1 || Self.wordTypes.contains(type) else {
            note(result, 5, "several values for one result; which counts is not said")
            return none
        }
        switch type {
        case "NM": return ("valueQuantity", quantity(first.component(1), result[6], result, 5))
        case "SN": return structured(first, result)
        case "CE", "CWE", "CNE", "CF", "IS", "ID": return ("valueCodeableConcept", concept(first, result, 5, notesLocal: false))
        case "DT", "TS", "DTM": return ("valueDateTime", time(first, result, 5).map { .string($0.text) })
        case "CQ": return ("valueQuantity", quantity(first.component(1), first.component(2), result, 5))
        case _ where Self.wordTypes.contains(type): return ("valueString", found.compactMap(\.text).first.map { .string($0) })
        default:
            note(result, 2, "a type of value that is not read; passed over")
            return none
        }
    }

    private static let wordTypes: Set<String> = ["ST", "TX", "FT"]

    /// `>^100`, `^1^:^128`, `^10^-^20`, `^2^+`.
    ///
    /// - Source: HL7 v2.9, chapter 2A.3.68 (SN).
    private mutating func structured(_ value: HL7Value, _ result: HL7Segment) -> (String, JSONValue?) {
        let comparator = value.component(1).text ?? "", separator = value.component(3).text
        let first = value.component(2).text.flatMap { HL7Number($0) }, second = value.component(4).text.flatMap { HL7Number($0) }
        if let first, separator == nil, second == nil, ["", "=", "<", "<=", ">", ">="].contains(comparator) {
            let sign = comparator == "=" ? "" : comparator
            if let number = HL7Number(sign + first.digits) { return ("valueQuantity", quantity(number, result[6], result, 5)) }
        }
        if let first, let second, comparator.isEmpty || comparator == "=" {
            let low = quantity(first, result[6], result, 5), high = quantity(second, result[6], result, 5)
            switch separator {
            case "-": return ("valueRange", .object([("low", low), ("high", high)]))
            case ":", "/": return ("valueRatio", .object([("numerator", .object([("value", .number(first.digits))])), ("denominator", .object([("value", .number(second.digits))]))]))
            default: break
            }
        }
        note(result, 5, "a structured number that says no amount; passed over")
        return ("value", nil)
    }

    /// - Source: table 0078 to v3-ObservationInterpretation, of which it became the codes.
    private static func interpretation(_ value: HL7Value) -> JSONValue? {
        guard let code = value.component(1).text?.uppercased(),
            ["N", "A", "AA", "H", "HH", "L", "LL", "<", ">", "S", "R", "I", "POS", "NEG", "IND", "DET", "ND"].contains(code)
        else { return nil }
        return .concept("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", code)
    }
}
