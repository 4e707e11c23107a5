import Clinical
import Knowledge

/// Reads `DISEASE [RELATIVE] [at AGE y]`.
struct FamilyShorthand {
    let names: NameFinder

    func read(_ text: PlacedText) throws(ShorthandError) -> StatedRelative {
        var reader = WordReader(text)
        guard let word = reader.next else { throw .notUnderstood("no disease is named here", at: nil) }
        reader.skip()
        let disease = try names.codeSet(.problem, word.text, at: word.bytes)
        var relationship: Coding?
        if let word = reader.next, let code = Self.relatives[word.text.lowercased()] {
            relationship = Coding(system: Self.roleCode, code: code, display: word.text.lowercased())
            reader.skip()
        }
        var age: Int?
        if reader.take("at") {
            let (words, bytes) = WordReader.join(reader.rest)
            guard let span = TimeSpan(words), span.unit == .years else {
                throw .notUnderstood("`\(words)` is not an age in years", at: bytes, help: ["write `at 40 y`"])
            }
            age = span.amount
            reader.skip(reader.rest.count)
        }
        if let word = reader.next {
            throw .notUnderstood(
                "`\(word.text)` is not understood here", at: word.bytes,
                help: ["after the disease come the relative and the age: `asthma father at 40 y`; relatives are \(Self.relatives.keys.sorted().joined(separator: ", "))"])
        }
        return StatedRelative(disease: disease, relationship: relationship, onsetAge: age)
    }

    private static let roleCode = CodeSystem("http://terminology.hl7.org/CodeSystem/v3-RoleCode")

    /// - Source: HL7 Terminology, code system v3-RoleCode.
    private static let relatives = [
        "parent": "PRN", "father": "FTH", "mother": "MTH", "sibling": "SIB", "brother": "BRO", "sister": "SIS", "child": "CHILD", "son": "SONC",
        "daughter": "DAUC", "half-sibling": "HSIB", "aunt": "AUNT", "uncle": "UNCLE", "cousin": "COUSN", "grandparent": "GRPRN",
        "stepfather": "STPFTH", "spouse": "SPS",
    ]
}
