import Clinical
import Knowledge

/// Finds what an author names in the knowledge base, with the code that stands for it in a record.
struct NameFinder: Sendable {
    let knowledge: KnowledgeBase

    /// One ingredient by its name, or several joined by `/` or `+`.
    func ingredients(_ name: String) -> [StatedMedicine.Ingredient]? {
        if let id = knowledge.ingredient(named: name) { return [stated(id)] }
        let parts = name.split { $0 == "/" || $0 == "+" }.map { $0.trimmingBlanks() }
        guard parts.count > 1 else { return nil }
        let found = parts.compactMap { knowledge.ingredient(named: $0) }
        return found.count == parts.count ? found.map(stated) : nil
    }

    private func stated(_ id: IngredientID) -> StatedMedicine.Ingredient {
        let ingredient = knowledge.ingredient(id)
        return StatedMedicine.Ingredient(rxcui: ingredient.rxcui, name: ingredient.name)
    }

    /// A product, or an ingredient, by its RxNorm code.
    func product(rxcui text: String, at bytes: Range<Int>) throws(ShorthandError) -> StatedMedicine.Substance {
        guard let rxcui = Int(text), rxcui > 0 else {
            throw .notUnderstood("`rxcui:` needs a number after it, without a blank", at: bytes, help: ["write `rxcui:197361`"])
        }
        let concept = CodeableConcept(codings: [Coding(system: .rxNorm, code: String(rxcui))])
        guard case .resolved(let drug) = knowledge.resolve(concept) else {
            throw notKnown("rxcui:\(rxcui)", as: "product", at: bytes, among: nil)
        }
        let names = drug.ingredients.map { knowledge.ingredient($0).name }
        return .product(rxcui: rxcui, name: drug.product?.name ?? names.joined(separator: " / "))
    }

    /// A problem, procedure, vaccine, reaction or setting, coded by the code that suits a record of its kind best.
    func codeSet(
        _ kind: CodeSetKind, _ name: String, at bytes: Range<Int>?, code: String = "V403"
    ) throws(ShorthandError) -> StatedName {
        guard let set = knowledge.codeSet(kind, named: name) else {
            throw notKnown(name, as: Self.word(for: kind), at: bytes, among: Self.names(of: kind), code: code)
        }
        guard let match = Self.representative(of: set.codes, preferring: Self.systems(for: kind)) else {
            throw .notUnderstood("`\(name)` has no code that a record could hold", at: bytes)
        }
        return StatedName(name: set.name, coding: Coding(system: match.system, code: match.code, display: set.title))
    }

    /// A test, an image or a panel that can be ordered.
    func orderable(_ name: String, at bytes: Range<Int>?) throws(ShorthandError) -> StatedName {
        guard let orderable = knowledge.orderable(named: name), let coding = orderable.concept.codings.first else {
            throw notKnown(name, as: "test", at: bytes, among: .orderable)
        }
        return StatedName(name: orderable.name, coding: coding)
    }

    /// A lab or vital sign, by its first LOINC code.
    func lab(_ name: String, at bytes: Range<Int>?) throws(ShorthandError) -> (name: StatedName, definition: LabDefinition) {
        guard let lab = knowledge.lab(named: name) else { throw notKnown(name, as: "lab", at: bytes, among: .lab) }
        guard let match = Self.representative(of: lab.codes, preferring: [.loinc]) else {
            throw .notUnderstood("`\(name)` has no code that a record could hold", at: bytes)
        }
        return (StatedName(name: lab.name, coding: Coding(system: match.system, code: match.code, display: lab.title)), lab)
    }

    func notKnown(
        _ name: String, as what: String, at bytes: Range<Int>?, among kind: NameKind?, code: String = "V403"
    ) -> ShorthandError {
        var error = ShorthandError.notKnown(
            name, as: what, at: bytes, in: kind.map { knowledge.names(of: $0) } ?? [], version: knowledge.version.name,
            code: code)
        if kind == .drug, let brand = knowledge.brandSentence(name) { error.help = [brand] }
        return error
    }

    /// The first code of the most preferred system; an exact code before a category; else the first of all.
    private static func representative(of codes: [CodeMatch], preferring systems: [CodeSystem]) -> CodeMatch? {
        for system in systems {
            if let exact = codes.first(where: { $0.system == system && !$0.isPrefix }) { return exact }
            if let category = codes.first(where: { $0.system == system }) { return category }
        }
        return codes.first
    }

    private static func systems(for kind: CodeSetKind) -> [CodeSystem] {
        switch kind {
        case .problem, .reaction: [.snomedCT, .icd10CM]
        case .procedure: [.snomedCT, .cpt, .hcpcs, .loinc]
        case .vaccine: [.cvx]
        case .setting: []
        }
    }

    private static func word(for kind: CodeSetKind) -> String {
        switch kind {
        case .problem: "problem"
        case .procedure: "procedure"
        case .vaccine: "vaccine"
        case .reaction: "reaction"
        case .setting: "setting"
        }
    }

    private static func names(of kind: CodeSetKind) -> NameKind {
        switch kind {
        case .problem: .problem
        case .procedure: .procedure
        case .vaccine: .vaccine
        case .reaction: .reaction
        case .setting: .setting
        }
    }
}

extension Substring {
    /// Without the blanks at either end.
    func trimmingBlanks() -> String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
