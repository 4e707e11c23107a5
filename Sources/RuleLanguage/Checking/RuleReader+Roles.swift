import Clinical
import Documents
import Engine
import Knowledge

extension RuleReader {
    /// A fact about what fills a role: `nsaid.route`, `metformin.daily_dose`.
    func roleFact(_ role: RoleID, attribute: String, name: String, at range: SourceRange) -> FactID? {
        guard let definition = roleDefinition(role, attribute: attribute, at: range) else { return nil }
        return add(name, definition, missing: nil, range: range)
    }

    private func roleDefinition(_ role: RoleID, attribute: String, at range: SourceRange) -> FactDefinition? {
        switch attribute {
        case "route": return .route(role)
        case "form": return .form(role)
        case "daily_dose": return .dose(DoseQuery(role: role, measure: .daily))
        case "single_dose": return .dose(DoseQuery(role: role, measure: .single))
        case "daily_dose_per_kg": return perKilogram(role, .daily, at: range)
        case "single_dose_per_kg": return perKilogram(role, .single, at: range)
        case "daily_dose_per_m2": return perSquareMetre(role, .daily, at: range)
        case "single_dose_per_m2": return perSquareMetre(role, .single, at: range)
        case "doses_per_day": return .dosesPerDay(role)
        case "duration": return .duration(role)
        case "prn": return .asNeeded(role)
        case "dose_told": return .doseTold(role)
        case "started": return .started(role)
        case "reaction" where role == allergenRole: return .reaction(role)
        case "severe" where role == allergenRole: return .severe(role)
        case "intolerance" where role == allergenRole: return .intolerance(role)
        default:
            let known = Self.roleAttributes.filter { !["reaction", "severe", "intolerance"].contains($0) || role == allergenRole }
            let near = NearestName.find(attribute, in: known)
            report(
                "V202", "a role has no `\(attribute)`", at: range, label: near.map { "did you mean `\($0)`?" },
                help: ["known: " + known.map { "`\($0)`" }.joined(separator: ", ")])
            return nil
        }
    }

    /// How old a weight may be where an author does not say: the short names of doses take one of the last year.
    private static let weightAge = EntryQuery(within: TimeSpan(amount: 12, unit: .months))

    private func perKilogram(_ role: RoleID, _ measure: DoseQuery.Measure, at range: SourceRange) -> FactDefinition? {
        weightQuery(.actual, Self.weightAge, at: range).map { .dose(DoseQuery(role: role, measure: measure, basis: .perKilogram($0))) }
    }

    private func perSquareMetre(_ role: RoleID, _ measure: DoseQuery.Measure, at range: SourceRange) -> FactDefinition? {
        guard let weight = namedLab("weight", Self.weightAge, at: range), let height = namedLab("height", .any, at: range) else { return nil }
        return .dose(DoseQuery(role: role, measure: measure, basis: .perSquareMetre(weight: weight, height: height)))
    }

    /// The query for a weight; every choice but the measured one takes the height as well.
    func weightQuery(_ choice: WeightQuery.Choice, _ entries: EntryQuery, at range: SourceRange) -> WeightQuery? {
        guard let weight = namedLab("weight", entries, at: range) else { return nil }
        if choice == .actual { return WeightQuery(choice: choice, weight: weight, height: nil) }
        guard let height = namedLab("height", .any, at: range) else { return nil }
        return WeightQuery(choice: choice, weight: weight, height: height)
    }

    /// A lab that the language itself needs.
    func namedLab(_ name: String, _ entries: EntryQuery, at range: SourceRange) -> LabQuery? {
        guard let lab = session.names.lab(name) else {
            report("V201", "this needs the lab `\(name)`, which is not known", at: range)
            return nil
        }
        return LabQuery(lab: labID(lab), entries: entries)
    }

    /// `dose: ROLE` with what the short names leave open.
    func readDose(_ value: YAMLNode, _ reader: MapReader) -> FactDefinition? {
        let measure: DoseQuery.Measure? = reader.need("measure", why: "`daily` or `single`").flatMap {
            word($0, "measure", among: [("daily", .daily), ("single", .single)])
        }
        let per = reader.take("per").flatMap { word($0, "measure of size", among: [("kg", "kg"), ("m2", "m2")]) }
        let weightNode = reader.take("weight")
        let choice = weightNode.flatMap { word($0, "weight", among: WeightQuery.Choice.allCases.map { ($0.rawValue, $0) }) }
        let entries = readEntries(reader, picks: []) ?? .any
        guard let role = role(value), let measure else { return nil }
        if let weightNode, per != "kg" {
            report("V110", "`weight` has a meaning beside `per: kg` only", at: weightNode.range)
        }
        switch per {
        case "kg": return weightQuery(choice ?? .actual, entries, at: value.range).map {
            .dose(DoseQuery(role: role, measure: measure, basis: .perKilogram($0)))
        }
        case "m2":
            guard let weight = namedLab("weight", entries, at: value.range), let height = namedLab("height", .any, at: value.range)
            else { return nil }
            return .dose(DoseQuery(role: role, measure: measure, basis: .perSquareMetre(weight: weight, height: height)))
        default: return .dose(DoseQuery(role: role, measure: measure))
        }
    }
}
