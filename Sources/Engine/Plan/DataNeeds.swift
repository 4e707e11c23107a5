public import Clinical

/// What the rules of a plan read of a record; prefetch templates are derived from it.
public struct DataNeeds: Sendable, Hashable {
    /// Sections that at least one rule reads.
    public var sections: Set<RecordSection>
    /// LOINC codes of the observations that are read, sorted; empty where none is.
    public var observationCodes: [String]
    /// Kinds of entry that measures read.
    public var eventKinds: Set<RecordEvent.Kind>

    public init(
        sections: Set<RecordSection> = [], observationCodes: [String] = [], eventKinds: Set<RecordEvent.Kind> = []
    ) {
        self.sections = sections
        self.observationCodes = observationCodes
        self.eventKinds = eventKinds
    }

    public mutating func formUnion(_ other: DataNeeds) {
        sections.formUnion(other.sections)
        eventKinds.formUnion(other.eventKinds)
        observationCodes = Array(Set(observationCodes).union(other.observationCodes)).sorted()
    }
}

/// An occasion on which rules are asked, named as CDS Hooks names it.
public struct Occasion: Sendable, Hashable, RawRepresentable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public static let orderSelect = Occasion(rawValue: "order-select")
    public static let orderSign = Occasion(rawValue: "order-sign")
    public static let patientView = Occasion(rawValue: "patient-view")
}
