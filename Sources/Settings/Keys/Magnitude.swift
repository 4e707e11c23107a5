/// Whole numbers with a unit behind them, read and written in the largest unit that fits.
struct Magnitude: Sendable {
    /// From the smallest; one without a name needs none written.
    let units: [(name: String, factor: Int)]

    static let bytes = Magnitude(units: [("", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)])
    static let time = Magnitude(units: [("ms", 1), ("s", 1000), ("min", 60_000), ("h", 3_600_000), ("d", 86_400_000)])

    /// `16 MiB` as 16777216; nothing where it is no whole number with a unit that is known, or too large.
    func value(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let name = text.dropFirst(digits.count).drop { $0 == " " }
        guard let count = Int(digits), let unit = units.first(where: { $0.name.lowercased() == name.lowercased() }) else { return nil }
        let (value, overflow) = count.multipliedReportingOverflow(by: unit.factor)
        return overflow ? nil : value
    }

    /// 16777216 as `16 MiB`.
    func text(_ value: Int) -> String {
        let unit = units.last { value != 0 && value.isMultiple(of: $0.factor) } ?? units[0]
        return unit.name.isEmpty ? "\(value / unit.factor)" : "\(value / unit.factor) \(unit.name)"
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds.multipliedReportingOverflow(by: 1000).partialValue) + Int(attoseconds / 1_000_000_000_000_000)
    }
}
