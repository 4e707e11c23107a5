import Clinical
import Knowledge

/// What a fact came to for one patient, with what it was read from; a class, for many rules read the same one.
final class FactResult {
    enum Value {
        case truth(Truth)
        /// A quantity, or a window where only bounds are known; both ends in one unit.
        case quantity(low: Quantity, high: Quantity, analyte: Analyte?)
        /// Time that has passed since a day within a window. An age counts completed units, other times the calendar.
        case since(ClosedRange<CivilDate>, isAge: Bool)
        /// From the one to the other; without an upper end at least so many.
        case number(low: Decimal, high: Decimal?)
        case sex(Patient.Sex)
        /// Every route by which it is given; never empty.
        case routes(Set<RouteGroup>)
        /// Dose forms, in the words of the record or of the product; never empty.
        case forms([String])
        /// Manifestations of an allergy; never empty.
        case reactions([CodeableConcept])
        case unknown(UnknownReason)
    }

    let value: Value
    /// Names of the drugs that made it so.
    var names: [String] = []
    /// When it was so.
    var date: PartialDate?
    var references: [ResourceReference] = []
    /// When the next of it is due, or was; only a forecast says that.
    var due: CivilDate?
    /// On how many days the entries lie that count, where it rests on entries; see `PatientRecord.occurrences(of:)`.
    var occurrences: Occurrences?
    /// Numbers of the results that count and of those that may, which are counted when somebody asks.
    var results: (sure: [Int], possible: [Int])?
    /// What is too coarse to tell it exactly, where that is neither a result nor a dose: "the birth date".
    var coarse: String?
    /// True where it is a result, which is unknown rather than no where there is none.
    var isMeasured = false

    init(_ value: Value, names: [String] = [], date: PartialDate? = nil, references: [ResourceReference] = []) {
        self.value = value
        self.names = names
        self.date = date
        self.references = references
    }

    static func truth(_ truth: Truth) -> FactResult { FactResult(.truth(truth)) }

    static func unknown(_ kind: UnknownReason.Kind, _ why: String) -> FactResult {
        FactResult(.unknown(UnknownReason(kind, why)))
    }

    /// Why it is not known; nothing where it is.
    var unknownReason: UnknownReason? {
        switch value {
        case .unknown(let reason): reason
        case .truth(.unknown(let reason)): reason
        default: nil
        }
    }
}

/// How often something is on record: at the least, and at the most where that is known.
struct Occurrences {
    let least: Int
    let most: Int?
}

extension Supply {
    /// The answer for something that was looked for and not found: no where everything came, else unknown.
    func truthOfAbsence(_ section: RecordSection) -> Truth {
        switch self {
        case .complete: .no
        case .partial(let why): .unknown(UnknownReason(.partial, "\(section.words) are incomplete: \(why)"))
        case .notSupplied: .unknown(UnknownReason(.notSupplied, "\(section.words) were not supplied"))
        case .failed(let why): .unknown(UnknownReason(.failed, "\(section.words) could not be read: \(why)"))
        }
    }
}
