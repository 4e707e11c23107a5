import Clinical

/// Codes of drugs to ingredients.
struct DrugIndex: Sendable {
    /// How near a code comes to the very product that was meant; less is nearer.
    enum Nearness: UInt8, Comparable {
        case product, drugCode, component, form, combination, preciseIngredient, ingredient, otherSystem, brand

        static func < (left: Nearness, right: Nearness) -> Bool { left.rawValue < right.rawValue }
    }

    /// What one RxNorm code leads to.
    struct Concept: Sendable {
        let nearness: Nearness
        let set: Int32
        /// Row of `products`, or -1.
        let product: Int32
        let isAmbiguous: Bool
    }

    let ingredients: [Ingredient]
    let concepts: [Concept]
    let conceptByCode: IntegerTable
    /// Resolved to bases, ascending, each once.
    let sets: [[IngredientID]]
    let products: [ProductRow]
    let doseForms: [String]
    let drugCodes: [NationalDrugCodeRow]
    let rowByDrugCode: IntegerTable
    let byName: [String: IngredientID]
    let byUNII: [String: IngredientID]
    let byATC: [String: IngredientID]
    let strengths = StrengthReader()

    init(_ tables: KnowledgeTables, problems: inout ProblemList) {
        var builder = Builder(tables, problems: &problems)
        builder.addProducts(tables.products, problems: &problems)
        builder.addBrands(tables.brands, problems: &problems)
        ingredients = builder.ingredients
        sets = builder.sets
        concepts = builder.concepts
        conceptByCode = builder.conceptByCode
        products = tables.products
        doseForms = tables.doseForms
        byName = Self.names(tables, builder)
        byUNII = Self.uniis(tables, builder)
        byATC = Self.atc(tables.atc, builder, problems: &problems)
        drugCodes = tables.drugCodes
        var rows = IntegerTable(capacity: tables.drugCodes.count)
        for (row, entry) in tables.drugCodes.enumerated() {
            guard sets.indices.contains(entry.ingredientSet), entry.code >= 0 else {
                problems.add(.ndc, row, "ndc9", "this NDC leads to no list of ingredients")
                continue
            }
            if !rows.insert(UInt64(entry.code) + 1, UInt32(row)) {
                problems.add(.ndc, row, "ndc9", "the NDC \(entry.code) is here twice")
            }
        }
        rowByDrugCode = rows
    }

    /// The ingredient of an RxNorm code that means exactly one.
    func ingredient(rxcui: Int) -> IngredientID? {
        guard let concept = concept(rxcui), concept.product < 0, concept.nearness != .brand else { return nil }
        let set = sets[Int(concept.set)]
        return set.count == 1 ? set[0] : nil
    }

    /// The one ingredient that a row speaks of; `nil` for a class or anything else.
    func ingredient(of subject: SubstanceReference) -> IngredientID? {
        if case .ingredient(let rxcui) = subject { ingredient(rxcui: rxcui) } else { nil }
    }

    func concept(_ rxcui: Int) -> Concept? {
        guard rxcui > 0, let index = conceptByCode.value(for: UInt64(rxcui)) else { return nil }
        return concepts[Int(index)]
    }

    /// Lower-case names of ingredients; a salt leads to its base, and never hides an ingredient of the same name.
    private static func names(_ tables: KnowledgeTables, _ builder: Builder) -> [String: IngredientID] {
        var names: [String: IngredientID] = Dictionary(minimumCapacity: tables.ingredients.count)
        for type in [TermType.ingredient, .preciseIngredient] {
            for row in tables.ingredients where row.termType == type {
                guard let id = builder.base(of: row.rxcui) else { continue }
                let name = row.name.lowercased()
                if names[name] == nil || (row.base == nil && type == .ingredient) { names[name] = id }
            }
        }
        return names
    }

    private static func uniis(_ tables: KnowledgeTables, _ builder: Builder) -> [String: IngredientID] {
        var codes: [String: IngredientID] = Dictionary(minimumCapacity: tables.ingredients.count)
        for row in tables.ingredients where !row.unii.isEmpty && row.termType != .multipleIngredients {
            if codes[row.unii] == nil, let id = builder.base(of: row.rxcui) { codes[row.unii] = id }
        }
        return codes
    }

    private static func atc(_ rows: [ATCRow], _ builder: Builder, problems: inout ProblemList) -> [String: IngredientID] {
        var codes: [String: IngredientID] = [:]
        for (index, row) in rows.enumerated() {
            guard let id = builder.base(of: row.rxcui) else {
                problems.add(.atc, index, "ingredient_rxcui", "no ingredient has the RxNorm code \(row.rxcui)")
                continue
            }
            if codes[row.code] == nil { codes[row.code] = id }
        }
        return codes
    }
}
