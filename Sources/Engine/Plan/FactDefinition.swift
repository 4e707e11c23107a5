public import Clinical
public import Knowledge

/// A named value that a rule reads.
public struct PlannedFact: Sendable {
    /// The author's name for it; for a test written in place, words for it.
    public let name: String
    public let definition: FactDefinition
    /// The author's words for when it is not known.
    public let missing: String?

    public init(name: String, definition: FactDefinition, missing: String? = nil) {
        self.name = name
        self.definition = definition
        self.missing = missing
    }
}

/// Where a fact comes from.
public indirect enum FactDefinition: Sendable {
    case lab(LabQuery)
    /// The first that is known.
    case firstKnown([FactDefinition])
    case taking(DrugSelector)
    case ordering(DrugSelector)
    case has(CodeSetID, ever: Bool)
    case done(CodeSetID, within: TimeSpan?)
    case vaccine(CodeSetID, within: TimeSpan?)
    case allergicTo(DrugSetID)
    case setting(CodeSetID)
    case countOf(RoleID)
    case timeSince(FactID)
    case calculate(Calculation)
    case share(DrugRelation, RoleID, RoleID)
    case criterion(Criterion)
    case age
    case sex
    case pregnant(PregnancyCodes)
    case route(RoleID)
    case dailyDose(RoleID)
    case started(RoleID)
    case reaction(RoleID)
}

/// One result of a lab, chosen among those of the last while.
public struct LabQuery: Sendable, Hashable {
    /// Which result, where there are several.
    public enum Pick: String, Sendable, Hashable, CaseIterable {
        case latest
        case earliest
        case highest
        case lowest
    }

    public let lab: LabID
    public let within: TimeSpan?
    public let pick: Pick

    public init(lab: LabID, within: TimeSpan?, pick: Pick = .latest) {
        self.lab = lab
        self.within = within
        self.pick = pick
    }
}

/// A published equation over results of the patient.
public struct Calculation: Sendable, Hashable {
    public enum Equation: String, Sendable, Hashable, CaseIterable {
        case ckdEPI2021 = "ckd-epi-2021"
        case cockcroftGault = "cockcroft-gault"
        case bmi
        case bsa

        /// The inputs it takes from results, by the names authors give labs.
        public var labNames: [String] {
            switch self {
            case .ckdEPI2021: ["serum-creatinine"]
            case .cockcroftGault: ["serum-creatinine", "weight"]
            case .bmi, .bsa: ["weight", "height"]
            }
        }

        /// The unit of its result.
        public var unitText: String {
            switch self {
            case .ckdEPI2021: "mL/min/1.73m2"
            case .cockcroftGault: "mL/min"
            case .bmi: "kg/m2"
            case .bsa: "m2"
            }
        }
    }

    public let equation: Equation
    /// One query for each of the equation's inputs, in their order.
    public let inputs: [LabQuery]
    /// The unit of its result, parsed once.
    public let unit: Unit

    public init(equation: Equation, inputs: [LabQuery], unit: Unit) {
        self.equation = equation
        self.inputs = inputs
        self.unit = unit
    }
}

/// How a record says that a patient is pregnant or is not.
public struct PregnancyCodes: Sendable, Hashable {
    /// Problems that mean pregnancy.
    public let problems: CodeSetID
    /// Observations that ask for it.
    public let status: CodeSetID
    /// Answers that mean yes, and those that mean no.
    public let pregnant: CodeSetID
    public let notPregnant: CodeSetID
    /// How long it stays good that somebody is pregnant.
    public let shelfLife: TimeSpan
    /// How long it stays good that somebody is not: shorter, for that changes without anybody recording it.
    public let negativeShelfLife: TimeSpan

    public init(
        problems: CodeSetID, status: CodeSetID, pregnant: CodeSetID, notPregnant: CodeSetID, shelfLife: TimeSpan,
        negativeShelfLife: TimeSpan = TimeSpan(amount: 30, unit: .days)
    ) {
        self.negativeShelfLife = negativeShelfLife
        self.problems = problems
        self.status = status
        self.pregnant = pregnant
        self.notPregnant = notPregnant
        self.shelfLife = shelfLife
    }
}
