public import Clinical
public import Knowledge

/// Which number of a dosage a table of limits means, and on what it is counted.
public struct DoseMeasure: Sendable, Hashable {
    /// What of the dosage.
    public enum Amount: String, Sendable, Hashable, CaseIterable {
        /// The largest amount at one time.
        case single
        /// The most in a day: an order as needed counts with all the doses that it allows.
        case daily
        case weekly
        /// How fast a patch or an infusion gives it.
        case rate
        /// How many times a week.
        case frequency
        /// For how many days, where that is stated.
        case duration
    }

    /// On what an amount is counted.
    public enum Basis: String, Sendable, Hashable, CaseIterable {
        case absolute
        case perKilogram
        case perSquareMetre
    }

    /// Which medicines of the same ingredient add up.
    public enum Span: Sendable, Hashable {
        /// What is ordered.
        case orders
        /// What is ordered, and other products with the ingredient that are taken; an entry of the same ingredients is what
        /// the order renews or replaces.
        case products
        /// All that is ordered or taken; only an entry of the same ingredients and the same dose is what the order renews.
        case everything
    }

    public let amount: Amount
    public let basis: Basis
    public let span: Span
    /// Only what is given by these routes counts; a route that is not known counts.
    public let routes: Set<RouteGroup>?
    /// What the result is told in.
    public let unit: Unit
    public let weight: LabQuery?
    public let height: LabQuery?

    public init(
        amount: Amount, basis: Basis, span: Span, routes: Set<RouteGroup>?, unit: Unit, weight: LabQuery?, height: LabQuery?
    ) {
        self.amount = amount
        self.basis = basis
        self.span = span
        self.routes = routes
        self.unit = unit
        self.weight = weight
        self.height = height
    }
}

/// A gene's effect on a drug, as results state it.
public struct GeneQuery: Sendable, Hashable {
    /// Codes of results that tell how a gene's product works, whatever the gene.
    public let effect: CodeSetID
    /// The component that names the gene, and the codes of this gene.
    public let studied: CodeSetID
    public let gene: CodeSetID?
    /// Results about this gene or allele alone.
    public let tests: CodeSetID?
    /// The answers that count: a phenotype, or the presence of an allele.
    public let answers: CodeSetID
    /// What the answers mean, in words.
    public let words: String

    public init(
        effect: CodeSetID, studied: CodeSetID, gene: CodeSetID?, tests: CodeSetID?, answers: CodeSetID, words: String
    ) {
        self.words = words
        self.effect = effect
        self.studied = studied
        self.gene = gene
        self.tests = tests
        self.answers = answers
    }
}

/// A test that a drug asks for before it is begun or at intervals.
public struct TestNeed: Sendable, Hashable {
    /// What it is called on the card.
    public let title: String
    /// Any of these results will do: an eGFR where creatinine is wanted.
    public let labs: [LabID]
    /// How long a result stays good.
    public let interval: TimeSpan
    /// How long after the start of the drug the first is due.
    public let firstDue: TimeSpan
    /// True where it is due before the first dose.
    public let isBaseline: Bool
    /// Orders that will bring it, panels among them.
    public let orders: CodeSetID

    public init(title: String, labs: [LabID], interval: TimeSpan, firstDue: TimeSpan, isBaseline: Bool, orders: CodeSetID) {
        self.title = title
        self.labs = labs
        self.interval = interval
        self.firstDue = firstDue
        self.isBaseline = isBaseline
        self.orders = orders
    }
}
