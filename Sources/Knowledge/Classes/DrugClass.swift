/// A named set of ingredients.
public struct DrugClass: Sendable, Hashable {
    /// As rules write it: `ssri-or-snri`, or the identifier of a class that has no such name.
    public let name: String
    /// In words: `proton pump inhibitors`.
    public let title: String
    /// Ascending, each once; members of the classes below it are members.
    public let members: [IngredientID]
    public let source: String
    /// True where two of its members together are two of the same.
    public let duplicateTherapy: Bool

    public init(name: String, title: String, members: [IngredientID], source: String, duplicateTherapy: Bool = false) {
        self.name = name
        self.title = title
        self.members = members
        self.source = source
        self.duplicateTherapy = duplicateTherapy
    }

    /// - Complexity: O(log members).
    public func contains(_ ingredient: IngredientID) -> Bool {
        members.containsSorted(ingredient)
    }
}

extension Array where Element: Comparable {
    /// Binary search in an ascending array.
    func containsSorted(_ element: Element) -> Bool {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < element { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == element
    }
}
