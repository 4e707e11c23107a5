import Clinical

/// A number as an author wrote it, with what follows it: `5.5 mmol/L`, `74 y`, `2`.
///
/// Worked on digit by digit, so that what comes of it is written as the author would.
struct WrittenNumber: Sendable, Hashable {
    /// All digits as one number, and how many of them stand after the point.
    let digits: Int
    let scale: Int
    /// What follows, with the blank before it.
    let rest: String

    init?(_ text: String) {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard !number.isEmpty, parts.count <= 2, number.utf8.count <= 12, let digits = Int(parts.joined()) else { return nil }
        self.init(digits: digits, scale: parts.count == 2 ? parts[1].utf8.count : 0, rest: String(text.dropFirst(number.count)))
    }

    init(digits: Int, scale: Int, rest: String) {
        self.digits = digits
        self.scale = scale
        self.rest = rest
    }

    /// One unit of the last place more or less; nothing below 0.
    func stepped(by step: Int) -> WrittenNumber? {
        digits + step < 0 ? nil : WrittenNumber(digits: digits + step, scale: scale, rest: rest)
    }

    /// With one more place after the point, where one unit of the last place would be a tenth or more of it.
    var finer: WrittenNumber {
        isSpan || rest.isEmpty || !(1...10).contains(digits) ? self : WrittenNumber(digits: digits * 10, scale: scale + 1, rest: rest)
    }

    var text: String {
        guard scale > 0 else { return "\(digits)\(rest)" }
        let all = String(repeating: "0", count: max(0, scale + 1 - String(digits).count)) + String(digits)
        return "\(all.dropLast(scale)).\(all.suffix(scale))\(rest)"
    }

    private var isSpan: Bool { TimeSpan(text) != nil }

    /// About a tenth more and a tenth less; at least one, where parts of one cannot be written.
    private var neighbours: [WrittenNumber] {
        if isSpan || rest.isEmpty {
            let step = max(1, digits / 10)
            return [digits - step, digits + step].filter { $0 >= 0 }.map { WrittenNumber(digits: $0, scale: scale, rest: rest) }
        }
        return [9, 11].map { WrittenNumber(digits: digits * $0, scale: scale + 1, rest: rest).withoutTrailingZeros(downTo: scale) }
    }

    private func withoutTrailingZeros(downTo least: Int) -> WrittenNumber {
        var (digits, scale) = (digits, scale)
        while scale > least, digits % 10 == 0 { (digits, scale) = (digits / 10, scale - 1) }
        return WrittenNumber(digits: digits, scale: scale, rest: rest)
    }

    // MARK: What mutation writes instead

    static func neighbours(of text: String) -> [String] {
        WrittenNumber(text)?.neighbours.map(\.text) ?? []
    }

    /// `40 y and 74 y` with either end moved.
    static func otherEnds(of text: String) -> [String] {
        guard let (low, high) = ends(of: text) else { return [] }
        return neighbours(of: low).map { "\($0) and \(high)" } + neighbours(of: high).map { "\(low) and \($0)" }
    }

    static func ends(of text: String) -> (String, String)? {
        let words = text.split(separator: " ")
        guard let index = words.firstIndex(of: "and") else { return nil }
        return (words[..<index].joined(separator: " "), words[words.index(after: index)...].joined(separator: " "))
    }

    /// Twice and half of a span; what follows it (`before index`) stays.
    static func otherSpans(of text: String) -> [String] {
        guard let number = WrittenNumber(text), number.scale == 0 else { return [] }
        let half = number.digits / 2
        return [number.digits * 2, half].filter { $0 != number.digits && $0 > 0 }
            .map { WrittenNumber(digits: $0, scale: 0, rest: number.rest).text }
    }

    /// The same number in the unit that is most easily written by mistake.
    static func otherUnits(of text: String) -> [String] {
        guard let number = WrittenNumber(text) else { return [] }
        let unit = number.rest.drop { $0 == " " }
        return confused.filter { unit == $0.0 || (unit.hasPrefix($0.0) && $0.0.hasSuffix("/")) }.prefix(1).map { from, to in
            WrittenNumber(digits: number.digits, scale: number.scale, rest: " " + to + unit.dropFirst(from.count)).text
        }
    }

    private static let confused: [(String, String)] = [
        ("mmol/", "umol/"), ("umol/", "mmol/"), ("nmol/", "umol/"), ("mg/", "g/"), ("g/", "mg/"), ("ng/", "ug/"), ("ug/", "mg/"),
        ("mcg/", "mg/"), ("y", "months"), ("months", "d"), ("weeks", "d"), ("d", "weeks"), ("kg", "g"), ("cm", "m"),
    ]
}
