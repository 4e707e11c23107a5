extension Unit {
    /// The unit whose case-insensitive code is `code`, such as `MG/DL`; nothing where it may be something else.
    ///
    /// Only for what is no unit when read as written: `MG` alone is the megagauss, and stays it. Every part between strokes and
    /// points must be a listed code in capitals, or a number.
    ///
    /// - Source: UCUM 2.1, chapter 2 (§3, case-insensitive variant), and the columns "c/i" of the tables of chapter 4.
    public init?(caseInsensitive code: String) {
        let isSmall = code.unicodeScalars.contains { $0 >= "a" && $0 <= "z" }
        guard !isSmall, code.utf8.count <= 64, (try? Unit(ucum: code)) == nil else { return nil }
        var written = ""
        var part = ""
        for character in code {
            guard character == "/" || character == "." else {
                part.append(character)
                continue
            }
            guard part.isEmpty || Self.append(part, to: &written) else { return nil }
            written.append(character)
            part = ""
        }
        guard Self.append(part, to: &written), let unit = try? Unit(ucum: written) else { return nil }
        self = unit
    }

    /// One code with its power, or a number, which stays as it is.
    private static func append(_ part: String, to written: inout String) -> Bool {
        if part.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "*" || $0 == "^") }), !part.isEmpty {
            written += part
            return true
        }
        if let plain = capitals[part] {
            written += plain
            return true
        }
        guard let power = part.last, power == "2" || power == "3", let plain = capitals[String(part.dropLast())] else { return false }
        written += plain + String(power)
        return true
    }

    /// The units that clinical results and doses are told in, with the prefixes that are told with them.
    private static let capitals: [String: String] = {
        var codes = [
            "MIN": "min", "HR": "h", "D": "d", "WK": "wk", "MO": "mo", "ANN": "a", "S": "s", "MM[HG]": "mm[Hg]", "CEL": "Cel",
            "[DEGF]": "[degF]", "[LB_AV]": "[lb_av]", "[OZ_AV]": "[oz_av]", "[IN_I]": "[in_i]", "[FT_I]": "[ft_i]", "%": "%",
        ]
        let prefixes = ["": "", "K": "k", "D": "d", "C": "c", "M": "m", "U": "u", "N": "n", "P": "p", "F": "f"]
        let units = [
            ("G", "g", ["", "K", "D", "M", "U", "N", "P", "F"]), ("L", "L", ["", "D", "C", "M", "U", "N", "P", "F"]),
            ("M", "m", ["", "K", "C", "M", "U"]), ("MOL", "mol", ["", "M", "U", "N", "P", "F"]), ("EQ", "eq", ["", "M", "U", "N"]),
            ("OSM", "osm", ["", "M"]), ("U", "U", ["", "K", "M", "U"]), ("[IU]", "[iU]", ["", "K", "M", "U"]), ("KAT", "kat", ["", "M", "U", "N"]),
            ("CAL", "cal", ["", "K"]),
        ]
        for (capital, small, taken) in units {
            for prefix in taken { codes[prefix + capital] = (prefixes[prefix] ?? "") + small }
        }
        return codes
    }()
}
