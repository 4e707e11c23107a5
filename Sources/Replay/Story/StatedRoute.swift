public import Clinical

/// A way of giving, by an author's word and by the code that a record has for it.
public struct StatedRoute: Sendable, Hashable {
    /// SNOMED CT code and its words.
    public let coding: Coding

    /// The route for a word such as `iv` or `topical`; nothing where there is none.
    public init?(_ word: String) {
        let plain = word.lowercased()
        guard let row = Self.rows.first(where: { $0.words.contains(plain) }) else { return nil }
        coding = Coding(system: .snomedCT, code: row.code, display: row.display)
    }

    /// The words that name a route, sorted.
    public static var words: [String] { rows.flatMap(\.words).sorted() }

    /// - Source: FHIR R4, value set route-codes (SNOMED CT 284009009, route of administration value).
    private static let rows: [(words: [String], code: String, display: String)] = [
        (["oral", "po", "orally"], "26643006", "Oral route"),
        (["iv", "intravenous"], "47625008", "Intravenous route"),
        (["im", "intramuscular"], "78421000", "Intramuscular route"),
        (["sc", "subcut", "subcutaneous"], "34206005", "Subcutaneous route"),
        (["transdermal"], "45890007", "Transdermal route"),
        (["topical", "topically"], "6064005", "Topical route"),
        (["eye", "eyes", "ophthalmic"], "54485002", "Ophthalmic route"),
        (["ear", "ears", "otic"], "10547007", "Otic route"),
        (["inhaled", "inhalation"], "447694001", "Respiratory tract route"),
        (["nasal", "nasally"], "46713006", "Nasal route"),
        (["rectal", "rectally", "pr"], "37161004", "Rectal route"),
        (["vaginal", "vaginally"], "16857009", "Vaginal route"),
        (["intrathecal", "intrathecally"], "72607000", "Intrathecal route"),
        (["sublingual", "sl"], "37839007", "Sublingual route"),
        (["intra-arterial"], "58100008", "Intra-arterial route"),
    ]
}
