public import Clinical
public import Engine

/// What every report says of how it came about.
public struct ReportContext: Sendable {
    public let asOf: AsOf
    public let period: MeasurementPeriod
    public let edition: ReportEdition
    /// The ids of measures whose numerator is what should not be.
    let lowerIsBetter: Set<String>

    /// - Parameter measures: those that may be reported.
    public init(asOf: AsOf, period: MeasurementPeriod, edition: ReportEdition, measures: MeasurePlan) {
        self.asOf = asOf
        self.period = period
        self.edition = edition
        lowerIsBetter = Set(measures.measures.filter(\.measure.isLowerBetter).map(\.id))
    }

    /// The name of a rule or measure as a FHIR canonical: an id of a rule needs no escape in a URI. Rates are groups of a report.
    func canonical(_ rule: String, version: Int) -> String { "\(Self.canonicalPrefix)\(rule)|\(version)" }

    /// What stands before the id of a rule in its canonical.
    public static let canonicalPrefix = "urn:vigil:rule:"
}

/// What rules, knowledge and program a report was made with.
public struct ReportEdition: Sendable, Hashable {
    public let rules: String
    public let knowledge: String
    public let knowledgeVersion: String
    public let vigil: String

    public init(rules: String, knowledge: String, knowledgeVersion: String, vigil: String) {
        self.rules = rules
        self.knowledge = knowledge
        self.knowledgeVersion = knowledgeVersion
        self.vigil = vigil
    }

    /// Who made it, as reports name their author.
    var program: String { "Vigil \(vigil)" }
}
