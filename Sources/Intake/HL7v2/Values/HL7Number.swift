/// A number as results write it, with a comparator where one stands before it.
struct HL7Number {
    /// `<`, `<=`, `>=` or `>`, as FHIR has them.
    let comparator: String?
    /// The digits as JSON wants them.
    let digits: String

    /// Digits, a sign and a point; whatever else is written there, it is no number.
    init?(_ text: String) {
        var rest = text[...]
        let comparator = ["<=", ">=", "<", ">"].first(where: rest.hasPrefix)
        rest = rest.dropFirst(comparator?.count ?? 0).drop { $0 == " " }
        let isNegative = rest.first == "-"
        if isNegative || rest.first == "+" { rest = rest.dropFirst() }
        let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), rest.utf8.contains(where: Self.isDigit), rest.utf8.count <= 40,
            parts.allSatisfy({ $0.utf8.allSatisfy(Self.isDigit) })
        else { return nil }
        let whole = parts[0].drop { $0 == "0" }
        let fraction = parts.count > 1 && !parts[1].isEmpty ? ".\(parts[1])" : ""
        digits = "\(isNegative ? "-" : "")\(whole.isEmpty ? "0" : whole)\(fraction)"
        self.comparator = comparator
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
