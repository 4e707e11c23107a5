import Knowledge

/// A RxNorm release as far as drugs are resolved by it: concepts, what they are made of, NDC, and where retired codes went.
///
/// Only RxNorm's own atoms (SAB=RXNORM) are read, which need no licence beyond the release's.
///
/// - Source: RxNorm technical documentation, §12 (RRF files), appendix 1 (relationships) and 5 (term types). A row of
///   RXNREL says what the second concept is to the first: `RXCUI2 RELA RXCUI1`.
struct RxNormRelease {
    struct Concept {
        var termType: TermType
        var name: String
    }

    private(set) var concepts: [Int: Concept] = [:]
    private(set) var doseForms: [Int: String] = [:]
    /// From a concept to what it is made of, by relationship.
    private(set) var parts: [Relationship: [Int: [Int]]] = [:]
    private(set) var strengths: [Int: String] = [:]
    /// Eleven digits to the product.
    private(set) var drugCodes: [(code: String, rxcui: Int)] = []
    /// Retired code to the one it was merged into; 0 where it has none.
    private(set) var retired: [Int: Int] = [:]
    private(set) var readCount = 0
    private(set) var files: [String] = []
    private(set) var losses = LossList()

    enum Relationship: String, CaseIterable {
        case hasIngredient = "has_ingredient"
        case hasIngredients = "has_ingredients"
        case hasPart = "has_part"
        case consistsOf = "consists_of"
        case tradenameOf = "tradename_of"
        case contains
        case formOf = "form_of"
        case hasDoseForm = "has_dose_form"
        case hasDoseFormGroup = "has_doseformgroup"
    }

    init(_ folder: String, progress: (ImportProgress) -> Void) throws(KnowledgeImportError) {
        try read("\(folder)/RXNCONSO.RRF", progress) { release, file in release.concept(file) }
        guard !concepts.isEmpty else {
            throw .malformed(path: "\(folder)/RXNCONSO.RRF", line: 1, why: "there is no concept of RxNorm in it")
        }
        try read("\(folder)/RXNREL.RRF", progress) { release, file in release.relation(file) }
        try read("\(folder)/RXNSAT.RRF", progress) { release, file in release.attribute(file) }
        // The prescribable release has neither.
        try readWhereThere("\(folder)/RXNATOMARCHIVE.RRF", progress) { release, file in release.archived(file) }
        try readWhereThere("\(folder)/RXNCUI.RRF", progress) { release, file in release.changed(file) }
    }

    private mutating func readWhereThere(
        _ path: String, _ progress: (ImportProgress) -> Void, _ row: (inout RxNormRelease, DelimitedFile) -> Void
    ) throws(KnowledgeImportError) {
        var pieces = FilePieces(path)
        guard pieces.next() != nil else { return }
        try read(path, progress, row)
    }

    private mutating func read(
        _ path: String, _ progress: (ImportProgress) -> Void, _ row: (inout RxNormRelease, DelimitedFile) -> Void
    ) throws(KnowledgeImportError) {
        var file = try DelimitedFile(path, delimiter: UInt8(ascii: "|"), isQuoted: false)
        var rows = 0
        while try file.next() {
            rows += 1
            if rows.isMultiple(of: 500_000) {
                let percent = file.byteCount > 0 ? min(100, file.bytesRead * 100 / file.byteCount) : nil
                progress(.init(step: "reading \(path), \(rows) rows", percent: percent))
            }
            row(&self, file)
        }
        readCount += rows
        files.append(path)
    }

    /// RXCUI 0, SAB 11, TTY 12, STR 14, SUPPRESS 16.
    private mutating func concept(_ file: DelimitedFile) {
        guard file.isEqual(11, "RXNORM"), file.isEqual(16, "N") || file.isEqual(16, ""), let rxcui = file.integer(0) else { return }
        let type = file.text(12)
        if let termType = TermType(rawValue: type) {
            concepts[rxcui] = Concept(termType: termType, name: file.text(14))
        } else if type == "DF" || type == "DFG" {
            doseForms[rxcui] = file.text(14)
        }
    }

    /// RXCUI1 0, RXCUI2 4, RELA 7, SAB 10, SUPPRESS 14.
    private mutating func relation(_ file: DelimitedFile) {
        guard file.isEqual(10, "RXNORM"), !file.isEqual(14, "Y"), !file.isEqual(14, "O"),
            let relationship = Relationship(rawValue: file.text(7)), let first = file.integer(0), let second = file.integer(4)
        else { return }
        parts[relationship, default: [:]][second, default: []].append(first)
    }

    /// RXCUI 0, ATN 8, SAB 9, ATV 10, SUPPRESS 11.
    private mutating func attribute(_ file: DelimitedFile) {
        guard file.isEqual(9, "RXNORM"), let rxcui = file.integer(0) else { return }
        if file.isEqual(8, "NDC") {
            if file.isEqual(11, "N") || file.isEqual(11, "") { drugCodes.append((file.text(10), rxcui)) }
        } else if file.isEqual(8, "RXN_STRENGTH") {
            strengths[rxcui] = file.text(10)
        }
    }

    /// RXCUI 12, SAB 13, TTY 14, MERGED_TO_RXCUI 15.
    private mutating func archived(_ file: DelimitedFile) {
        guard file.isEqual(13, "RXNORM"), TermType(rawValue: file.text(14)) != nil, let old = file.integer(12) else { return }
        retire(old, into: file.integer(15))
    }

    /// CUI1 0, CUI2 4: one became the other.
    private mutating func changed(_ file: DelimitedFile) {
        guard let old = file.integer(0), let new = file.integer(4), old != new else { return }
        retire(old, into: new)
    }

    private mutating func retire(_ old: Int, into new: Int?) {
        guard concepts[old] == nil else { return }
        if let new, new != old { retired[old] = new } else if retired[old] == nil { retired[old] = 0 }
    }

    /// Where a retired code leads today, at most eight steps away; `nil` where nowhere.
    func current(of rxcui: Int) -> Int? {
        var code = rxcui
        for _ in 0..<8 {
            if concepts[code] != nil { return code }
            guard let next = retired[code], next > 0 else { return nil }
            code = next
        }
        return nil
    }

    func related(_ rxcui: Int, _ relationship: Relationship) -> [Int] { parts[relationship]?[rxcui] ?? [] }
}
