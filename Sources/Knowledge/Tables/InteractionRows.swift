/// A curated interaction between ingredients or classes.
public struct InteractionRuleRow: Sendable, Hashable {
    public var id: String
    public var a: SubstanceReference
    public var aName: String
    public var b: SubstanceReference
    public var bName: String
    public var severity: Severity
    /// The list of the Office of the National Coordinator that has it: `ONC-HP`, `ONC-NI`.
    public var oncList: String?
    public var effect: String
    public var mechanism: String
    public var management: String
    public var evidence: String
    public var source: String

    public init(
        id: String, a: SubstanceReference, aName: String, b: SubstanceReference, bName: String, severity: Severity,
        oncList: String? = nil, effect: String = "", mechanism: String = "", management: String = "", evidence: String = "",
        source: String = ""
    ) {
        self.id = id
        self.a = a
        self.aName = aName
        self.b = b
        self.bName = bName
        self.severity = severity
        self.oncList = oncList
        self.effect = effect
        self.mechanism = mechanism
        self.management = management
        self.evidence = evidence
        self.source = source
    }
}

/// A pair of ingredients from a public list, used where no curated rule covers it.
public struct PublicPairRow: Sendable, Hashable {
    public var id: String
    public var a: Int
    public var b: Int
    public var aName: String
    public var bName: String
    /// `nil` where the list names the pair without a severity: kept as it was read, never used alone.
    public var severity: Severity?
    public var source: String

    public init(id: String, a: Int, b: Int, aName: String, bName: String, severity: Severity?, source: String) {
        self.id = id
        self.a = a
        self.b = b
        self.aName = aName
        self.bName = bName
        self.severity = severity
        self.source = source
    }
}

/// One pair of an expanded table: the winner among the rules that cover it.
public struct PairRow: Sendable, Hashable {
    public var a: Int
    public var b: Int
    /// Curated rules first, then the public pairs, in the order of their tables.
    public var entry: Int

    public init(a: Int, b: Int, entry: Int) {
        self.a = a
        self.b = b
        self.entry = entry
    }
}

/// A cross-reactivity from what a patient does not tolerate to what is ordered.
public struct CrossReactivityRow: Sendable, Hashable {
    public var id: String
    public var group: String
    public var a: SubstanceReference
    public var aName: String
    public var b: SubstanceReference
    public var bName: String
    public var relation: String
    public var risk: CrossReactivity.Risk
    public var advice: String
    public var source: String

    public init(
        id: String, group: String, a: SubstanceReference, aName: String, b: SubstanceReference, bName: String, relation: String,
        risk: CrossReactivity.Risk, advice: String, source: String
    ) {
        self.id = id
        self.group = group
        self.a = a
        self.aName = aName
        self.b = b
        self.bName = bName
        self.relation = relation
        self.risk = risk
        self.advice = advice
        self.source = source
    }
}

/// What a code for an allergen means.
public struct AllergenCodeRow: Sendable, Hashable {
    public var system: String
    public var code: String
    public var display: String
    public var target: SubstanceReference

    public init(system: String, code: String, display: String, target: SubstanceReference) {
        self.system = system
        self.code = code
        self.display = display
        self.target = target
    }
}

/// What a word for an allergen means; lower case.
public struct AllergenTermRow: Sendable, Hashable {
    public var term: String
    public var target: SubstanceReference

    public init(term: String, target: SubstanceReference) {
        self.term = term
        self.target = target
    }
}
