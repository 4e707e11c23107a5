import Clinical
import Engine
import Knowledge

/// What kind of value a fact has, and so what may be asked of it.
enum FactType {
    /// What a limit on a result is checked against.
    struct Measure {
        let name: String
        let unit: Unit
        let analyte: Analyte?

        /// The units in which a limit may be written.
        var unitHelp: String {
            var units = ["\(unit)"]
            if analyte?.valence == 1, "\(unit)" == "mmol/L" { units.append("mEq/L") }
            return units.joined(separator: " or ")
        }
    }

    case truth
    case quantity(Measure)
    case dose(DoseQuery)
    case time
    case number
    case sex
    case route
    case form
    case reaction

    init(of definition: FactDefinition, facts: [PlannedFact], labs: (LabID) -> LabDefinition?) {
        switch definition {
        case .taking, .ordering, .has, .done, .vaccine, .familyHistory, .allergicTo, .setting, .share, .criterion, .pregnant, .asNeeded, .doseTold, .severe,
            .intolerance, .genotype, .testsDue, .orderingTest, .upToDate:
            self = .truth
        case .lab(let query):
            self = labs(query.lab).map { .quantity(Measure(name: $0.name, unit: $0.unit, analyte: $0.analyte)) } ?? .truth
        case .firstKnown(let definitions):
            self = definitions.first.map { FactType(of: $0, facts: facts, labs: labs) } ?? .truth
        case .calculate(let calculation):
            self = calculation.unit.map { .quantity(Measure(name: calculation.equation.rawValue, unit: $0, analyte: nil)) } ?? .number
        case .countOf, .occurrences, .dosesPerDay: self = .number
        case .timeSince, .age, .started, .duration: self = .time
        case .sex: self = .sex
        case .route: self = .route
        case .form: self = .form
        case .dose(let query): self = .dose(query)
        case .reaction: self = .reaction
        case .measuredDose(_, let measure): self = .quantity(Measure(name: "dose", unit: measure.unit, analyte: nil))
        }
    }

    var description: String {
        switch self {
        case .truth: "a yes or a no"
        case .quantity(let measure): "a quantity (\(measure.unit))"
        case .dose(let query): "a dose (such as \(query.exampleUnit))"
        case .time: "a length of time"
        case .number: "a number"
        case .sex: "a sex"
        case .route: "a route"
        case .form: "a dose form"
        case .reaction: "a reaction"
        }
    }

    /// Words that it may be tested for.
    var words: [String] {
        switch self {
        case .truth: ["yes", "no", "unknown"]
        case .sex: ["female", "male", "unknown"]
        case .route: RouteGroup.allCases.map(\.rawValue) + ["systemic", "unknown"]
        default: ["unknown"]
        }
    }

    var help: String {
        switch self {
        case .quantity(let measure): "write `{ above: 5 \(measure.unit) }`, with `above`, `at_least`, `below`, `at_most` or `between`; or `unknown`"
        case .dose(let query): "write `{ above: 100 \(query.exampleUnit) }`, or `unknown`"
        case .form: "write words of the form, such as `tablet` or `extended release`, or `unknown`"
        case .time: "write `{ at_least: 65 y }`, or `unknown`"
        case .number: "write `{ at_least: 2 }`"
        default: "it may be " + words.map { "`\($0)`" }.joined(separator: ", ")
        }
    }
}

extension DoseQuery {
    /// A unit in which it may be limited.
    var exampleUnit: String { "mg" + unitEnding }

    /// Units of such a dose, one for each kind of amount.
    var units: [Unit] {
        ["mg", "[iU]", "meq", "mmol"].compactMap { try? Unit(text: $0 + unitEnding) }
    }

    private var unitEnding: String {
        let per =
            switch basis {
            case .whole: ""
            case .perKilogram: "/kg"
            case .perSquareMetre: "/m2"
            }
        return per + (measure == .daily ? "/day" : "")
    }
}
