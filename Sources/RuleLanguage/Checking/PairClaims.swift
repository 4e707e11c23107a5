import Documents
import Engine
import Knowledge

/// A pair of sets of drugs for which one interaction rule speaks.
struct PairClaim {
    let rule: String
    let file: String
    let range: SourceRange
    let first: Set<IngredientID>
    let second: Set<IngredientID>
    /// The severities of its rows, the highest first.
    let severities: [Severity]
    let routes: Set<RouteGroup>?

    /// Two drugs that both claims name, if there are any.
    func shared(with other: PairClaim) -> (IngredientID, IngredientID)? {
        if let mine = routes, let theirs = other.routes, mine.isDisjoint(with: theirs) { return nil }
        return meeting(first, other.first, second, other.second) ?? meeting(first, other.second, second, other.first)
    }

    /// The first of its pairs that a table with a floor answers for.
    func pair(gradedBy floor: PairFloor, _ knowledge: KnowledgeBase) -> (IngredientID, IngredientID)? {
        for left in first.sorted() {
            for right in second.sorted() where left != right {
                if let pair = knowledge.interaction(left, right), floor.severities.contains(pair.severity) { return (left, right) }
            }
        }
        return nil
    }

    private func meeting(
        _ a: Set<IngredientID>, _ b: Set<IngredientID>, _ c: Set<IngredientID>, _ d: Set<IngredientID>
    ) -> (IngredientID, IngredientID)? {
        guard !a.isDisjoint(with: b), !c.isDisjoint(with: d) else { return nil }
        let left = a.intersection(b).min()
        let right = c.intersection(d)
        guard let left else { return nil }
        if let other = right.filter({ $0 != left }).min() { return (left, other) }
        return a.intersection(b).filter { $0 != left }.min().map { ($0, left) }
    }
}

/// A rule over the table of pairs that no site may soften.
struct PairFloor {
    let rule: String
    /// The severities of the table that it answers for.
    let severities: Set<Severity>
    let floor: Severity
}

extension CheckSession {
    /// Rules of a site that would speak more mildly of a pair than a table of the pack with a floor: what a rule of its own speaks
    /// for is not looked up in the table.
    func reportClaimsBelowFloors() {
        for claim in pairClaims + duplicateClaims where layer(of: claim.file) > .pack {
            guard let mildest = claim.severities.last else { continue }
            for floor in pairFloors where mildest < floor.floor {
                guard let (left, right) = claim.pair(gradedBy: floor, names.knowledge) else { continue }
                let drugs = [left, right].map { names.knowledge.ingredient($0).name }
                report(
                    "V605", "`\(floor.rule)` speaks of \(drugs[0]) with \(drugs[1]) and may not go below `\(floor.floor.rawValue)`: the pack has set a floor",
                    file: claim.file, at: claim.range,
                    help: ["leave the pair out with `except`, or let no row for it be below `\(floor.floor.rawValue)`"])
            }
        }
    }

    /// Rules that speak for the same pair: one pair, one card.
    func reportSharedPairs() {
        // Claims by a drug of theirs, so that only those are compared that can meet.
        var byDrug: [IngredientID: [Int]] = [:]
        for (number, claim) in pairClaims.enumerated() {
            for drug in claim.first.union(claim.second) { byDrug[drug, default: []].append(number) }
        }
        var compared: Set<[Int]> = []
        for (_, numbers) in byDrug.sorted(by: { $0.key < $1.key }) where numbers.count > 1 {
            for (place, number) in numbers.enumerated() {
                for other in numbers[..<place] where compared.insert([other, number]).inserted { compare(pairClaims[other], pairClaims[number]) }
            }
        }
    }

    private func compare(_ one: PairClaim, _ other: PairClaim) {
        guard one.rule != other.rule, let (left, right) = one.shared(with: other) else { return }
        let names = [left, right].map { self.names.knowledge.ingredient($0).name }
        let isContradiction = one.severities.first != other.severities.first
        let grades = isContradiction ? ", and grades it \(words(other)) where that one says \(words(one))" : ""
        report(
            "V320", .warning, "rule `\(one.rule)` speaks for \(names[0]) with \(names[1]) as well\(grades)", file: other.file, at: other.range,
            help: ["put both into one rule, or take the pair out of one with `except`"],
            related: [Diagnostic.Related(file: one.file, range: one.range, message: "the other rule")])
    }

    private func words(_ claim: PairClaim) -> String { claim.severities.first?.rawValue ?? "nothing" }
}
