/// A code together with the system that gives it its meaning.
///
/// System and code belong together: a rule that wants `A|y` is not met by `A|x` and `B|y`
/// (FHIR R4, datatypes: Coding).
public struct Coding: Sendable, Hashable {
    /// The system, with the known aliases already made one; `nil` where the record states none.
    public let system: CodeSystem?
    /// The code as stated, spaces at its ends removed.
    public let code: String
    /// The display text that came with it; never used to decide what the code means.
    public let display: String?

    public init(system: CodeSystem?, code: String, display: String? = nil) {
        self.system = system
        self.code = code
        self.display = display
    }

    public static func == (left: Coding, right: Coding) -> Bool {
        left.system == right.system && left.code == right.code
    }

    public func hash(into hasher: inout Hasher) {
        // One code seldom stands in two systems.
        hasher.combine(code)
    }
}

/// What a record says of one thing: any number of codings, and perhaps words.
public struct CodeableConcept: Sendable, Hashable {
    public var codings: [Coding]
    /// Free text; shown to the prescriber who wrote it, never logged, and matched only where a set lists exactly these words.
    public var text: String?

    public init(codings: [Coding] = [], text: String? = nil) {
        self.codings = codings
        self.text = text
    }

    /// True where nothing codes it: a rule about codes can then only be unknown.
    public var isUncoded: Bool { codings.isEmpty }

    /// The concept; where nothing codes it, its words in the place of a code, for sets that list words as well.
    public var orWords: CodeableConcept {
        guard isUncoded, let text else { return self }
        return CodeableConcept(codings: [Coding(system: .words, code: text.lowercased())], text: text)
    }

    /// The words a person would know it by: its text, else the first display, else the first code.
    public var label: String? {
        text ?? codings.lazy.compactMap(\.display).first ?? codings.first?.code
    }
}
