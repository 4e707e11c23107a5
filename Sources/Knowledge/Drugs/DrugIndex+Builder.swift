extension DrugIndex {
    /// Gives ingredients their dense ids and leads every code to a list of them.
    struct Builder {
        private(set) var ingredients: [Ingredient] = []
        private(set) var concepts: [Concept] = []
        private(set) var conceptByCode: IntegerTable
        private(set) var sets: [[IngredientID]] = []
        private var bases: IntegerTable

        init(_ tables: KnowledgeTables, problems: inout ProblemList) {
            let total = tables.ingredients.count + tables.products.count + tables.brands.count
            conceptByCode = IntegerTable(capacity: total)
            bases = IntegerTable(capacity: tables.ingredients.count)
            numberBases(tables.ingredients)
            leadToBases(tables.ingredients, problems: &problems)
            resolveSets(tables, problems: &problems)
            addIngredients(tables.ingredients, problems: &problems)
        }

        /// The dense id of an ingredient's or precise ingredient's base.
        func base(of rxcui: Int) -> IngredientID? {
            guard rxcui > 0, let index = bases.value(for: UInt64(rxcui)) else { return nil }
            return IngredientID(index: Int32(bitPattern: index))
        }

        /// Ingredients without a base are bases, numbered by their RxNorm codes.
        private mutating func numberBases(_ rows: [IngredientRow]) {
            let roots = rows.filter { $0.base == nil && $0.termType != .multipleIngredients && $0.rxcui > 0 }
            for row in roots.sorted(by: { $0.rxcui < $1.rxcui }) {
                if bases.insert(UInt64(row.rxcui), UInt32(ingredients.count)) {
                    ingredients.append(Ingredient(rxcui: row.rxcui, name: row.name))
                }
            }
        }

        /// Precise ingredients and retired codes lead to their bases, at most four steps away.
        private mutating func leadToBases(_ rows: [IngredientRow], problems: inout ProblemList) {
            var parents: [Int: Int] = [:]
            for row in rows where row.termType != .multipleIngredients { parents[row.rxcui] = row.base }
            for (index, row) in rows.enumerated() where row.base != nil && row.termType != .multipleIngredients {
                var code = row.rxcui
                for _ in 0..<4 {
                    guard let parent = parents[code] else { break }
                    code = parent
                }
                if row.rxcui > 0, code > 0, let id = bases.value(for: UInt64(code)) {
                    bases.insert(UInt64(row.rxcui), id)
                } else {
                    problems.add(
                        .ingredients, index, "base_rxcui", "the base of \(row.name) leads to no ingredient",
                        help: "add the base as a row of its own, or leave the column empty")
                }
            }
        }

        private mutating func resolveSets(_ tables: KnowledgeTables, problems: inout ProblemList) {
            let inert = tables.inertIngredients
            var unknown: [Int: Int] = [:]
            sets = tables.ingredientSets.enumerated().map { index, codes in
                let known = codes.compactMap { code -> IngredientID? in
                    guard let id = base(of: code) else {
                        unknown[index] = code
                        return nil
                    }
                    return id
                }
                let acting = codes.count == known.count && !inert.isEmpty
                    ? zip(codes, known).filter { !inert.contains($0.0) }.map(\.1) : known
                return Self.normalized(acting.isEmpty ? known : acting)
            }
            guard !unknown.isEmpty else { return }
            for (row, product) in tables.products.enumerated() {
                if let code = unknown[product.ingredientSet] {
                    problems.add(.products, row, "ingredient_rxcuis", "no ingredient has the RxNorm code \(code)")
                }
            }
            for (row, brand) in tables.brands.enumerated() {
                if let code = unknown[brand.ingredientSet] {
                    problems.add(.brands, row, "ingredient_rxcuis", "no ingredient has the RxNorm code \(code)")
                }
            }
            for (row, drugCode) in tables.drugCodes.enumerated() {
                if let code = unknown[drugCode.ingredientSet] {
                    problems.add(.ndc, row, "ingredient_rxcuis", "no ingredient has the RxNorm code \(code)")
                }
            }
        }

        private mutating func addIngredients(_ rows: [IngredientRow], problems: inout ProblemList) {
            for (index, row) in rows.enumerated() {
                switch row.termType {
                case .multipleIngredients:
                    let parts = row.components.compactMap { base(of: $0) }
                    guard parts.count == row.components.count else {
                        problems.add(.ingredients, index, "component_rxcuis", "a component of \(row.name) is no ingredient")
                        continue
                    }
                    // A combination whose parts are not known stays unmapped: it must not pass for a drug without effects.
                    if !parts.isEmpty { add(row.rxcui, .combination, set: Self.normalized(parts)) }
                case .preciseIngredient:
                    if let id = base(of: row.rxcui) { add(row.rxcui, .preciseIngredient, set: [id]) }
                default:
                    if let id = base(of: row.rxcui) { add(row.rxcui, .ingredient, set: [id]) }
                }
            }
        }

        mutating func addProducts(_ rows: [ProductRow], problems: inout ProblemList) {
            for (index, row) in rows.enumerated() {
                guard sets.indices.contains(row.ingredientSet), !sets[row.ingredientSet].isEmpty else {
                    problems.add(.products, index, "ingredient_rxcuis", "the product has no ingredient")
                    continue
                }
                let nearness: Nearness =
                    switch row.termType {
                    case .clinicalDrug, .brandedDrug, .clinicalPack, .brandedPack: .product
                    case .clinicalDrugComponent, .brandedDrugComponent: .component
                    default: .form
                    }
                let concept = Concept(
                    nearness: nearness, set: Int32(row.ingredientSet), product: Int32(index), isAmbiguous: false)
                if !add(row.rxcui, concept) {
                    problems.add(.products, index, "rxcui", "the RxNorm code \(row.rxcui) is here twice")
                }
            }
        }

        /// A brand sold with several compositions means all that any of them holds: rather too much than too little.
        mutating func addBrands(_ rows: [BrandRow], problems: inout ProblemList) {
            var compositions: [Int: [[IngredientID]]] = [:]
            for (index, row) in rows.enumerated() {
                guard sets.indices.contains(row.ingredientSet) else {
                    problems.add(.brands, index, "ingredient_rxcuis", "the brand has no ingredient")
                    continue
                }
                if let code = row.rxcui { compositions[code, default: []].append(sets[row.ingredientSet]) }
            }
            for (code, sets) in compositions.sorted(by: { $0.key < $1.key }) {
                let isAmbiguous = Set(sets).count > 1
                let index = self.sets.count
                self.sets.append(Self.normalized(sets.flatMap { $0 }))
                add(code, Concept(nearness: .brand, set: Int32(index), product: -1, isAmbiguous: isAmbiguous))
            }
        }

        private mutating func add(_ rxcui: Int, _ nearness: Nearness, set: [IngredientID]) {
            let index = sets.count
            sets.append(set)
            add(rxcui, Concept(nearness: nearness, set: Int32(index), product: -1, isAmbiguous: false))
        }

        @discardableResult
        private mutating func add(_ rxcui: Int, _ concept: Concept) -> Bool {
            guard rxcui > 0 else { return false }
            let isNew = conceptByCode.insert(UInt64(rxcui), UInt32(concepts.count))
            if isNew { concepts.append(concept) }
            return isNew
        }

        private static func normalized(_ ids: [IngredientID]) -> [IngredientID] {
            ids.count < 2 ? ids : Array(Set(ids)).sorted()
        }
    }
}

extension KnowledgeTables {
    /// Ingredients without effect, named in `names.csv` as `inert`: left out of packs that hold them.
    var inertIngredients: Set<Int> {
        Set(names.lazy.filter { $0.kind == "inert" }.flatMap(\.targets).compactMap { target in
            target.hasPrefix("RXNORM:") ? Int(target.dropFirst(7)) : nil
        })
    }
}
