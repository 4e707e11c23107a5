import Clinical
import Engine
import Knowledge

/// Under which conditions a row of a table speaks.
extension TableLadder {
    func rowRoutes(_ row: DrugFactRow) -> Set<RouteGroup>? {
        guard let words = row.cells["routes"] else { return routes }
        return routeGroups(words, row, "routes")
    }

    func routeGroups(_ words: String, _ row: DrugFactRow, _ column: String) -> Set<RouteGroup> {
        var groups: Set<RouteGroup> = []
        for word in words.split(separator: "|").map(String.init) {
            switch word {
            case "systemic": groups.formUnion(RouteGroup.allCases.filter(\.isSystemic))
            case "parenteral": groups.formUnion([.intravenous, .intramuscular, .subcutaneous])
            case let name:
                if let group = RouteGroup(rawValue: name) {
                    groups.insert(group)
                } else {
                    complain(row, column, "no route is called `\(name)`")
                }
            }
        }
        return groups
    }

    /// An order that does not say its route may be given by this one.
    mutating func isGiven(by routes: Set<RouteGroup>) -> Criterion {
        let route = add("route", .route(RoleID(index: 0)))
        return .any([.test(route, .routes(routes)), .test(route, .isUnknown)])
    }

    mutating func conditions(_ row: DrugFactRow, dose told: TableGrade.Dose? = nil) -> [Criterion]? {
        var parts: [Criterion] = []
        if let routes = rowRoutes(row), row.cells["parameter"] != "route" { parts.append(isGiven(by: routes)) }
        for (column, comparison) in [("age_from", Comparison.atLeast), ("age_below", .below)] {
            guard let text = row.cells[column] else { continue }
            guard let span = TimeSpan(text) else {
                complain(row, column, "`\(text)` is no age")
                return nil
            }
            parts.append(.test(add("age", .age), .compare(comparison, .span(span))))
        }
        for atom in (row.cells["conditions"] ?? "").split(separator: "&").map(String.init) where !atom.hasPrefix("within:") {
            guard let part = condition(atom, row) else {
                complain(row, "conditions", "`\(atom)` cannot be read")
                return nil
            }
            parts.append(part)
        }
        if let dose = row.cells["dose_above"] {
            guard let part = doseAbove(dose, row, told) else {
                complain(row, "dose_above", "`\(dose)` is no dose")
                return nil
            }
            parts.append(part)
        }
        return parts
    }

    /// `daily dose 1400 mg/day`: only above it; a dose that cannot be worked out may be above it.
    ///
    /// Where only doses that are told count, one that is not told leaves it unknown: what was not checked is said.
    private mutating func doseAbove(_ text: String, _ row: DrugFactRow, _ told: TableGrade.Dose?) -> Criterion? {
        let isTold = told.map { _ in add("dose told", .doseTold(RoleID(index: 0))) }
        let choices = text.split(separator: "|").map(String.init).compactMap { choice -> Criterion? in
            guard let (name, kind) = Self.doses.first(where: { choice.hasPrefix($0.key + " ") }).map({ ($0.key, $0.value) }),
                let limit = Quantity(choice.dropFirst(name.count + 1)), limit.unit != nil
            else { return nil }
            let words = choice.split(separator: " ")
            guard let measure = measure((kind.0, .orders), unit: words.last.map(String.init) ?? "", row, "dose_above") else { return nil }
            let fact = add(name, .measuredDose(RoleID(index: 0), measure), apart: measure.words)
            let isAbove = Criterion.test(fact, .compare(.above, .quantity(limit)))
            switch (told, isTold) {
            case (.told, let isTold?): return .any([isAbove, .all([.test(fact, .isUnknown), .test(isTold, .isYes)])])
            case (.notTold, let isTold?): return .test(isTold, .isNo)
            default: return .any([isAbove, .test(fact, .isUnknown)])
            }
        }
        return choices.isEmpty ? nil : .any(choices)
    }

    private mutating func condition(_ atom: String, _ row: DrugFactRow) -> Criterion? {
        if atom.hasPrefix("!") { return condition(String(atom.dropFirst()), row).map { .none([$0]) } }
        let own = DrugSelector([.init(set: reader.session.builder.drugSet([drug]))])
        switch atom {
        case "new": return .test(add("already taken", .taking(own, .latest)), .isNo)
        case "continued": return .test(add("already taken", .taking(own, .latest)), .isYes)
        case "female": return .test(add("sex", .sex), .sex(.female))
        case "male": return .test(add("sex", .sex), .sex(.male))
        default: break
        }
        guard let (key, name) = atom.splitOnce(":") else { return labCondition(atom, row) }
        switch key {
        case "problem", "ever":
            guard let set = reader.session.names.codeSet(.problem, name) else { return nil }
            reader.needs.sections.insert(.conditions)
            return .test(add(name, .has(reader.session.builder.codeSet(set, as: "problem \(name)"), ever: key == "ever", .any), apart: key), .isYes)
        case "setting":
            guard let set = reader.session.names.codeSet(.setting, name) else { return nil }
            reader.needs.sections.insert(.encounters)
            return .test(add(name, .setting(reader.session.builder.codeSet(set, as: "setting \(name)"), .any)), .isYes)
        case "taking", "ordering":
            guard let selector = selector(name) else { return nil }
            return .test(add("\(key) \(name)", key == "taking" ? .taking(selector, .latest) : .ordering(selector)), .isYes)
        default: return nil
        }
    }

    private func selector(_ name: String) -> DrugSelector? {
        let names = reader.session.names
        let members = names.drugClass(name)?.members ?? names.drug(name).map { [$0] } ?? []
        return members.isEmpty ? nil : DrugSelector([.init(set: reader.session.builder.drugSet(members))])
    }

    /// `weight<50 kg`, `serum-albumin>=2 g/dL`.
    private mutating func labCondition(_ atom: String, _ row: DrugFactRow) -> Criterion? {
        let comparisons: [(String, Comparison)] = [("<=", .atMost), (">=", .atLeast), ("<", .below), (">", .above)]
        for (sign, comparison) in comparisons {
            if let (name, limit) = atom.splitOnce(sign), let kind = Self.doses[name], let quantity = Quantity(limit),
                let measure = measure((kind.0, .orders), unit: limit.split(separator: " ").last.map(String.init) ?? "", row, "conditions") {
                return .test(add(name, .measuredDose(RoleID(index: 0), measure), apart: measure.words), .compare(comparison, .quantity(quantity)))
            }
            guard let (name, limit) = atom.splitOnce(sign), let lab = reader.session.names.lab(name), let quantity = Quantity(limit) else { continue }
            let within: TimeSpan? = name == "weight" || name == "height" ? nil : TimeSpan(amount: 90, unit: .days)
            let fact = add(lab.title, .lab(LabQuery(lab: reader.tableLab(lab), within: within)), apart: within?.words ?? "")
            return .test(fact, .compare(comparison, .quantity(quantity)))
        }
        return nil
    }
}
