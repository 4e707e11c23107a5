/// Dense index of an ingredient in one knowledge base.
@frozen public struct IngredientID: Sendable, Hashable, Comparable {
    public let index: Int32

    @inlinable
    public init(index: Int32) {
        self.index = index
    }

    @inlinable
    public static func < (left: IngredientID, right: IngredientID) -> Bool { left.index < right.index }
}

/// A substance that acts: the base, without its salt.
public struct Ingredient: Sendable, Hashable {
    /// The RxNorm code of the ingredient (IN).
    public let rxcui: Int
    public let name: String

    public init(rxcui: Int, name: String) {
        self.rxcui = rxcui
        self.name = name
    }
}
