/// A class of drugs.
public struct ClassRow: Sendable, Hashable {
    /// With its system in front: `CDS:ppi`, `FDA-EPC:N0000175413`.
    public var id: String
    public var name: String
    public var duplicateTherapy: Bool
    public var source: String

    public init(id: String, name: String, duplicateTherapy: Bool = false, source: String = "") {
        self.id = id
        self.name = name
        self.duplicateTherapy = duplicateTherapy
        self.source = source
    }
}

/// One ingredient of a class.
public struct ClassMemberRow: Sendable, Hashable {
    public var classID: String
    public var rxcui: Int
    /// Which list says so; empty where a built file was read, which keeps it for whoever inspects it.
    public var source: String

    public init(classID: String, rxcui: Int, source: String = "") {
        self.classID = classID
        self.rxcui = rxcui
        self.source = source
    }
}

/// A class and one that contains it. Either may be unknown: the graphs of the sources reach beyond their classes.
public struct ClassParentRow: Sendable, Hashable {
    public var classID: String
    public var parentID: String

    public init(classID: String, parentID: String) {
        self.classID = classID
        self.parentID = parentID
    }
}

/// What a table speaks of: an ingredient, a class, or neither.
public enum SubstanceReference: Sendable, Hashable {
    case ingredient(Int)
    case drugClass(String)
    /// A food, a material, a group that has no class: its kind and its name.
    case other(kind: String, name: String)
}
