import Clinical
import Documents
import Engine
import Knowledge

extension RuleReader {
    /// Who meets, as the kind has it.
    func readKind(_ kind: any RuleKind.Type) -> (any RuleKind)? {
        for key in kind.keys where key.isRequired && kind != MeasureKind.self && map.keyRange(key.name) == nil {
            report("V111", "`\(key.name)` is missing: \(key.meaning)", at: map.keyRange("kind") ?? map.range.start(of: 1))
        }
        if kind == CareGapKind.self { return readCareGap() }
        if kind == MeasureKind.self { return readMeasure() }
        needs.sections.insert(.medications)
        if kind == InteractionKind.self { return readInteraction() }
        if kind == InteractionTableKind.self { return readInteractionTable() }
        if kind == AllergyKind.self { return readAllergy() }
        if kind == AllergyTableKind.self { return readAllergyTable() }
        if kind == DrugPatientKind.self { return readDrugPatient() }
        if kind == DuplicateIngredientKind.self { return readDuplicateIngredient() }
        if kind == DuplicateOrderKind.self { return readDuplicateOrder() }
        if kind == VaccinePatientKind.self { return readVaccinePatient() }
        if kind == DrugTableKind.self { return readDrugTable() }
        if kind == RepeatedTestKind.self { return readRepeatedTests() }
        return readGroup(isDuplicate: kind == DuplicateKind.self)
    }

    private func readInteraction() -> (any RuleKind)? {
        guard let node = map.take("between") else { return nil }
        let pair = readRoles(node, under: "between", count: 2)
        guard pair.count == 2 else { return nil }
        return InteractionKind(first: pair[0], second: pair[1])
    }

    private func readInteractionTable() -> (any RuleKind)? {
        roles = ["drug_a", "drug_b"]
        quotesTable = true
        let choices = Severity.allCases.filter { $0 != .none }.map { ($0.rawValue, $0) }
        let severities = (map.take("severities")?.listOrSelf ?? []).compactMap { word($0, "severity", among: choices) }
        let routes = map.take("routes").map { readRoutes($0) }
        return severities.isEmpty ? nil : InteractionTableKind(severities: Set(severities), routes: routes)
    }

    private func readAllergy() -> (any RuleKind)? {
        guard let allergen = map.take("allergic_to"), let ordering = map.take("ordering") else { return nil }
        needs.sections.insert(.allergies)
        guard let first = readRoles(allergen, under: "allergic_to", count: 1).first else { return nil }
        allergenRole = RoleID(index: 0)
        let isSameDrug = ordering.text == "the_same"
        if isSameDrug {
            checkRoleName("drug", at: ordering.range)
            roles.append("drug")
            return AllergyKind(allergen: first, ordered: first, isSameDrug: true)
        }
        guard let second = readRoles(ordering, under: "ordering", count: 1).first else { return nil }
        return AllergyKind(allergen: first, ordered: second)
    }

    private func readAllergyTable() -> (any RuleKind)? {
        needs.sections.insert(.allergies)
        roles = ["allergen", "drug"]
        allergenRole = RoleID(index: 0)
        quotesTable = true
        let choices = CrossReactivity.Risk.allCases.map { ($0.rawValue, $0) }
        let risks = (map.take("risks")?.listOrSelf ?? []).compactMap { word($0, "risk", among: choices) }
        return risks.isEmpty ? nil : AllergyTableKind(risks: Set(risks))
    }

    private func readDrugPatient() -> (any RuleKind)? {
        guard let node = map.take("ordering") else { return nil }
        return readRoles(node, under: "ordering", count: 1).first.map { DrugPatientKind(ordered: $0) }
    }

    private func readDuplicateIngredient() -> (any RuleKind)? {
        guard let node = map.take("ordering"), let drug = readRoles(node, under: "ordering", count: 1).first else { return nil }
        roles.append("partner")
        return DuplicateIngredientKind(drug: drug)
    }

