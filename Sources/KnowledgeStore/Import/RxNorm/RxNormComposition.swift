import Knowledge

/// What each concept of a release is made of, worked out once along its relationships.
struct RxNormComposition {
    private let release: RxNormRelease
    private var known: [Int: [Int]] = [:]
    /// Brand names of a brand's products.
    private var compositionsOfBrand: [Int: Set<[Int]>] = [:]

    init(_ release: RxNormRelease) {
        self.release = release
    }

    /// Base ingredients of a concept, ascending, each once; empty where none can be found.
    mutating func ingredients(of rxcui: Int) -> [Int] { ingredients(of: rxcui, depth: 0) }

    private mutating func ingredients(of rxcui: Int, depth: Int) -> [Int] {
        if let found = known[rxcui] { return found }
        guard depth < 8, let concept = release.concepts[rxcui] else { return [] }
        var found: Set<Int> = []
        switch concept.termType {
        case .ingredient: found = [rxcui]
        case .preciseIngredient:
            for base in release.related(rxcui, .formOf) { found.formUnion(ingredients(of: base, depth: depth + 1)) }
        case .multipleIngredients:
            for part in release.related(rxcui, .hasPart) { found.formUnion(ingredients(of: part, depth: depth + 1)) }
        default:
            for relationship in Self.order where found.isEmpty {
                for part in release.related(rxcui, relationship) where release.concepts[part]?.termType != .brandName {
                    found.formUnion(ingredients(of: part, depth: depth + 1))
                }
            }
        }
        let sorted = found.sorted()
        known[rxcui] = sorted
        return sorted
    }

    /// The nearest way first: a product's components name their ingredients; a branded one is what its generic is.
    private static let order: [RxNormRelease.Relationship] = [
        .consistsOf, .contains, .hasIngredient, .hasIngredients, .tradenameOf, .hasPart,
    ]

    /// The brand name of a branded concept.
    func brand(of rxcui: Int) -> Int? {
        release.related(rxcui, .hasIngredient).filter { release.concepts[$0]?.termType == .brandName }.min()
    }

    func doseForm(of rxcui: Int) -> String {
        let forms = release.related(rxcui, .hasDoseForm) + release.related(rxcui, .hasDoseFormGroup)
        return forms.compactMap { release.doseForms[$0] }.min() ?? ""
    }

    /// Strengths of its components as its name orders them: `325 MG / 5 MG`.
    func strength(of rxcui: Int) -> String {
        if let own = release.strengths[rxcui] { return own }
        guard let concept = release.concepts[rxcui], !concept.termType.isPack else { return "" }
        var components = release.related(rxcui, .consistsOf)
        if components.isEmpty {
            components = release.related(rxcui, .tradenameOf).flatMap { release.related($0, .consistsOf) }
        }
        // A branded component stands for its whole product, the plain ones for one ingredient each.
        let plain = components.filter { release.concepts[$0]?.termType == .clinicalDrugComponent }
        return (plain.isEmpty ? components : plain)
            .compactMap { code in release.concepts[code].map { (name: $0.name, strength: release.strengths[code] ?? "") } }
            .sorted { $0.name < $1.name }
            .map(\.strength).filter { !$0.isEmpty }.joined(separator: " / ")
    }

    /// Every composition sold under a brand.
    mutating func compositions() -> [(brand: Int, ingredients: [Int])] {
        for (rxcui, concept) in release.concepts where concept.termType == .brandedDrug {
            guard let brand = brand(of: rxcui) else { continue }
            let set = ingredients(of: rxcui)
            if !set.isEmpty { compositionsOfBrand[brand, default: []].insert(set) }
        }
        for (rxcui, concept) in release.concepts where concept.termType == .brandName && compositionsOfBrand[rxcui] == nil {
            let set = Set(release.related(rxcui, .tradenameOf).flatMap { ingredients(of: $0) }).sorted()
            if !set.isEmpty { compositionsOfBrand[rxcui] = [set] }
        }
        return compositionsOfBrand.flatMap { brand, sets in sets.map { (brand: brand, ingredients: $0) } }
            .sorted { $0.brand != $1.brand ? $0.brand < $1.brand : $0.ingredients.lexicographicallyPrecedes($1.ingredients) }
    }
}
