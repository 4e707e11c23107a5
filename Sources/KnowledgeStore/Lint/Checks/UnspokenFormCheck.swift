import Knowledge

/// K113: products contain a form of a drug that no rule speaks of, while the rules speak of the drug under another code.
///
/// RxNorm has `dabigatran` and `dabigatran etexilate` as two ingredients, `lithium` and `lithium carbonate`; the capsules contain the
/// second, and what is known stands at the first. Nothing would be said of the capsules, and nothing would say so.
enum UnspokenFormCheck: LintCheck {
    static func findings(in context: LintContext) -> [LintFinding] {
        let spoken = spoken(in: context)
        let inProducts = Set(
            context.tables.products.flatMap { context.tables.ingredientSets[$0.ingredientSet] }.map { context.baseOf[$0] ?? $0 })
        let names = Set(spoken.map { context.name($0).lowercased() })
        return context.tables.ingredients.enumerated().compactMap { index, row in
            guard row.base == nil, row.termType == .ingredient, inProducts.contains(row.rxcui), !spoken.contains(row.rxcui),
                let drug = drug(row.name.lowercased(), names)
            else { return nil }
            return LintFinding(
                code: "K113", key: "\(row.rxcui)", file: context.file(.ingredients), line: context.line(.ingredients, index),
                message: "products contain \(row.name), of which no rule speaks, while rules speak of \(drug)",
                mend: "put the code of \(drug) into base_rxcui where they are one drug, else give \(row.name) the classes it belongs to")
        }
    }

    /// Bases that a rule on interactions names, or that are in a class of our own.
    private static func spoken(in context: LintContext) -> Set<Int> {
        var spoken: Set<Int> = []
        for row in context.tables.interactionRules {
            for case .ingredient(let code) in [row.a, row.b] { spoken.insert(context.baseOf[code] ?? code) }
        }
        for (id, members) in context.members where id.hasPrefix("CDS:") { spoken.formUnion(members) }
        return spoken
    }

    /// The drug whose name this one's begins with, the longest of them.
    private static func drug(_ name: String, _ names: Set<String>) -> String? {
        var words = name.split(separator: " ")
        while words.count > 1 {
            words.removeLast()
            let candidate = words.joined(separator: " ")
            if names.contains(candidate) { return candidate }
        }
        return nil
    }
}