    private func readDuplicateOrder() -> (any RuleKind)? {
        guard let node = map.take("ordering") else { return nil }
        return readRoles(node, under: "ordering", count: 1).first.map { DuplicateOrderKind(drug: $0) }
    }

    /// `ordering: { live: { vaccine: live-vaccine } }`, and perhaps `taking: { steroid: { drug: prednisone } }`.
    private func readVaccinePatient() -> (any RuleKind)? {
        guard let node = map.take("ordering"), let reader = MapReader(node, session, file: file, what: "`ordering`"),
            let entry = reader.entries.first
        else { return nil }
        if reader.entries.count != 1 { report("V112", "`ordering` names one role", at: node.range) }
        checkRoleName(entry.key, at: entry.keyRange)
        roles.append(entry.key)
        guard let value = MapReader(entry.value, session, file: file, what: "a vaccine"),
            let name = text(value.need("vaccine", why: "the name of a vaccine"), "`vaccine`")
        else { return nil }
        value.finish()
        guard let set = session.names.codeSet(.vaccine, name) else {
            unknownName("vaccine", name, .vaccine, at: entry.value.range)
            return nil
        }
        let ordered = session.builder.codeSet(set, as: "vaccine \(name)")
        guard let taking = map.take("taking") else { return VaccinePatientKind(ordered: ordered) }
        roleSelectors.append(nil)
        roleRanges.append(entry.value.range)
        return readRoles(taking, under: "taking", count: 1).first.map { VaccinePatientKind(ordered: ordered, taken: $0) }
    }

    private func readGroup(isDuplicate: Bool) -> (any RuleKind)? {
        guard let node = map.take("among") else { return nil }
        roles = ["among"]
        let atLeast = count(map.take("at_least"), "`at_least`")
        let merging = map.take("merges").flatMap(readMerging)
        let selector = readSelector(node)
        roleSelectors = [selector]
        groupMinimum = atLeast
        guard let group = selector, let atLeast else { return nil }
        if isDuplicate, atLeast < 2 {
            report("V113", "a duplicate takes two drugs or more", at: map.keyRange("at_least") ?? node.range)
        }
        return isDuplicate ? DuplicateKind(group: group, atLeast: atLeast) : AdditiveKind(group: group, atLeast: atLeast, merging: merging)
    }

    /// `merges: { effects: [torsades, QT], categories: [qt] }`.
    private func readMerging(_ node: YAMLNode) -> AdditiveKind.Merging? {
        guard let reader = MapReader(node, session, file: file, what: "`merges`") else { return nil }
        let effects = (reader.take("effects")?.listOrSelf ?? []).compactMap { text($0, "`effects`") }
        let categories = (reader.take("categories")?.listOrSelf ?? []).compactMap { text($0, "`categories`") }
        reader.finish()
        return AdditiveKind.Merging(effects: effects.map { $0.lowercased() }, categories: Set(categories))
    }

    /// Named roles with what fills them.
    private func readRoles(_ node: YAMLNode, under key: String, count: Int) -> [DrugSelector] {
        guard let reader = MapReader(node, session, file: file, what: "`\(key)`") else { return [] }
        let entries = reader.entries
        if entries.count != count {
            report(
                "V112", "`\(key)` names \(count == 1 ? "one role" : "\(count) roles")", at: node.range,
                label: "\(entries.count) here", help: ["write a name of your own for each, as in `anticoagulant: { drug: warfarin }`"])
        }
        return entries.compactMap { entry in
            if Self.builtIn.contains(entry.key) || entry.key == "ordered" {
                report("V202", "`\(entry.key)` already means something; give the role another name", at: entry.keyRange)
            }
            checkRoleName(entry.key, at: entry.keyRange)
            roles.append(entry.key)
            let selector = readSelector(entry.value)
            roleSelectors.append(selector)
            roleRanges.append(entry.value.range)
            if key != "between", let selector { refuse(selector, key == "allergic_to", under: key, at: entry.value.range) }
            return selector
        }
    }

