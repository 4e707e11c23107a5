public import Clinical
public import Documents

/// Patients with the evaluation and forecast that the CDC expects of them, one a line.
public struct ImmunizationDeck: Sendable {
    public let cases: [ImmunizationCase]

    /// Reads a deck: each line a case with its bundle.
    ///
    /// - Throws: `ImmunizationDeckError` with the line that is none.
    public init(_ source: Source) throws(ImmunizationDeckError) {
        var cases: [ImmunizationCase] = []
        for (number, line) in source.bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            guard let one = ImmunizationCase(Array(line)) else {
                throw ImmunizationDeckError(file: source.name, line: number + 1)
            }
            cases.append(one)
        }
        self.cases = cases
    }
}

/// One patient of a deck.
public struct ImmunizationCase: Sendable {
    /// What is expected of one dose that was given.
    public struct ExpectedDose: Sendable, Hashable {
        public let status: String
        public let reason: String?
    }

    public let id: String
    public let words: String
    /// As the deck calls it: `POL`.
    public let group: String
    public let day: CivilDate
    public let bundle: JSONNode
    public let seriesStatus: String
    /// By id of the immunization.
    public let doses: [String: ExpectedDose]
    public let forecastDose: String?
    public let earliest: String?
    public let recommended: String?
    public let pastDue: String?

    init?(_ bytes: [UInt8]) {
        guard let root = (try? JSONDocument(parsing: bytes))?.root, let id = root["id"]?.string, let group = root["vaccineGroup"]?.string,
            let day = root["assessmentDate"]?.string.flatMap({ CivilDate($0) }), let bundle = root["bundle"],
            let expected = root["expected"], let status = expected["seriesStatus"]?.string
        else { return nil }
        self.id = id
        self.group = group
        self.day = day
        self.bundle = bundle
        words = root["name"]?.string ?? ""
        seriesStatus = status
        var doses: [String: ExpectedDose] = [:]
        if let list = expected["doses"] {
            for dose in list.elements {
                guard let id = dose["immunization"]?.string, let status = dose["evaluationStatus"]?.string else { return nil }
                doses[id] = ExpectedDose(status: status, reason: dose["evaluationReason"]?.string)
            }
        }
        self.doses = doses
        forecastDose = expected["forecastDose"]?.string
        earliest = expected["earliestDate"]?.string
        recommended = expected["recommendedDate"]?.string
        pastDue = expected["pastDueDate"]?.string
    }
}

/// A line of a deck that is no case.
public struct ImmunizationDeckError: Error, Sendable, CustomStringConvertible {
    public let file: String
    public let line: Int

    public var description: String {
        "\(file):\(line): not a case with id, vaccineGroup, assessmentDate, expected and bundle"
    }
}
