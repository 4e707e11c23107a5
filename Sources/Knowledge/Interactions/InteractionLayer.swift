/// The interactions of one source that a hospital brought itself, apart from all others.
public struct InteractionLayer: Sendable, Hashable {
    /// How rules and reports call it: `fdb`.
    public var name: String
    /// `.vendor` or `.local`: what outranks what where sources differ.
    public var rank: Interaction.Layer
    /// Why this source may lower the severity that another one gives; empty where it may not.
    public var lowering: String
    /// What can be said of a pair; many pairs share one. Both sides are left empty.
    public var statements: [InteractionRuleRow]
    public var pairs: PackedPairs

    public init(name: String, rank: Interaction.Layer, lowering: String = "", statements: [InteractionRuleRow], pairs: PackedPairs) {
        self.name = name
        self.rank = rank
        self.lowering = lowering
        self.statements = statements
        self.pairs = pairs
    }
}

/// Layers ready for look-up, the lowest rank first.
struct InteractionLayerIndex: Sendable {
    /// One layer; a reference, so that a look-up copies nothing.
    fileprivate final class Entry: Sendable {
        let mayLower: Bool
        /// From an ingredient's index to its number in the packing; -1 where the layer does not know it.
        let numbers: [Int32]
        let pairs: PackedPairs
        let statements: [Interaction]

        init(mayLower: Bool, numbers: [Int32], pairs: PackedPairs, statements: [Interaction]) {
            self.mayLower = mayLower
            self.numbers = numbers
            self.pairs = pairs
            self.statements = statements
        }
    }

    private let entries: [Entry]

    init(_ layers: [InteractionLayer], drugs: DrugIndex) {
        entries = layers.sorted { ($0.rank.rank, $1.name) < ($1.rank.rank, $0.name) }.map { layer in
            var numbers = [Int32](repeating: -1, count: drugs.ingredients.count)
            for (number, rxcui) in layer.pairs.rxcuis.enumerated() {
                // A code that has become a synonym of another since leads to the same ingredient: the first one counts.
                guard let id = drugs.ingredient(rxcui: Int(rxcui)), numbers[Int(id.index)] < 0 else { continue }
                numbers[Int(id.index)] = Int32(number)
            }
            return Entry(
                mayLower: !layer.lowering.isEmpty, numbers: numbers, pairs: layer.pairs,
                statements: layer.statements.map { Interaction(facts: .init($0, layer: layer.rank)) })
        }
    }

    var isEmpty: Bool { entries.isEmpty }

    /// Pairs of all layers; one that two layers have counts twice.
    var count: Int { entries.reduce(0) { $0 + $1.pairs.count } }

    /// The pairs of all layers by RxNorm codes, the smaller first.
    func forEachPair(_ body: (Int, Int) -> Void) {
        for entry in entries { entry.pairs.forEach { a, b, _ in body(a, b) } }
    }

    /// Who speaks for a pair: the highest rank that knows it, but no source lowers what another says without a stated reason.
    func speaker(_ a: IngredientID, _ b: IngredientID, over own: Interaction?) -> Interaction? {
        var speaker = own
        for entry in entries {
            guard let said = entry.statement(a, b) else { continue }
            if let current = speaker, said.severity < current.severity, !entry.mayLower { continue }
            speaker = said
        }
        return speaker
    }

    /// What every layer says of a pair, the highest rank first.
    func statements(_ a: IngredientID, _ b: IngredientID) -> [Interaction] {
        entries.reversed().compactMap { $0.statement(a, b) }
    }
}

extension InteractionLayerIndex.Entry {
    fileprivate func statement(_ a: IngredientID, _ b: IngredientID) -> Interaction? {
        let one = numbers[Int(a.index)]
        let other = numbers[Int(b.index)]
        guard one >= 0, other >= 0, one != other, let row = pairs.statement(Int(one), Int(other)) else { return nil }
        return statements[row]
    }
}
