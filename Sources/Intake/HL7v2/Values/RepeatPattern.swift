/// How often something is given, in the codes of orders.
///
/// - Source: HL7 v2.9, table 0335, "Repeat pattern", and chapter 4.5.4.3 (TQ1-3); of words that are not in it, `QD`, `DAILY`, `HS` and a
///   range such as `Q4-6H`, which can mean one thing only.
struct RepeatPattern: Equatable {
    var frequency: Int?
    var period: Int?
    var periodMaximum: Int?
    /// A unit of FHIR's units-of-time.
    var unit: String?
    /// `mon` to `sun`.
    var day: String?
    var isAsNeeded = false
    /// Given once and no more.
    var isOnce = false

    /// What a code says; nothing where it is none of the table.
    init?(_ code: String) {
        var words = code.uppercased().split(separator: " ").map(String.init)
        if words.contains("PRN") {
            isAsNeeded = true
            words.removeAll { $0 == "PRN" }
        }
        var word = words.joined()
        if word.hasPrefix("PRN") {
            isAsNeeded = true
            word = String(word.dropFirst(3))
        }
        if word.isEmpty {
            if isAsNeeded { return } else { return nil }
        }
        guard read(named: word) || read(timesADay: word) || read(every: word) else { return nil }
    }

    private mutating func read(named word: String) -> Bool {
        switch word {
        case "ONCE": isOnce = true
        case "QD", "DAILY", "QDAY", "QAM", "QPM", "QHS", "HS": set(1, every: 1, "d")
        case "BID": set(2, every: 1, "d")
        case "TID": set(3, every: 1, "d")
        case "QID": set(4, every: 1, "d")
        case "QOD": set(1, every: 2, "d")
        default: return false
        }
        return true
    }

    /// `5ID`: five times a day.
    private mutating func read(timesADay word: String) -> Bool {
        guard word.hasSuffix("ID"), let times = Self.number(word.dropLast(2)) else { return false }
        set(times, every: 1, "d")
        return true
    }

    /// `Q6H`, `Q4-6H`, `QW`, `Q2J1`.
    private mutating func read(every word: String) -> Bool {
        guard word.hasPrefix("Q") else { return false }
        let rest = word.dropFirst()
        if let cut = rest.firstIndex(of: "J") { return read(weeks: rest[..<cut], on: rest[rest.index(after: cut)...]) }
        guard let letter = rest.last, let unit = Self.units[letter] else { return false }
        let bounds = rest.dropLast().split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        if bounds.count == 2 {
            guard let low = Self.number(bounds[0]), let high = Self.number(bounds[1]), low < high else { return false }
            set(1, every: low, unit)
            periodMaximum = high
            return true
        }
        guard let count = rest.count == 1 ? 1 : Self.number(rest.dropLast()) else { return false }
        set(1, every: count, unit)
        return true
    }

    private mutating func read(weeks: Substring, on number: Substring) -> Bool {
        guard let count = weeks.isEmpty ? 1 : Self.number(weeks), let day = Self.number(number), day <= 7 else { return false }
        set(1, every: count, "wk")
        self.day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][day - 1]
        return true
    }

    private mutating func set(_ frequency: Int, every period: Int, _ unit: String) {
        self.frequency = frequency
        self.period = period
        self.unit = unit
    }

    private static func number(_ text: some StringProtocol) -> Int? {
        guard text.utf8.count <= 4, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text), number > 0 else {
            return nil
        }
        return number
    }

    /// `L` is a month: `M` was taken.
    private static let units: [Character: String] = ["S": "s", "M": "min", "H": "h", "D": "d", "W": "wk", "L": "mo"]
}
