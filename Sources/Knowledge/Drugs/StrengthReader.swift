import Clinical

/// Reads strengths as RxNorm writes them: `500 MG`, `0.09 MG/ACTUAT`, `10 UNT/ML`.
///
/// - Source: RxNorm technical documentation §4 and appendix 3: units are few and in capitals.
struct StrengthReader: Sendable {
    private let units: [String: Unit]
    private let one: Unit?

    init() {
        var units: [String: Unit] = [:]
        for (name, code) in Self.codes {
            units[name] = try? Unit(ucum: code)
        }
        self.units = units
        one = try? Unit(ucum: "1")
    }

    /// The amount in one unit of product; `nil` for anything else than a number, a blank, a unit and perhaps a per-unit.
    func amount(_ text: ArraySlice<UInt8>) -> Ratio? {
        guard let blank = text.firstIndex(of: UInt8(ascii: " ")), let value = Decimal(utf8: text[..<blank]), let one else {
            return nil
        }
        let unit = text[(blank + 1)...]
        guard let slash = unit.firstIndex(of: UInt8(ascii: "/")) else {
            return self.unit(unit).map { Ratio(numerator: Quantity(value, $0), denominator: Quantity(Decimal(1), one)) }
        }
        guard let numerator = self.unit(unit[..<slash]), let denominator = self.unit(unit[(slash + 1)...]) else { return nil }
        return Ratio(numerator: Quantity(value, numerator), denominator: Quantity(Decimal(1), denominator))
    }

    private func unit(_ name: ArraySlice<UInt8>) -> Unit? {
        units[String(decoding: name, as: UTF8.self)]
    }

    /// The parts of a text between ` / `.
    static func parts(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = 0
        var at = 0
        while at + 2 < text.count {
            if text[at] == UInt8(ascii: " "), text[at + 1] == UInt8(ascii: "/"), text[at + 2] == UInt8(ascii: " ") {
                parts.append(text[start..<at])
                start = at + 3
                at = start
            } else {
                at += 1
            }
        }
        parts.append(text[start...])
        return parts
    }

    /// True where `name` stands anywhere in `text`; capital letters of ASCII count as small ones.
    static func contains(_ text: ArraySlice<UInt8>, _ name: String.UTF8View) -> Bool {
        let wanted = name.map(Self.small)
        guard let first = wanted.first, text.count >= wanted.count else { return false }
        for start in text.startIndex...(text.endIndex - wanted.count) where small(text[start]) == first {
            var length = 1
            while length < wanted.count, small(text[start + length]) == wanted[length] { length += 1 }
            if length == wanted.count { return true }
        }
        return false
    }

    private static func small(_ byte: UInt8) -> UInt8 {
        (65...90).contains(byte) ? byte | 32 : byte
    }

    /// RxNorm's unit and its UCUM code.
    private static let codes: [(String, String)] = [
        ("MG", "mg"), ("MCG", "ug"), ("GM", "g"), ("ML", "mL"), ("L", "L"), ("UNT", "[iU]"), ("MEQ", "meq"),
        ("MMOL", "mmol"), ("HR", "h"), ("ACTUAT", "{actuation}"), ("SQCM", "cm2"), ("MCI", "mCi"), ("UCI", "uCi"),
    ]
}
