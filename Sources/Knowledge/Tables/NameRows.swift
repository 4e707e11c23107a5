/// One code of a value set.
public struct ValueSetCodeRow: Sendable, Hashable {
    /// `VS:dx_gout`.
    public var set: String
    public var title: String
    public var system: String
    public var code: String
    public var display: String
    public var isPrefix: Bool

    public init(set: String, title: String, system: String, code: String, display: String = "", isPrefix: Bool = false) {
        self.set = set
        self.title = title
        self.system = system
        self.code = code
        self.display = display
        self.isPrefix = isPrefix
    }
}

/// A vaccine of the CVX table.
public struct VaccineRow: Sendable, Hashable {
    public var code: String
    public var name: String
    public var groups: [String]

    public init(code: String, name: String, groups: [String]) {
        self.code = code
        self.name = name
        self.groups = groups
    }
}

/// What is known of a drug besides: one sentence with its source.
public struct DrugFactRow: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case metabolism = "cyp"
        case qt
        case renal
        case pregnancy
        case beers
        case drugDisease = "drug_disease"
        case anticholinergic = "acb"
        case opioid = "opioid_mme"
        case monitoring
        case doseLimit = "dose_limits"
        case labLimit = "lab_limits"
        case routeLimit = "route_limits"
        case pharmacogenomics = "cpic"
        case testInterval = "test_intervals"
    }

    public var kind: Kind
    public var subject: SubstanceReference
    /// `high`, `contraindicated`, `3`: the table's own scale.
    public var level: String
    public var statement: String
    public var source: String
    /// Where it stands in its own file.
    public var row: Int
    /// The cells that rules read, by column; empty for a table that is only shown.
    public var cells: [String: String]

    public init(
        kind: Kind, subject: SubstanceReference, level: String, statement: String, source: String, row: Int = 0,
        cells: [String: String] = [:]
    ) {
        self.cells = cells
        self.kind = kind
        self.subject = subject
        self.level = level
        self.statement = statement
        self.source = source
        self.row = row
    }
}

/// A name that rules write, and what it stands for: `class,acei-or-arb,CDS:acei|CDS:arb`.
public struct NameRow: Sendable, Hashable {
    public var kind: String
    public var name: String
    public var targets: [String]
    public var title: String
    public var source: String

    public init(kind: String, name: String, targets: [String], title: String = "", source: String = "") {
        self.kind = kind
        self.name = name
        self.targets = targets
        self.title = title
        self.source = source
    }
}

/// A laboratory test or vital sign, as text; units and numbers are read by the knowledge base.
public struct LabRow: Sendable, Hashable {
    public var name: String
    public var title: String
    public var codes: [String]
    public var unit: String
    public var molarMass: String
    public var valence: String
    /// `mmol/mol>%:0.09148:2.152`: from, to, slope, intercept.
    public var lines: [String]
    public var plausibleLow: String
    public var plausibleHigh: String
    public var source: String

    public init(
        name: String, title: String, codes: [String], unit: String, molarMass: String = "", valence: String = "",
        lines: [String] = [], plausibleLow: String = "", plausibleHigh: String = "", source: String = ""
    ) {
        self.name = name
        self.title = title
        self.codes = codes
        self.unit = unit
        self.molarMass = molarMass
        self.valence = valence
        self.lines = lines
        self.plausibleLow = plausibleLow
        self.plausibleHigh = plausibleHigh
        self.source = source
    }
}

/// One code of a reaction.
public struct ReactionRow: Sendable, Hashable {
    public var name: String
    public var system: String
    public var code: String
    public var display: String
    public var source: String

    public init(name: String, system: String, code: String, display: String = "", source: String = "") {
        self.name = name
        self.system = system
        self.code = code
        self.display = display
        self.source = source
    }
}

/// A route code, a dose form or a word for a route.
public struct RouteRow: Sendable, Hashable {
    /// A short system name, or `form` (exact), `word` (contained in a form), `text` (exact words of a route).
    public var kind: String
    public var key: String
    public var group: RouteGroup

    public init(kind: String, key: String, group: RouteGroup) {
        self.kind = kind
        self.key = key
        self.group = group
    }
}

/// A reason a prescriber may give.
public struct OverrideReasonRow: Sendable, Hashable {
    public var name: String
    public var code: String
    public var system: String
    public var display: String

    public init(name: String, code: String, system: String, display: String) {
        self.name = name
        self.code = code
        self.system = system
        self.display = display
    }
}

/// A test, image or procedure that can be ordered.
public struct OrderableRow: Sendable, Hashable {
    public var name: String
    public var system: String
    public var code: String
    public var display: String

    public init(name: String, system: String, code: String, display: String) {
        self.name = name
        self.system = system
        self.code = code
        self.display = display
    }
}

/// One ingredient of one group of a relation.
public struct RelationMemberRow: Sendable, Hashable {
    public var relation: String
    public var title: String
    public var group: String
    public var rxcui: Int
    public var source: String

    public init(relation: String, title: String, group: String, rxcui: Int, source: String = "") {
        self.relation = relation
        self.title = title
        self.group = group
        self.rxcui = rxcui
        self.source = source
    }
}
