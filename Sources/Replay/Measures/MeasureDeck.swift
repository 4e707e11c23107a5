public import Clinical
public import Documents
public import Engine

/// Patients of a measure with the populations that its developers expect, one a line.
public struct MeasureDeck: Sendable {
    public let cases: [MeasureCase]

    /// Reads a deck: each line a case with its bundle.
    ///
    /// - Throws: `MeasureDeckError` with the line that is none.
    public init(_ source: Source) throws(MeasureDeckError) {
        var cases: [MeasureCase] = []
        for (number, line) in source.bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            cases.append(try MeasureCase(Array(line), number: number + 1, file: source.name))
        }
        self.cases = cases
    }
}

/// One patient of a deck.
public struct MeasureCase: Sendable {
    public let id: String
    /// The id of the rule that it is about, in small letters.
    public let measure: String
    public let words: String
    public let period: MeasurementPeriod
    /// What is expected of each rate: how many, by population.
    public let expected: [[String: Int]]
    public private(set) var bundle: JSONNode

    /// The same expectations of another bundle.
    public func with(bundle: JSONNode) -> MeasureCase {
        var other = self
        other.bundle = bundle
        return other
    }

    init(_ bytes: [UInt8], number: Int, file: String) throws(MeasureDeckError) {
        guard let root = (try? JSONDocument(parsing: bytes))?.root, let id = root["id"]?.string, let bundle = root["bundle"],
            let measure = root["measure"]?.string, let period = root["period"],
            let start = period["start"]?.string.flatMap({ CivilDate($0.prefix(10)) }),
            let end = period["end"]?.string.flatMap({ CivilDate($0.prefix(10)) }), let days = MeasurementPeriod(start: start, end: end),
            let groups = root["expected"]?["groups"]
        else { throw MeasureDeckError(file: file, line: number) }
        self.id = id
        self.measure = String(measure.prefix { $0 != "F" && $0 != "-" }.lowercased())
        self.words = root["description"]?.string ?? ""
        self.period = days
        expected = groups.elements.map { group in
            (group["populations"]?.members.map { ($0.key.string ?? "", $0.value.int ?? 0) } ?? [])
                .reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        self.bundle = bundle
    }
}

/// A line of a deck that is no case.
public struct MeasureDeckError: Error, Sendable, CustomStringConvertible {
    public let file: String
    public let line: Int

    public var description: String { "\(file):\(line): not a case with id, measure, period, expected and bundle" }
}
