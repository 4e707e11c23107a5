/// What a recorded allergen means.
public struct AllergenResolution: Sendable, Hashable {
    public var ingredients: [IngredientID]
    public var classes: [DrugClass]
    /// True for foods, pollen, latex and the like: known, and no drug.
    public var nonDrug: Bool
    /// True for "no known allergies": says that none is known, and never matches a drug.
    public var noneKnown: Bool
    /// A drug allergen that leads to no ingredient: system and code, such as `SNOMED CT 416098002`.
    public var unmapped: String?
    /// True where the record has words only.
    public var isUncoded: Bool
    /// True where the meaning was read from words, for want of a code that is known.
    public var isFromText: Bool

    public init(
        ingredients: [IngredientID] = [], classes: [DrugClass] = [], nonDrug: Bool = false, noneKnown: Bool = false,
        unmapped: String? = nil, isUncoded: Bool = false, isFromText: Bool = false
    ) {
        self.ingredients = ingredients
        self.classes = classes
        self.nonDrug = nonDrug
        self.noneKnown = noneKnown
        self.unmapped = unmapped
        self.isUncoded = isUncoded
        self.isFromText = isFromText
    }

    /// True where drugs can be compared with it.
    public var isDrug: Bool { !ingredients.isEmpty || !classes.isEmpty }

    /// True where a check of it cannot be made, and must be said not to have been made.
    public var isUnknown: Bool { !isDrug && !nonDrug && !noneKnown }
}
