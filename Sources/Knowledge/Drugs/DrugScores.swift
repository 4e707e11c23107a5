public import Clinical

/// By how much a daily dose of an opioid is multiplied to become one of oral morphine.
public struct OpioidFactor: Sendable, Hashable {
    public let route: RouteGroup
    /// The unit of the dose it takes: `mg/day`, or `ug/h` for a patch.
    public let unit: Unit
    public let factor: Decimal

    public init(route: RouteGroup, unit: Unit, factor: Decimal) {
        self.route = route
        self.unit = unit
        self.factor = factor
    }

    /// True where the dose is told as a rate, as that of a patch.
    public var isRate: Bool { route == .transdermal }
}

/// Figures of single drugs that sums are made of.
struct DrugScores: Sendable {
    private var opioids: [IngredientID: [OpioidFactor]] = [:]
    private var anticholinergic: [IngredientID: Decimal] = [:]

    /// Reads the levels of the fact tables: a score, or for opioids `factor route unit`.
    init(_ facts: [DrugFactRow], drugs: DrugIndex) {
        for fact in facts {
            guard case .ingredient(let rxcui) = fact.subject, let id = drugs.ingredient(rxcui: rxcui) else { continue }
            switch fact.kind {
            case .anticholinergic: anticholinergic[id] = Decimal(fact.level)
            case .opioid: if let factor = Self.opioidFactor(fact.level) { opioids[id, default: []].append(factor) }
            default: break
            }
        }
    }

    private static func opioidFactor(_ level: String) -> OpioidFactor? {
        let words = level.split(separator: " ").map(String.init)
        guard words.count == 3, let factor = Decimal(words[0]), let route = RouteGroup(rawValue: words[1]),
            let unit = try? Unit(text: words[2])
        else { return nil }
        return OpioidFactor(route: route, unit: unit, factor: factor)
    }

    func opioidFactors(of id: IngredientID) -> [OpioidFactor] { opioids[id] ?? [] }

    func anticholinergicScore(of id: IngredientID) -> Decimal? { anticholinergic[id] }
}

extension KnowledgeBase {
    /// The conversion factors of an opioid, one for each route; empty for other drugs.
    public func opioidFactors(of id: IngredientID) -> [OpioidFactor] { scores.opioidFactors(of: id) }

    /// How anticholinergic a drug is, from 1 to 3; nothing where it is not listed.
    public func anticholinergicScore(of id: IngredientID) -> Decimal? { scores.anticholinergicScore(of: id) }

    /// Every dose form of a product, as its source writes it.
    public var doseForms: [String] { drugs.doseForms }
}
