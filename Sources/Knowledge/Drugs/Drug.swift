public import Clinical

/// What a stated medicine turned out to be.
///
/// An unmapped drug is never a safe one: whoever asks must say that it was not checked.
public enum DrugResolution: Sendable, Hashable {
    case resolved(Drug)
    /// Coded, and none of the codes is known: `RxNorm 999999`, `local code 12`; system and code only, no free text.
    case unmapped(String)
    /// Words only.
    case uncoded
    /// The reference to it could not be followed; why, in plain words.
    case unresolved(String)

    /// The drug, where there is one.
    public var drug: Drug? {
        if case .resolved(let drug) = self { drug } else { nil }
    }
}

/// A medicine by its active ingredients.
public struct Drug: Sendable, Hashable {
    /// Bases, ascending, each once.
    public let ingredients: [IngredientID]
    /// The product of RxNorm it was coded as, where it was coded as one.
    public let product: Product?
    /// Dose form of the product or of its NDC, as its source writes it.
    public let doseForm: String?
    /// Of the product, or as the record lists its ingredients; aligned with an ingredient where that is known.
    public let strengths: [Strength]
    /// False where the drug has a substance that could not be found, so that a check of it cannot be complete.
    public let isComplete: Bool
    /// Codes of the same statement that mean another drug, such as `RxNorm 723`; the most specific was believed.
    public let conflicts: [String]

    public init(
        ingredients: [IngredientID], product: Product? = nil, doseForm: String? = nil, strengths: [Strength]? = nil,
        isComplete: Bool = true, conflicts: [String] = []
    ) {
        self.ingredients = ingredients
        self.product = product
        self.doseForm = doseForm ?? product?.doseForm
        self.strengths = strengths ?? product?.strengths ?? []
        self.isComplete = isComplete
        self.conflicts = conflicts
    }
}

/// A product of RxNorm.
public struct Product: Sendable, Hashable {
    public let rxcui: Int
    public let name: String
    public let doseForm: String?
    /// Empty for packs and for products without a strength.
    public let strengths: [Strength]

    public init(rxcui: Int, name: String, doseForm: String? = nil, strengths: [Strength] = []) {
        self.rxcui = rxcui
        self.name = name
        self.doseForm = doseForm
        self.strengths = strengths
    }
}

/// How much of an ingredient is in one unit of a product.
public struct Strength: Sendable, Hashable {
    /// `nil` where the strength could not be aligned with one ingredient.
    public let ingredient: IngredientID?
    /// `500 MG` is 500 mg in 1; `40 MG/ML` is 40 mg in 1 mL; `nil` where the text is no amount we can read.
    public let amount: Ratio?

    public init(ingredient: IngredientID?, amount: Ratio?) {
        self.ingredient = ingredient
        self.amount = amount
    }
}
