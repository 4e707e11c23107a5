public import Clinical

/// The kinds of thing that a rule names and that are sets of codes.
public enum CodeSetKind: String, CaseIterable, Sendable, Hashable {
    case problem, procedure, vaccine, reaction, setting
}

/// A named set of codes.
public struct CodeSet: Sendable, Hashable {
    /// As rules write it: `upper-gi-bleed-or-ulcer`.
    public let name: String
    public let title: String
    /// In the order of their tables, each once; the first one is the one to order or record by.
    public let codes: [CodeMatch]
    public let source: String

    public init(name: String, title: String, codes: [CodeMatch], source: String) {
        self.name = name
        self.title = title
        self.codes = codes
        self.source = source
    }

    /// True where any coding of `concept` is in the set; system and code must be in the same coding.
    public func contains(_ concept: CodeableConcept) -> Bool {
        concept.codings.contains { coding in codes.contains { $0.matches(coding) } }
    }
}

/// One code, or a category of ICD-10-CM with everything below it.
public struct CodeMatch: Sendable, Hashable {
    public let system: CodeSystem
    public let code: String
    /// True for a category: it holds every code below it in the hierarchy.
    public let isPrefix: Bool

    public init(system: CodeSystem, code: String, isPrefix: Bool = false) {
        self.system = system
        self.code = code
        self.isPrefix = isPrefix
    }

    /// True where `coding` is this code, or lies below this category.
    ///
    /// Below `E11` lie `E11` and `E11.65`, not `E110`: after the three characters of a category stands a point
    /// (ICD-10-CM Official Guidelines I.A.2–4). `O` is the whole chapter.
    public func matches(_ coding: Coding) -> Bool {
        guard coding.system == system else { return false }
        if coding.code == code { return true }
        guard isPrefix, coding.code.hasPrefix(code) else { return false }
        return code.utf8.count != 3 || coding.code.utf8.dropFirst(3).first == UInt8(ascii: ".")
    }
}
