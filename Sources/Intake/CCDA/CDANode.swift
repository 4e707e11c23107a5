import Documents

/// The names that CDA documents are written in.
enum CDA {
    static let namespace = "urn:hl7-org:v3"
    /// Extensions of CDA that HL7 publishes.
    static let extensions = "urn:hl7-org:sdtc"
}

extension XMLNode {
    /// True for the element of that name in CDA's namespace.
    func isCDA(_ local: String) -> Bool { name.local == local && name.namespace == CDA.namespace }

    /// The first element of that name directly in it.
    func child(_ local: String) -> XMLNode? { children.first { $0.isCDA(local) } }

    /// The element at the end of a path of names, the first of each.
    func child(at path: String...) -> XMLNode? {
        path.reduce(self as XMLNode?) { $0?.child($1) }
    }

    /// The elements of that name directly in it.
    func children(named local: String) -> [XMLNode] { children.filter { $0.isCDA(local) } }

    /// The first element of that name in the namespace of HL7's extensions.
    func extensionChild(_ local: String) -> XMLNode? {
        children.first { $0.name.local == local && $0.name.namespace == CDA.extensions }
    }

    /// What stands at the far end of its `entryRelationship`s: those of a name, or all.
    func related(_ local: String? = nil, by types: Set<String>? = nil) -> [XMLNode] {
        children(named: "entryRelationship").flatMap { relation -> [XMLNode] in
            if let types, !types.contains(relation.attribute("typeCode") ?? "") { return [] }
            return relation.statements.filter { local == nil || $0.isCDA(local ?? "") }
        }
    }

    /// The clinical statements directly in an entry, a component or a relationship.
    var statements: [XMLNode] {
        children.filter { $0.name.namespace == CDA.namespace && Self.statementNames.contains($0.name.local) }
    }

    private static let statementNames: Set<String> = [
        "act", "encounter", "observation", "observationMedia", "organizer", "procedure", "regionOfInterest", "substanceAdministration", "supply",
    ]

    /// True where it claims one of the templates, whatever their version.
    func claims(_ templates: Set<String>) -> Bool {
        children.contains { $0.isCDA("templateId") && templates.contains($0.attribute("root") ?? "") }
    }

    func claims(_ template: String) -> Bool { claims([template]) }

    /// Why a value is missing, in a code of HL7's NullFlavor.
    var nullFlavor: String? { attribute("nullFlavor") }

    /// True where the statement says that something is not so.
    var isNegated: Bool { attribute("negationInd") == "true" || attribute("negationInd") == "1" }

    /// Whether it happened (`EVN`), is intended, asked for or proposed; an event where it does not say.
    var mood: String { attribute("moodCode") ?? "EVN" }

    /// The word of its `statusCode`, without blanks, in small letters.
    var statusWord: String? { child("statusCode")?.attribute("code")?.lowercased().filter { $0 != " " } }

    /// The `code` of its code, whatever the system.
    var codeWord: String? { child("code")?.attribute("code") }

    /// The name of `xsi:type` within CDA, such as `PQ`.
    var typeName: String? { type.flatMap { $0.namespace == CDA.namespace || $0.namespace.isEmpty ? $0.local : nil } }
}
