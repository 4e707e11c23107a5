import Clinical
import Documents
import Engine
import Knowledge

extension RuleReader {
    func readSuggestions(_ node: YAMLNode, known: Set<FactID>) -> [PlannedSuggestion] {
        node.listOrSelf.compactMap { item in
            guard let reader = MapReader(item, session, file: file, what: "a suggestion") else { return nil }
            let label = reader.need("label", why: "the words on the button").map { readText($0, "`label`", known: known) }
            var actions: [PlannedSuggestion.Action] = []
            if let stop = reader.take("stop"), let action = readStop(stop) { actions.append(action) }
            if let change = reader.take("change"), let action = readChange(change, reader) { actions.append(action) }
            if let prescribe = reader.take("prescribe"), let action = readPrescription(prescribe) { actions.append(action) }
            if let order = reader.take("order") { actions += readOrder(order) }
            if let immunize = reader.take("immunize"), let action = readImmunization(immunize) { actions.append(action) }
            let condition = reader.take("only_if")
            let onlyIf = condition.flatMap(readCriterion)
            reader.finish(also: ["dose", "sig"])
            if actions.isEmpty {
                report(
                    "V111", "this suggestion does nothing", at: item.range.start(of: 1),
                    help: ["give it one of `stop`, `change`, `prescribe`, `order`, `immunize`"])
            }
            guard let label, onlyIf != nil || condition == nil else { return nil }
            return PlannedSuggestion(label: label, actions: actions, onlyIf: onlyIf)
        }
    }

    private func readStop(_ node: YAMLNode) -> PlannedSuggestion.Action? {
        guard let name = text(node, "`stop`") else { return nil }
        if name == "ordered" { return .stopOrdered }
        return role(named: name, at: node.range).map { .stop($0) }
    }

    private func role(named name: String, at range: SourceRange) -> RoleID? {
        if let index = roles.firstIndex(of: name) { return RoleID(index: index) }
        let near = NearestName.find(name, in: roles + ["ordered"])
        report(
            "V202", "no role is called `\(name)`", at: range, label: near.map { "did you mean `\($0)`?" },
            help: ["roles here: " + (roles + ["ordered"]).map { "`\($0)`" }.joined(separator: ", ")])
        return nil
    }

    private func readChange(_ node: YAMLNode, _ reader: MapReader) -> PlannedSuggestion.Action? {
        let dose = readDose(reader.take("dose"))
        let instructions = text(reader.take("sig"), "`sig`")
        guard let name = text(node, "`change`"), let role = role(named: name, at: node.range) else { return nil }
        return .change(role, dose: dose, instructions: instructions)
    }

    private func readDose(_ node: YAMLNode?) -> Quantity? {
        guard let node, let words = text(node, "`dose`") else { return nil }
        guard let dose = Quantity(words), dose.unit != nil else {
            report("V211", "`\(words)` is not a dose", at: node.range, help: ["write `500 mg`"])
            return nil
        }
        return dose
    }

    private func readPrescription(_ node: YAMLNode) -> PlannedSuggestion.Action? {
        guard let reader = MapReader(node, session, file: file, what: "`prescribe`"),
            let drug = reader.need("drug", why: "what to prescribe"), let name = text(drug, "`drug`")
        else { return nil }
        let dose = readDose(reader.take("dose"))
        let instructions = text(reader.take("sig"), "`sig`")
        reader.finish()
        guard let id = session.names.drug(name) else {
            unknownName("drug", name, .drug, at: drug.range)
            return nil
        }
        let ingredient = session.names.knowledge.ingredient(id)
        return .prescribe(
            SuggestedChange.Prescription(name: ingredient.name, rxcui: ingredient.rxcui, dose: dose, instructions: instructions))
    }

    private func readOrder(_ node: YAMLNode) -> [PlannedSuggestion.Action] {
        guard let reader = MapReader(node, session, file: file, what: "`order`") else { return [] }
        let due = span(reader.take("due_in"), "`due_in`")
        var actions: [PlannedSuggestion.Action] = []
        for key in ["lab", "imaging", "test", "procedure"] {
            for item in reader.take(key)?.listOrSelf ?? [] {
                guard let name = text(item, "`\(key)`") else { continue }
                guard let orderable = session.names.knowledge.orderable(named: name) else {
                    unknownName("orderable", name, .orderable, at: item.range)
                    continue
                }
                actions.append(.order(orderable, dueIn: due))
            }
        }
        reader.finish()
        return actions
    }

    private func readImmunization(_ node: YAMLNode) -> PlannedSuggestion.Action? {
        guard let reader = MapReader(node, session, file: file, what: "`immunize`"),
            let vaccine = reader.need("vaccine", why: "which vaccine"), let name = text(vaccine, "`vaccine`")
        else { return nil }
        reader.finish()
        guard let set = session.names.codeSet(.vaccine, name), let code = set.codes.first else {
            unknownName("vaccine", name, .vaccine, at: vaccine.range)
            return nil
        }
        return .immunize(name: set.title, coding: Coding(system: code.system, code: code.code, display: set.title))
    }
}