    /// A name stands for one thing.
    private func checkRoleName(_ name: String, at range: SourceRange) {
        if roles.contains(name) { report("V115", "another role is called `\(name)`", at: range) }
        if pendingFacts[name] != nil { report("V115", "a fact is called `\(name)` as well", at: range) }
    }

    /// What is ordered has not been stopped, and an allergy has no route.
    private func refuse(_ selector: DrugSelector, _ isAllergen: Bool, under key: String, at range: SourceRange) {
        if selector.alternatives.contains(where: { $0.stoppedWithin != nil }) {
            report("V110", "`or_stopped_within` has no meaning under `\(key)`", at: range)
        }
        if isAllergen, selector.alternatives.contains(where: { $0.routes != nil }) {
            report("V110", "`route` has no meaning under `\(key)`", at: range)
        }
    }

    // MARK: Drugs

    /// `{ drug: … }` (`any` for every drug there is), `{ class: … }`, `{ any: [ … ] }`, each with `except`, `or_stopped_within` and `route`.
    func readSelector(_ node: YAMLNode) -> DrugSelector? {
        guard let reader = MapReader(node, session, file: file, what: "a choice of drugs") else { return nil }
        if let choices = reader.take("any") {
            let parts = choices.listOrSelf.map(readSelector)
            reader.finish(also: ["drug", "class"])
            if parts.isEmpty {
                report("V206", "no drug is named: `any` is empty", at: choices.range)
                return nil
            }
            guard parts.allSatisfy({ $0 != nil }) else { return nil }
            return DrugSelector(parts.compactMap(\.self).flatMap(\.alternatives))
        }
        let members = readMembers(reader, node)
        let excluded = reader.take("except").flatMap(readSelector)
        let stopped = span(reader.take("or_stopped_within"), "`or_stopped_within`")
        let routes = reader.take("route").map { readRoutes($0) }
        let scheduled = reader.take("scheduled")
        reader.finish(also: ["any"])
        guard var members else { return nil }
        if let excluded { members.subtract(excluded.alternatives.flatMap { session.builder.members(of: $0.set) }) }
        if members.isEmpty {
            report("V206", "no drug is left: this set is empty", at: node.range)
            return nil
        }
        let isScheduled = yesNo(scheduled, "`scheduled`") ?? false
        return DrugSelector([
            .init(set: session.builder.drugSet(members), stoppedWithin: stopped, routes: routes, isScheduled: isScheduled)
        ])
    }

    private func readMembers(_ reader: MapReader, _ node: YAMLNode) -> Set<IngredientID>? {
        if let drugs = reader.take("drug") {
            var members: Set<IngredientID> = []
            for item in drugs.listOrSelf {
                guard let name = text(item, "`drug`") else { return nil }
                if name == "any" {
                    members.formUnion((0..<session.names.knowledge.ingredientCount).map { IngredientID(index: Int32($0)) })
                    continue
                }
                guard let id = session.names.drug(name) else {
                    unknownName("drug", name, .drug, at: item.range)
                    return nil
                }
                members.insert(id)
            }
            return members
        }
        if let classes = reader.take("class") {
            var members: Set<IngredientID> = []
            for item in classes.listOrSelf {
                guard let name = text(item, "`class`") else { return nil }
                guard let found = session.names.drugClass(name) else {
                    unknownName("drug class", name, .drugClass, at: item.range)
                    return nil
                }
                members.formUnion(found.members)
            }
            return members
        }
        report("V111", "say which drugs: `drug`, `class` or `any`", at: node.range)
        return nil
    }

    func readRoutes(_ node: YAMLNode) -> Set<RouteGroup> {
        let choices: [(String, Set<RouteGroup>)] =
            RouteGroup.allCases.map { ($0.rawValue, [$0]) } + [("systemic", Set(RouteGroup.allCases.filter(\.isSystemic)))]
        if node.listOrSelf.isEmpty { report("V206", "no route is named", at: node.range) }
        return node.listOrSelf.reduce(into: []) { $0.formUnion(word($1, "route", among: choices) ?? []) }
    }
}
