import Clinical

extension DrugIndex {
    /// One reading of one coding.
    private struct Candidate {
        let nearness: Nearness
        let set: [IngredientID]
        let product: Int?
        let doseForm: String?
        let isComplete: Bool
        let label: String
        let isAmbiguous: Bool
    }

    /// What `concept` means: all its codings are one drug, and the one nearest to a product is believed.
    ///
    /// Of two equally near ones the one with more ingredients wins, then the one stated first.
    func resolve(_ concept: CodeableConcept) -> DrugResolution {
        guard !concept.codings.isEmpty else { return .uncoded }
        var best: Candidate?
        var all: [Candidate] = []
        for coding in concept.codings {
            guard let candidate = candidate(for: coding) else { continue }
            all.append(candidate)
            guard let current = best else {
                best = candidate
                continue
            }
            if candidate.nearness < current.nearness
                || (candidate.nearness == current.nearness && candidate.set.count > current.set.count)
            {
                best = candidate
            }
        }
        guard let best else { return .unmapped(label(of: concept.codings[0])) }
        var conflicts = all.filter { $0.set != best.set }.map(\.label)
        if best.isAmbiguous { conflicts.append("\(best.label) (a brand of several compositions)") }
        return .resolved(
            Drug(
                ingredients: best.set, product: best.product.map { product(at: $0, set: best.set) }, doseForm: best.doseForm,
                isComplete: best.isComplete, conflicts: conflicts))
    }

    /// What a medication is: its code, else the active ingredients that the record lists.
    func resolve(_ medication: Medication) -> DrugResolution {
        let coded = resolve(medication.code)
        let listed = medication.ingredients.map { (resolve($0.code), $0.strength) }
        let drugs = listed.compactMap(\.0.drug)
        let union = Array(Set(drugs.flatMap(\.ingredients))).sorted()
        let strengths = listed.compactMap { part, amount -> Strength? in
            guard let amount, let drug = part.drug else { return nil }
            return Strength(ingredient: drug.ingredients.count == 1 ? drug.ingredients[0] : nil, amount: amount)
        }
        if case .resolved(let drug) = coded {
            guard drug.strengths.isEmpty, !strengths.isEmpty, union == drug.ingredients else { return coded }
            return .resolved(
                Drug(
                    ingredients: drug.ingredients, product: drug.product, doseForm: drug.doseForm, strengths: strengths,
                    isComplete: drug.isComplete, conflicts: drug.conflicts))
        }
        if !drugs.isEmpty {
            let isComplete = drugs.count == listed.count && drugs.allSatisfy(\.isComplete)
            return .resolved(Drug(ingredients: union, strengths: strengths, isComplete: isComplete))
        }
        if case .uncoded = coded {
            if let first = listed.first(where: { $0.0 != .uncoded }) { return first.0 }
            if let why = medication.unresolved { return .unresolved(why) }
        }
        return coded
    }

    private func candidate(for coding: Coding) -> Candidate? {
        switch coding.system {
        case CodeSystem.rxNorm:
            guard let rxcui = Int(coding.code), let concept = concept(rxcui) else { return nil }
            let product = concept.product >= 0 ? Int(concept.product) : nil
            return Candidate(
                nearness: concept.nearness, set: sets[Int(concept.set)], product: product,
                doseForm: product.flatMap { products[$0].doseForm }.map { doseForms[$0] }, isComplete: true,
                label: "RxNorm \(rxcui)", isAmbiguous: concept.isAmbiguous)
        case CodeSystem.ndc:
            guard let code = NationalDrugCode(coding.code),
                let row = rowByDrugCode.value(for: UInt64(code.product) + 1).map({ drugCodes[Int($0)] }),
                !sets[row.ingredientSet].isEmpty
            else { return nil }
            return Candidate(
                nearness: .drugCode, set: sets[row.ingredientSet], product: nil, doseForm: row.doseForm.map { doseForms[$0] },
                isComplete: row.isComplete, label: label(of: coding), isAmbiguous: false)
        case CodeSystem.unii:
            return byUNII[coding.code].map { single($0, coding) }
        case CodeSystem.atc:
            return byATC[coding.code].map { single($0, coding) }
        default:
            return nil
        }
    }

    private func single(_ id: IngredientID, _ coding: Coding) -> Candidate {
        Candidate(
            nearness: .otherSystem, set: [id], product: nil, doseForm: nil, isComplete: true, label: label(of: coding),
            isAmbiguous: false)
    }

    func product(at row: Int, set: [IngredientID]) -> Product {
        let entry = products[row]
        return Product(
            rxcui: entry.rxcui, name: entry.name, doseForm: entry.doseForm.map { doseForms[$0] },
            strengths: entry.termType.isPack || entry.strength.isEmpty ? [] : strengths(of: entry, set: set))
    }

    /// Strengths of a combination stand in the order of its name, the ingredients in that of their codes: the
    /// name of each ingredient tells which strength is its own.
    private func strengths(of row: ProductRow, set: [IngredientID]) -> [Strength] {
        let amounts = StrengthReader.parts(Array(row.strength.utf8))
        if set.count == 1, amounts.count == 1 {
            return [Strength(ingredient: set[0], amount: strengths.amount(amounts[0]))]
        }
        let parts = StrengthReader.parts(Array(row.name.utf8))
        let isAligned = amounts.count == parts.count
        return amounts.enumerated().map { index, text in
            let owner = isAligned
                ? set.filter { StrengthReader.contains(parts[index], ingredients[Int($0.index)].name.utf8) } : []
            return Strength(ingredient: owner.count == 1 ? owner[0] : nil, amount: strengths.amount(text))
        }
    }

    /// System and code for a message; never a display, never free text.
    func label(of coding: Coding) -> String {
        let isCode = !coding.code.isEmpty && coding.code.utf8.count <= 40 && !coding.code.contains(" ")
        let code = isCode ? " \(coding.code)" : ""
        return switch coding.system {
        case CodeSystem.rxNorm: "RxNorm\(code)"
        case CodeSystem.ndc: "NDC\(code)"
        case CodeSystem.snomedCT: "SNOMED CT\(code)"
        case CodeSystem.unii: "UNII\(code)"
        case CodeSystem.atc: "ATC\(code)"
        case CodeSystem.cvx: "CVX\(code)"
        case CodeSystem.icd10CM: "ICD-10-CM\(code)"
        case nil: "a code without a system"
        default: "local code\(code)"
        }
    }
}
