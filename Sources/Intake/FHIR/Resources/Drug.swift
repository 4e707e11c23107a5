import Clinical
import Documents

/// What a medicine is, as far as the record tells: codes, ingredients, or why neither.
struct Drug {
    var code = CodeableConcept()
    var ingredients: [MedicationIngredient] = []
    var form: CodeableConcept?
    var unresolved: String?

    /// True where something codes it.
    var isKnown: Bool { !code.isUncoded || ingredients.contains { !$0.code.isUncoded } }
}

extension ElementReader {
    /// The medicine of a request, statement, dispense or administration.
    ///
    /// Stated inline, contained, as another entry, or not to be found: then `unresolved` says why, and the display of the
    /// reference becomes the text by which a person knows it, never a code.
    ///
    /// - Parameters:
    ///   - concept: `medicationCodeableConcept`.
    ///   - reference: `medicationReference`.
    ///   - choice: `medication` as R5 has it, and as STU3 never had.
    mutating func drug(concept: JSONNode?, reference: JSONNode?, choice: JSONNode?, in resource: JSONNode) -> Drug {
        var concept = concept
        var reference = reference
        if let choice, !choice.isNull {
            note(.medication, "the shape of FHIR R5; read as R4's medication[x]", at: choice)
            concept = concept ?? choice["concept"]
            reference = reference ?? choice["reference"]
        }
        var drug = Drug()
        if let concept { drug.code = self.concept(concept, .medicationCodeableConcept) }
        guard !drug.isKnown, let reference, !reference.isNull else {
            if !drug.isKnown { drug.unresolved = drug.code.text == nil ? "it does not say which drug" : nil }
            return drug
        }
        return referred(reference, words: drug.code.text, in: resource)
    }

    private mutating func referred(_ reference: JSONNode, words: String?, in resource: JSONNode) -> Drug {
        guard reference.kind == .object else {
            noteMismatch(.medicationReference, at: reference, expected: "a Reference")
            return Drug(unresolved: "it does not say which drug")
        }
        var drug = Drug()
        switch target(of: reference, in: resource, kinds: [.medication]) {
        case .missing(let why):
            note(.medicationReference, why, at: reference)
            drug.unresolved = why
        case .found(let node, _, let holder):
            var budget = IngredientBudget()
            drug = described(node, holder: holder, &budget)
        }
        if drug.code.text == nil { drug.code.text = words ?? reference["display"].flatMap { self.words($0, .display) } }
        return drug
    }

    /// What a Medication resource describes.
    ///
    /// - Source: FHIR R4, medication.
    private mutating func described(_ node: JSONNode, holder: JSONNode, _ budget: inout IngredientBudget) -> Drug {
        var drug = Drug()
        var envelope = Envelope()
        for (element, value) in node.knownMembers {
            switch element {
            case .code: drug.code = concept(value, .code)
            case .form, .doseForm: drug.form = concept(value, .form)
            case .ingredient: drug.ingredients += ingredients(value, holder: holder, &budget)
            case .product:
                // STU3's predecessor kept form and ingredients one level deeper.
                if let list = value["ingredient"] { drug.ingredients += ingredients(list, holder: holder, &budget) }
                if let form = value["form"] { drug.form = concept(form, .form) }
            case .status where StatusCode(value) == .enteredInError:
                drug.unresolved = "its Medication was entered in error"
            default: envelope.keep(element, value)
            }
        }
        drug.unresolved = drug.unresolved ?? envelope.refusal.map { "of its Medication: \($0)" }
        if drug.unresolved != nil {
            drug = Drug(code: CodeableConcept(text: drug.code.text), unresolved: drug.unresolved)
        } else if !drug.isKnown, drug.code.text == nil {
            drug.unresolved = "its Medication has neither a code nor coded ingredients"
        }
        return drug
    }

    // MARK: Ingredients

    /// The active ingredients; what is marked as not active is an excipient and no drug.
    private mutating func ingredients(
        _ list: JSONNode, holder: JSONNode, _ budget: inout IngredientBudget
    ) -> [MedicationIngredient] {
        var ingredients: [MedicationIngredient] = []
        for item in list.repetitions {
            guard item.kind == .object else {
                noteMismatch(.ingredient, at: item, expected: "an object")
                continue
            }
            ingredients += ingredient(item, holder: holder, &budget)
        }
        return ingredients
    }

    private mutating func ingredient(
        _ node: JSONNode, holder: JSONNode, _ budget: inout IngredientBudget
    ) -> [MedicationIngredient] {
        var code: CodeableConcept?
        var reference: JSONNode?
        var strength: Ratio?
        var isActive = true
        for (element, value) in node.knownMembers {
            switch element {
            case .itemCodeableConcept: code = concept(value, .itemCodeableConcept)
            case .itemReference: reference = value
            case .item:
                code = value["concept"].map { concept($0, .item) }
                reference = value["reference"]
            case .strength, .strengthRatio: strength = ratio(value["strengthRatio"] ?? value, .strength)
            case .isActive: isActive = boolean(value, .isActive) ?? true
            default: break
            }
        }
        guard isActive else { return [] }
        if let code, !code.isUncoded { return [MedicationIngredient(code: code, strength: strength)] }
        if let reference { return referred(reference, strength, holder: holder, &budget) }
        note(.ingredient, "an ingredient has no code; what it does could not be checked", at: node)
        return code.map { [MedicationIngredient(code: $0, strength: strength)] } ?? []
    }

    /// The ingredients that an `itemReference` leads to: a Substance, or a Medication and what that is made of.
    private mutating func referred(
        _ reference: JSONNode, _ strength: Ratio?, holder: JSONNode, _ budget: inout IngredientBudget
    ) -> [MedicationIngredient] {
        guard budget.enter() else {
            note(.ingredient, "references between ingredients go too deep or in a circle; passed over", at: reference)
            return []
        }
        defer { budget.leave() }
        switch target(of: reference, in: holder, kinds: [.substance, .medication]) {
        case .missing(let why):
            note(.ingredient, why, at: reference)
            let words = reference["display"].flatMap { self.words($0, .display) }
            return [MedicationIngredient(code: CodeableConcept(text: words), strength: strength)]
        case .found(let node, .medication, let holder):
            let drug = described(node, holder: holder, &budget)
            return drug.code.isUncoded ? drug.ingredients : [MedicationIngredient(code: drug.code, strength: strength)]
        case .found(let node, _, _):
            let code = node["code"].map { concept($0, .code) } ?? CodeableConcept()
            return [MedicationIngredient(code: code, strength: strength)]
        }
    }
}

/// Bounds how far ingredients are followed, so that a circle of references ends.
struct IngredientBudget {
    private var depth = 0
    private var references = 64

    mutating func enter() -> Bool {
        guard depth < 4, references > 0 else { return false }
        depth += 1
        references -= 1
        return true
    }

    mutating func leave() { depth -= 1 }
}
