import Engine

/// What is known of a fact by its definition alone, before any patient.
extension FactDefinition {
    /// True where the fact is unknown unless the record says something.
    var canBeUnknown: Bool {
        switch self {
        case .countOf, .ordering, .doseTold: false
        default: true
        }
    }

    /// True where it comes with the day on which it was so.
    var hasDate: Bool {
        switch self {
        case .lab, .taking, .has, .done, .vaccine, .setting, .allergicTo, .pregnant, .started, .age: true
        case .calculate(let calculation): !calculation.equation.isOverDrugs
        case .occurrences: true
        case .firstKnown(let definitions): definitions.allSatisfy(\.hasDate)
        default: false
        }
    }

    /// True where entries of the record stand behind it, each made in an encounter.
    var hasEntries: Bool {
        switch self {
        case .lab, .taking, .has, .done, .setting: true
        default: false
        }
    }

    /// True where the entries behind it can be counted by days.
    var isCountable: Bool {
        switch self {
        case .lab, .has, .done, .vaccine, .setting: true
        default: false
        }
    }

    /// The facts that it is made of.
    var parts: [FactID] {
        switch self {
        case .criterion(let criterion): criterion.tests.map(\.0)
        case .timeSince(let fact), .occurrences(let fact): [fact]
        case .firstKnown(let definitions): definitions.flatMap(\.parts)
        case .lab(let query): query.entries.parts
        case .has(_, _, let query), .done(_, let query), .vaccine(_, let query), .setting(_, let query): query.parts
        case .calculate(let calculation): calculation.inputs.flatMap(\.entries.parts) + (calculation.weight?.parts ?? [])
        case .dose(let query): query.basis.parts
        default: []
        }
    }

    /// True where absence from a complete record leaves it unknown, so that an author must choose what follows.
    ///
    /// A condition over such facts is one as well, unless it asks itself whether they are unknown.
    func isOftenUnknown(among facts: [PlannedFact]) -> Bool {
        switch self {
        case .lab, .calculate, .firstKnown, .dose, .dosesPerDay, .duration, .form, .reaction, .severe, .pregnant: return true
        case .criterion(let criterion):
            let tests = criterion.tests
            let asked = Set(tests.filter { $0.1 == .isUnknown }.map(\.0))
            return tests.contains { !asked.contains($0.0) && facts[$0.0.index].definition.isOftenUnknown(among: facts) }
        default: return false
        }
    }
}

extension WeightQuery {
    fileprivate var parts: [FactID] { weight.entries.parts + (height?.entries.parts ?? []) }
}

extension DoseQuery.Basis {
    fileprivate var parts: [FactID] {
        switch self {
        case .whole: []
        case .perKilogram(let query): query.parts
        case .perSquareMetre(let weight, let height): weight.entries.parts + height.entries.parts
        }
    }
}
