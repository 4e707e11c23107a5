import Clinical
import Knowledge

/// Reads `SUBSTANCE [-> REACTION, REACTION] [DATE] [severe] [intolerance] [resolved | refuted]`, `none known` and `uncoded WORDS`.
struct AllergyShorthand {
    let names: NameFinder

    func read(_ text: PlacedText) throws(ShorthandError) -> StatedAllergy {
        var words = text.words[...]
        let standing = Self.takeStanding(&words)
        let isIntolerance = Self.take("intolerance", from: &words)
        let isSevere = Self.take("severe", from: &words)
        let date = Self.takeDate(&words)
        let arrow = words.firstIndex { $0.text == "->" || $0.text == "→" }
        let substance = try substance(words[..<(arrow ?? words.endIndex)])
        let reactions = try arrow.map { index throws(ShorthandError) in
            try self.reactions(words[words.index(after: index)...], after: words[index])
        }
        return StatedAllergy(
            substance: substance, reactions: reactions ?? [], standing: standing, recorded: date, isSevere: isSevere, isIntolerance: isIntolerance)
    }

    private static func take(_ word: String, from words: inout ArraySlice<PlacedText.Word>) -> Bool {
        guard words.count > 1, words.last?.text.lowercased() == word else { return false }
        words.removeLast()
        return true
    }

    private static func takeStanding(_ words: inout ArraySlice<PlacedText.Word>) -> StatedAllergy.Standing {
        guard words.count > 1, let standing = words.last.flatMap({ StatedAllergy.Standing(rawValue: $0.text.lowercased()) })
        else { return .active }
        words.removeLast()
        return standing
    }

    private static func takeDate(_ words: inout ArraySlice<PlacedText.Word>) -> PartialDate? {
        guard words.count > 1, let word = words.last, word.text.utf8.count >= 4, let date = PartialDate(word.text) else {
            return nil
        }
        words.removeLast()
        return date
    }

    /// An ingredient by its code; else words by which a record may name a group of drugs or a food; else none.
    private func substance(_ words: ArraySlice<PlacedText.Word>) throws(ShorthandError) -> CodeableConcept {
        let (name, bytes) = WordReader.join(words)
        guard let first = words.first else { throw .notUnderstood("no substance is named here", at: nil) }
        if let none = Self.noneKnown[name.lowercased()] { return CodeableConcept(codings: [none], text: none.display) }
        if first.text.lowercased() == "uncoded" {
            return CodeableConcept(text: WordReader.join(words.dropFirst()).text)
        }
        if let ingredient = names.ingredients(name)?.first {
            let coding = Coding(system: .rxNorm, code: String(ingredient.rxcui), display: ingredient.name)
            return CodeableConcept(codings: [coding], text: ingredient.name)
        }
        if let digits = first.text.dropping(prefix: "rxcui:"), words.count == 1 {
            guard case .product(let rxcui, let name) = try names.product(rxcui: digits, at: first.bytes) else {
                throw .notUnderstood("`\(first.text)` is not understood", at: first.bytes)
            }
            return CodeableConcept(codings: [Coding(system: .rxNorm, code: String(rxcui), display: name)], text: name)
        }
        return try group(name, at: bytes)
    }

    /// A group such as `penicillin` or `sulfonamide antibiotics`, as a record has it in words.
    private func group(_ name: String, at bytes: Range<Int>?) throws(ShorthandError) -> CodeableConcept {
        let spellings = [name, name.split(separator: "-").joined(separator: " ")]
        for spelling in spellings {
            let concept = CodeableConcept(text: spelling)
            let found = names.knowledge.resolveAllergen(concept)
            if !found.ingredients.isEmpty || !found.classes.isEmpty || found.nonDrug || found.noneKnown { return concept }
        }
        throw names.notKnown(name, as: "substance", at: bytes, among: .drug)
    }

    /// - Source: SNOMED CT, 716186003 and its children; FHIR R4, value set allergyintolerance-code.
    private static let noneKnown: [String: Coding] = [
        "none known": Coding(system: .snomedCT, code: "716186003", display: "No known allergy"),
        "no known allergies": Coding(system: .snomedCT, code: "716186003", display: "No known allergy"),
        "no known drug allergies": Coding(system: .snomedCT, code: "409137002", display: "No known drug allergy"),
    ]

    private func reactions(
        _ words: ArraySlice<PlacedText.Word>, after arrow: PlacedText.Word
    ) throws(ShorthandError) -> [StatedName] {
        if words.isEmpty { throw .notUnderstood("`->` needs the name of a reaction after it", at: arrow.bytes) }
        var reactions: [StatedName] = []
        for word in words {
            for name in word.text.split(separator: ",") {
                let low = word.bytes.lowerBound + word.text.utf8.distance(from: word.text.startIndex, to: name.startIndex)
                let bytes = low..<low + name.utf8.count
                reactions.append(try self.names.codeSet(.reaction, String(name), at: bytes, code: "V405"))
            }
        }
        return reactions
    }
}
