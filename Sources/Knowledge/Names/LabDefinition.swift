public import Clinical

/// A laboratory test or a vital sign, with what is needed to compare its results.
public struct LabDefinition: Sendable, Hashable {
    /// As rules write it: `serum-potassium`.
    public let name: String
    public let title: String
    /// LOINC codes; the first is the one to order it by.
    public let codes: [CodeMatch]
    /// The unit that rules compare in.
    public let unit: Unit
    /// What a conversion between kinds of unit needs to know of the substance.
    public let analyte: Analyte?
    /// In `unit`; outside it a result is taken for an error of unit or entry, not for a value.
    public let plausible: ClosedRange<Decimal>?
    public let source: String

    public init(
        name: String, title: String, codes: [CodeMatch], unit: Unit, analyte: Analyte?, plausible: ClosedRange<Decimal>?,
        source: String
    ) {
        self.name = name
        self.title = title
        self.codes = codes
        self.unit = unit
        self.analyte = analyte
        self.plausible = plausible
        self.source = source
    }

    public static func == (left: LabDefinition, right: LabDefinition) -> Bool {
        left.name == right.name && left.codes == right.codes && left.unit.code == right.unit.code
            && left.plausible == right.plausible && left.source == right.source
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
    }

    /// Codes of panels that hold this test as a component: a server finds such a result by the code of its panel.
    ///
    /// - Source: FHIR R4 vital signs, blood pressure (http://hl7.org/fhir/R4/bp.html): panel 85354-9 with components 8480-6
    ///   and 8462-4.
    public var panelCodes: [String] {
        codes.contains { $0.system == .loinc && Self.ofBloodPressure.contains($0.code) } ? ["85354-9"] : []
    }

    private static let ofBloodPressure: Set<String> = ["8480-6", "8462-4"]

    /// True where any coding of `concept` is a code of this test.
    public func contains(_ concept: CodeableConcept) -> Bool {
        concept.codings.contains { coding in codes.contains { $0.matches(coding) } }
    }
}
