import Clinical
import Documents

/// Reads FHIR's data types from JSON into the values of the record, and notes what it cannot use.
///
/// One reader serves one snapshot: it holds what the resources of one patient have in common, and remembers code systems,
/// units and references that come again. Whatever JSON it meets, it answers with a value or without one; it never traps.
struct ElementReader {
    let asOf: AsOf
    /// Whose resources are read.
    var subjects: SubjectFilter
    /// The resources that came, for references between them.
    var index: ReferenceIndex
    /// Set once the Patient has been read; ages become dates with it.
    var birthDate: PartialDate?

    /// Orders on record that drafts end.
    var endedByDrafts: Set<ResourceReference> = []

    /// Told of every comparison with the instant of the snapshot.
    var horizon: Horizon?

    /// LOINC codes of the observations that are read; nothing for all of them.
    var observationCodes: CodeFilter?

    private(set) var notes: [IntakeNote] = []
    /// Why a section is not all there, though it came.
    private(set) var shortfalls: [RecordSection: String] = [:]

    /// The resource that is being read, and the number of notes before it.
    private(set) var current: ResourceEntry?
    private var mark = 0
    private var notesLeftOut = 0

    var systems = SystemMemory()
    var units = UnitMemory()
    var concepts = ConceptMemory()
    var lastReference: (text: JSONNode, reference: ResourceReference)?

    /// More notes than anyone reads; what comes after is only counted.
    static let noteLimit = 20_000

    init(asOf: AsOf, subjects: SubjectFilter, index: ReferenceIndex, notes: [IntakeNote]) {
        self.asOf = asOf
        self.subjects = subjects
        self.index = index
        self.notes = notes
    }

    // MARK: Notes

    /// Starts with another resource.
    mutating func begin(_ entry: ResourceEntry) {
        current = entry
        mark = notes.count
    }

    /// Notes something about an element of the resource that is being read.
    mutating func note(_ element: String, _ why: String, at node: JSONNode?) {
        let kind = current?.reference.type ?? "resource"
        append(IntakeNote(about: current?.reference, what: "\(kind).\(element)", why: why, range: node?.range))
    }

    /// Notes something about an element of the resource that is being read.
    mutating func note(_ element: ElementName, _ why: String, at node: JSONNode?) {
        note(element.rawValue, why, at: node)
    }

    /// Notes that an element holds another kind of JSON than FHIR gives it; null counts as absent.
    mutating func noteMismatch(_ element: ElementName, at node: JSONNode, expected: String) {
        guard !node.isNull else { return }
        note(element, "expected \(expected), found \(node.kindWords); passed over", at: node)
    }

    /// Notes that the whole resource is left out, in place of what was noted of its elements.
    mutating func leaveOut(_ why: String) {
        notes.removeLast(max(0, notes.count - mark))
        append(IntakeNote(about: current?.reference, what: current?.reference.type ?? "resource", why: why, range: current?.node.range))
    }

    /// Notes that the resource cannot be used though it may hold evidence, so that its section is not complete any more.
    mutating func withhold(_ why: String) {
        leaveOut(why)
        if let section = current?.kind.section { fallShort(section, "an entry could not be used: \(why)") }
    }

    /// Marks a section as not all there; the first reason is kept.
    mutating func fallShort(_ section: RecordSection, _ why: String) {
        if shortfalls[section] == nil { shortfalls[section] = why }
    }

    /// Reads something that was read before, without noting the same again.
    mutating func quietly<Result>(_ read: (inout ElementReader) -> Result) -> Result {
        let known = notes.count
        let result = read(&self)
        notes.removeLast(max(0, notes.count - known))
        return result
    }

    private mutating func append(_ note: IntakeNote) {
        if notes.count < Self.noteLimit { notes.append(note) } else { notesLeftOut += 1 }
    }

    /// How many notes there are, or would be.
    var noteCount: Int { notes.count + notesLeftOut }

    /// All notes, and how many more there would have been.
    var allNotes: [IntakeNote] {
        guard notesLeftOut > 0 else { return notes }
        return notes + [IntakeNote(about: nil, what: "notes", why: "\(notesLeftOut) more were left out", range: nil)]
    }

    // MARK: Primitives

    /// A boolean; anything else is noted.
    mutating func boolean(_ node: JSONNode, _ name: ElementName) -> Bool? {
        if let value = node.bool { return value }
        noteMismatch(name, at: node, expected: "true or false")
        return nil
    }

    /// A positive integer; anything else is noted.
    mutating func positive(_ node: JSONNode, _ name: ElementName) -> Int? {
        if let value = node.int, value > 0, value <= 1_000_000 { return value }
        if node.kind == .number {
            note(name, "expected a whole number above 0; passed over", at: node)
        } else {
            noteMismatch(name, at: node, expected: "a whole number")
        }
        return nil
    }

    /// An exact decimal, with the digits as written (FHIR R4, json: decimal); a number in quotes is noted and not coerced.
    mutating func decimal(_ node: JSONNode, _ name: ElementName) -> Decimal? {
        guard let digits = node.number else {
            noteMismatch(name, at: node, expected: "a number")
            return nil
        }
        if let value = Decimal(utf8: digits) { return value }
        note(name, "a number of more digits than can be kept; passed over", at: node)
        return nil
    }

    /// Words without blanks at their ends; `nil` where nothing is left.
    mutating func words(_ node: JSONNode, _ name: ElementName) -> String? {
        guard let text = node.string else {
            noteMismatch(name, at: node, expected: "a string")
            return nil
        }
        if let first = text.utf8.first, let last = text.utf8.last, first > 0x20, last > 0x20 { return text }
        let trimmed = Self.trimmed(Array(text.utf8)[...])
        return trimmed.isEmpty ? nil : String(decoding: trimmed, as: UTF8.self)
    }

    /// The bytes without blanks at their ends.
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes
        while let first = bytes.first, first <= 0x20 { bytes = bytes.dropFirst() }
        while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
        return bytes
    }
}
