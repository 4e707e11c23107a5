import Clinical

/// Codes and words for allergens; one may mean several things: local anaesthetics are amides and esters.
struct AllergenIndex: Sendable {
    private var codes: [CodeMatch: [SubstanceReference]] = [:]
    private var terms: [String: [SubstanceReference]] = [:]

    init(_ tables: KnowledgeTables, drugs: DrugIndex, classes: ClassIndex, problems: inout ProblemList) {
        for (index, row) in tables.allergenCodes.enumerated() {
            check(row.target, .allergenCodes, index, drugs, classes, &problems)
            codes[CodeMatch(system: CodeSystem(row.system), code: row.code), default: []].append(row.target)
        }
        for (index, row) in tables.allergenTerms.enumerated() {
            check(row.target, .allergenTerms, index, drugs, classes, &problems)
            terms[row.term, default: []].append(row.target)
        }
    }

    /// Codes first; words only where no code is known. Drug codes count as their ingredients.
    func resolve(_ concept: CodeableConcept, drugs: DrugIndex, classes: ClassIndex) -> AllergenResolution {
        var result = AllergenResolution(isUncoded: concept.codings.isEmpty)
        var isKnown = false
        for coding in concept.codings {
            guard let system = coding.system else { continue }
            for target in codes[CodeMatch(system: system, code: coding.code)] ?? [] {
                isKnown = apply(target, drugs, classes, to: &result) || isKnown
            }
        }
        if !isKnown, case .resolved(let drug) = drugs.resolve(CodeableConcept(codings: concept.codings)) {
            result.ingredients = drug.ingredients
            isKnown = true
        }
        if !isKnown {
            for text in ([concept.text] + concept.codings.map(\.display)).compactMap({ $0 }) {
                for target in targets(ofWords: text, drugs: drugs) {
                    isKnown = apply(target, drugs, classes, to: &result) || isKnown
                }
                if isKnown {
                    result.isFromText = true
                    break
                }
            }
        }
        if !isKnown, let first = concept.codings.first { result.unmapped = drugs.label(of: first) }
        return result
    }

    /// True where the target says what the allergen is.
    private func apply(
        _ target: SubstanceReference, _ drugs: DrugIndex, _ classes: ClassIndex, to result: inout AllergenResolution
    ) -> Bool {
        switch target {
        case .ingredient(let rxcui):
            guard let id = drugs.ingredient(rxcui: rxcui) else { return false }
            if !result.ingredients.contains(id) { result.ingredients = (result.ingredients + [id]).sorted() }
        case .drugClass(let identifier):
            guard let row = classes.row(of: identifier) else { return false }
            if !result.classes.contains(classes.classes[row]) { result.classes.append(classes.classes[row]) }
        case .other("none", _):
            result.noneKnown = true
        case .other("drug", _):
            return false  // a drug, and nothing says which
        case .other:
            result.nonDrug = true
        }
        return true
    }

    private func targets(ofWords text: String, drugs: DrugIndex) -> [SubstanceReference] {
        let words = Self.plain(text)
        if let targets = terms[words] { return targets }
        return drugs.byName[words].map { [.ingredient(drugs.ingredients[Int($0.index)].rxcui)] } ?? []
    }

    /// `Allergy to penicillin (finding)` is `penicillin`.
    static func plain(_ text: String) -> String {
        var words = text.lowercased()[...]
        func trim() {
            while words.first == " " { words.removeFirst() }
            while let last = words.last, last == " " || last == "." { words.removeLast() }
        }
        trim()
        if words.last == ")", let open = words.lastIndex(of: "(") { words = words[..<open] }
        trim()
        for prefix in prefixes where words.hasPrefix(prefix) {
            words = words.dropFirst(prefix.count)
            break
        }
        for suffix in suffixes where words.hasSuffix(suffix) {
            words = words.dropLast(suffix.count)
            break
        }
        trim()
        return String(words)
    }

    private static let prefixes = [
        "allergy to ", "allergic to ", "allergic reaction to ", "intolerance to ", "hypersensitivity to ",
        "adverse reaction to ", "product containing ", "history of allergy to ",
    ]
    private static let suffixes = [" allergy", " intolerance", " hypersensitivity"]

    private func check(
        _ target: SubstanceReference, _ table: KnowledgeTable, _ row: Int, _ drugs: DrugIndex, _ classes: ClassIndex,
        _ problems: inout ProblemList
    ) {
        switch target {
        case .ingredient(let rxcui) where drugs.ingredient(rxcui: rxcui) == nil:
            problems.add(table, row, "target_id", "no ingredient has the RxNorm code \(rxcui)")
        case .drugClass(let identifier) where classes.row(of: identifier) == nil:
            problems.add(table, row, "target_id", "no class is called \(identifier)")
        default:
            break
        }
    }
}
