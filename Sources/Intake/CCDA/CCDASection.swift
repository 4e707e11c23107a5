import Clinical
import Documents

/// A kind of section that is read: how to know it, what of the record it fills, and how its entries are read.
///
/// Known by its template, else by its LOINC code, as documents before C-CDA have other templates and the same codes.
///
/// - Source: C-CDA R2.1, section templates.
struct CCDASection: Sendable {
    let templates: Set<String>
    let codes: Set<String>
    let fills: RecordSection
    /// What a section of this kind is for the record; nil where it is all of that.
    var isPartBecause: String?
    /// Reads one clinical statement; false where it is none that belongs there.
    let read: @Sendable (inout CCDAConverter, XMLNode) -> Bool

    /// An entry of this list is all that another kind of section needs.
    static let all: [CCDASection] = [
        CCDASection(templates: [root + "6", root + "6.1"], codes: ["48765-2"], fills: .allergies) { $0.allergy($1) },
        CCDASection(templates: [root + "1", root + "1.1"], codes: ["10160-0"], fills: .medications) { $0.medicine($1, .listed) },
        CCDASection(
            templates: [root + "11", root + "11.1"], codes: ["10183-2", "75311-1"], fills: .medications,
            isPartBecause: "only medicines at discharge came"
        ) { $0.medicine($1, .listed) },
        CCDASection(
            templates: [root + "44"], codes: ["42346-7"], fills: .medications, isPartBecause: "only medicines at admission came"
        ) { $0.medicine($1, .listed) },
        CCDASection(
            templates: [root + "38"], codes: ["29549-3"], fills: .medications, isPartBecause: "only what was given at a visit came"
        ) { $0.medicine($1, .given) },
        CCDASection(templates: [root + "5", root + "5.1"], codes: ["11450-4"], fills: .conditions) { $0.problem($1, "problem-list-item") },
        CCDASection(templates: [root + "20"], codes: ["11348-0"], fills: .conditions, isPartBecause: "only the past history came") {
            $0.problem($1, "problem-list-item")
        },
        CCDASection(templates: [root + "58"], codes: ["75310-3"], fills: .conditions, isPartBecause: "only health concerns came") {
            $0.problem($1, "problem-list-item")
        },
        CCDASection(
            templates: [root + "43", root + "24"], codes: ["42347-5", "46241-6", "11535-2"], fills: .conditions,
            isPartBecause: "only the diagnoses of a stay came"
        ) { $0.problem($1, "encounter-diagnosis") },
        CCDASection(templates: [root + "3", root + "3.1"], codes: ["30954-2"], fills: .observations, isPartBecause: someResults) {
            $0.results($1, "laboratory")
        },
        CCDASection(templates: [root + "4", root + "4.1"], codes: ["8716-3"], fills: .observations, isPartBecause: someResults) {
            $0.results($1, "vital-signs")
        },
        CCDASection(templates: [root + "17"], codes: ["29762-2"], fills: .observations, isPartBecause: someResults) {
            $0.socialHistory($1)
        },
        CCDASection(templates: [root + "2", root + "2.1"], codes: ["11369-6"], fills: .immunizations) { $0.immunization($1) },
        CCDASection(templates: [root + "7", root + "7.1"], codes: ["47519-4"], fills: .procedures) { $0.procedure($1) },
        CCDASection(templates: [root + "23"], codes: ["46264-8"], fills: .procedures, isPartBecause: "only devices came") {
            $0.equipment($1)
        },
        CCDASection(templates: [root + "22", root + "22.1"], codes: ["46240-8"], fills: .encounters) { $0.encounter($1) },
        CCDASection(
            templates: [root + "10"], codes: ["18776-5"], fills: .serviceRequests, isPartBecause: "only what a document plans is known"
        ) { $0.plan($1) },
        CCDASection(
            templates: ["1.3.6.1.4.1.19376.1.5.3.1.3.1"], codes: ["42349-1"], fills: .serviceRequests,
            isPartBecause: "only what a document plans is known"
        ) { $0.plan($1) },
    ]

    private static let root = "2.16.840.1.113883.10.20.22.2."
    private static let someResults = "a document holds only some results"

    /// The kind of a section; nil for one that is not read.
    static func kind(of section: XMLNode) -> CCDASection? {
        all.first { section.claims($0.templates) } ?? all.first { kind in section.codeWord.map { kind.codes.contains($0) } ?? false }
    }
}

extension CCDAConverter {
    mutating func read(_ section: XMLNode) {
        let name = Self.name(of: section)
        let entries = section.children(named: "entry")
        guard let kind = CCDASection.kind(of: section) else {
            note(name, entries.isEmpty ? "words that are not read" : "a kind of section that is not read; left out", at: section)
            return
        }
        guard section.nullFlavor == nil || !entries.isEmpty else {
            note(name, "says that it has no information; not known, which is not none", at: section)
            return tally(kind.fills, .unknown)
        }
        guard !entries.isEmpty else {
            note(name, "holds words and no coded entry; what they say is not known here", at: section)
            return tally(kind.fills, .part("a section of the document holds only words"))
        }
        tally(kind.fills, kind.isPartBecause.map { .part($0) } ?? .whole)
        fills = kind.fills
        for entry in entries {
            let statements = entry.statements
            if statements.isEmpty { note("\(name).entry", "holds no statement; passed over", at: entry) }
            for statement in statements { read(statement, of: kind) }
        }
        fills = nil
    }

    private mutating func read(_ statement: XMLNode, of kind: CCDASection) {
        guard statement.child("subject") == nil else { return note(statement.name.local, "is about somebody else; left out", at: statement) }
        guard statement.nullFlavor == nil else { return leaveOut(statement, "says that it has no information; left out") }
        if !kind.read(&self, statement) { leaveOut(statement, "no entry of this section that is read; left out") }
    }

    /// A section by its LOINC code; the code of no other form is repeated.
    private static func name(of section: XMLNode) -> String {
        guard let code = section.codeWord, (3...9).contains(code.utf8.count),
            code.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return "section" }
        return "section \(code)"
    }
}
