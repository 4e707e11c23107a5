/// A term type of RxNorm, as far as drugs are resolved by it.
///
/// - Source: RxNorm technical documentation, appendix 5 (term types).
public enum TermType: String, Sendable, Hashable, CaseIterable {
    case ingredient = "IN"
    case preciseIngredient = "PIN"
    case multipleIngredients = "MIN"
    case clinicalDrug = "SCD"
    case brandedDrug = "SBD"
    case clinicalPack = "GPCK"
    case brandedPack = "BPCK"
    case clinicalDrugComponent = "SCDC"
    case brandedDrugComponent = "SBDC"
    case clinicalDrugForm = "SCDF"
    case brandedDrugForm = "SBDF"
    case clinicalDoseFormGroup = "SCDG"
    case brandedDoseFormGroup = "SBDG"
    case brandName = "BN"

    /// True for packs, which hold several drugs.
    public var isPack: Bool { self == .clinicalPack || self == .brandedPack }
}

/// An ingredient, a precise ingredient (a salt) or a combination.
public struct IngredientRow: Sendable, Hashable {
    public var rxcui: Int
    public var name: String
    public var termType: TermType
    /// For a precise ingredient its base, for a retired double its current code.
    public var base: Int?
    /// For a combination what it is made of.
    public var components: [Int]
    public var unii: String

    public init(
        rxcui: Int, name: String, termType: TermType = .ingredient, base: Int? = nil, components: [Int] = [], unii: String = ""
    ) {
        self.rxcui = rxcui
        self.name = name
        self.termType = termType
        self.base = base
        self.components = components
        self.unii = unii
    }
}

/// A product of RxNorm.
public struct ProductRow: Sendable, Hashable {
    public var rxcui: Int
    public var termType: TermType
    public var name: String
    /// Index into `KnowledgeTables.ingredientSets`.
    public var ingredientSet: Int
    /// As RxNorm writes it: `500 MG`, `325 MG / 5 MG`.
    public var strength: String
    /// Index into `KnowledgeTables.doseForms`; `nil` where none is stated.
    public var doseForm: Int?
    public var brand: String

    public init(
        rxcui: Int, termType: TermType, name: String, ingredientSet: Int, strength: String, doseForm: Int?, brand: String
    ) {
        self.rxcui = rxcui
        self.termType = termType
        self.name = name
        self.ingredientSet = ingredientSet
        self.strength = strength
        self.doseForm = doseForm
        self.brand = brand
    }
}

/// A brand name. One brand may stand on several rows, one for each composition sold under it.
public struct BrandRow: Sendable, Hashable {
    public var name: String
    public var rxcui: Int?
    public var ingredientSet: Int

    public init(name: String, rxcui: Int?, ingredientSet: Int) {
        self.name = name
        self.rxcui = rxcui
        self.ingredientSet = ingredientSet
    }
}

/// A labeler and product of the NDC directory: the first nine digits of the eleven.
public struct NationalDrugCodeRow: Sendable, Hashable {
    public var code: Int
    public var ingredientSet: Int
    public var doseForm: Int?
    /// False where a substance of the product could not be found in RxNorm.
    public var isComplete: Bool

    public init(code: Int, ingredientSet: Int, doseForm: Int?, isComplete: Bool) {
        self.code = code
        self.ingredientSet = ingredientSet
        self.doseForm = doseForm
        self.isComplete = isComplete
    }
}

/// The ATC code of an ingredient.
public struct ATCRow: Sendable, Hashable {
    public var rxcui: Int
    public var code: String

    public init(rxcui: Int, code: String) {
        self.rxcui = rxcui
        self.code = code
    }
}
