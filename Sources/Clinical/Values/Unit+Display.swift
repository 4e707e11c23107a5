extension Unit: CustomStringConvertible {
    /// The unit as a prescriber writes it: `mL/min/1.73m2`, `mcg`, `mEq/L`, `mmHg`, `IU/L`; empty for plain numbers.
    ///
    /// For people. `code` is what identifies it.
    public var description: String {
        if code == "1" { return "" }
        return code.split(separator: "/", omittingEmptySubsequences: false).map { part in
            Self.names[String(part)] ?? Self.withoutAnnotation(part)
        }.joined(separator: "/")
    }

    /// `{tablet}` is its word; `10*3{cells}` loses it.
    private static func withoutAnnotation(_ part: Substring) -> String {
        guard let open = part.firstIndex(of: "{"), part.last == "}" else { return String(part) }
        if open != part.startIndex { return names[String(part[..<open])] ?? String(part[..<open]) }
        return String(part.dropFirst().dropLast())
    }

    /// Parts of a code that people write otherwise.
    private static let names: [String: String] = [
        BodySurface.code: "1.73m2", "ug": "mcg", "meq": "mEq", "ueq": "uEq", "eq": "Eq", "mosm": "mOsm", "mm[Hg]": "mmHg",
        "cm[H2O]": "cmH2O", "[iU]": "IU", "m[iU]": "mIU", "u[iU]": "uIU", "k[iU]": "kIU", "[USP'U]": "USP units",
        "[lb_av]": "lb", "[oz_av]": "oz", "[in_i]": "in", "[ft_i]": "ft", "Cel": "°C", "[degF]": "°F", "[pH]": "pH",
        "d": "day", "wk": "week", "mo": "month", "a": "year", "[drp]": "drops", "{tbl}": "tablets", "[CFU]": "CFU",
        "(24.h)": "day",
    ]
}
