import Clinical
import Knowledge

/// From what a table says of a drug to the one ingredient it means, each text worked out once.
struct IngredientMatcher {
    /// Why a text leads to no single ingredient.
    enum Outcome {
        case found(UInt32)
        case lost(String)
    }

    private let base: KnowledgeBase
    private let match: PairMapping.Match
    private let names: [String: String]
    private let crosswalk: [String: String]?
    private var known: [String: Outcome] = [:]

    init(_ mapping: PairMapping, crosswalk: [String: String]?, base: KnowledgeBase) {
        self.base = base
        self.crosswalk = crosswalk
        match = crosswalk == nil ? mapping.match : .rxcui
        names = mapping.names
    }

    mutating func find(_ text: String) -> Outcome {
        if let outcome = known[text] { return outcome }
        let outcome = work(out: text)
        known[text] = outcome
        return outcome
    }

    private func work(out text: String) -> Outcome {
        if text.isEmpty { return .lost("the cell is empty") }
        switch match {
        case .name: return byName(text)
        case .rxcui:
            guard let crosswalk else { return byCode(.rxNorm, text, "RxNorm code") }
            guard let code = crosswalk[text] else { return .lost("the crosswalk has no such code") }
            return byCode(.rxNorm, code, "RxNorm code")
        case .ndc: return byCode(.ndc, text, "NDC")
        case .unii: return byCode(.unii, text, "UNII")
        case .atc: return byCode(.atc, text, "ATC code")
        }
    }

    private func byName(_ text: String) -> Outcome {
        let plain = Self.trimmed(text).lowercased()
        if let ours = names[plain] {
            return base.ingredient(named: ours).map(found) ?? .lost("`names:` leads to \(ours), which no ingredient is called")
        }
        if let id = base.ingredient(named: plain) { return found(id) }
        // `acetaminophen (oral)`: the words in brackets tell a route or a form.
        if let bracket = plain.firstIndex(of: "("), bracket > plain.startIndex,
            let id = base.ingredient(named: Self.trimmed(String(plain[..<bracket])))
        {
            return found(id)
        }
        return .lost(LossList.unknownName)
    }

    private func byCode(_ system: CodeSystem, _ code: String, _ kind: String) -> Outcome {
        guard let drug = base.resolve(CodeableConcept(codings: [Coding(system: system, code: Self.trimmed(code))])).drug else {
            return .lost("no drug has this \(kind)")
        }
        guard drug.ingredients.count == 1, drug.isComplete else {
            return .lost("the \(kind) means several ingredients, and a row of it is about one")
        }
        return found(drug.ingredients[0])
    }

    private func found(_ id: IngredientID) -> Outcome {
        UInt32(exactly: base.ingredient(id).rxcui).map { .found($0) } ?? .lost("the RxNorm code is beyond any that RxNorm gives")
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
