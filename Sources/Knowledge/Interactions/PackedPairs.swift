/// Millions of pairs of ingredients in a few arrays, so that they are read from a file as they are.
///
/// Ingredients are numbered by their RxNorm codes, ascending; the partners of each that come after it stand in one run,
/// ascending, each with the number of the statement that speaks of the pair. Six bytes a pair.
public struct PackedPairs: Sendable, Hashable {
    /// RxNorm codes, ascending, each once; never more than 65,536.
    public let rxcuis: [UInt32]
    /// Where the run of each ingredient begins, and at the end where the last one ends.
    public let starts: [UInt32]
    public let partners: [UInt16]
    public let statements: [UInt32]

    /// How many ingredients one packing can number.
    public static let greatestIngredientCount = 1 << 16

    /// The arrays as a file gave them back.
    ///
    /// - Returns: `nil` where they do not fit together: a run that goes backwards, a partner or a statement that is not there.
    public init?(rxcuis: [UInt32], starts: [UInt32], partners: [UInt16], statements: [UInt32], statementCount: Int) {
        guard starts.count == rxcuis.count + 1, starts.first == 0, starts.last == UInt32(exactly: partners.count),
            statements.count == partners.count, rxcuis.count <= Self.greatestIngredientCount,
            zip(rxcuis, rxcuis.dropFirst()).allSatisfy(<), zip(starts, starts.dropFirst()).allSatisfy(<=),
            partners.allSatisfy({ Int($0) < rxcuis.count }), statements.allSatisfy({ Int($0) < statementCount })
        else { return nil }
        self.rxcuis = rxcuis
        self.starts = starts
        self.partners = partners
        self.statements = statements
    }

    /// Packs pairs.
    ///
    /// - Parameters:
    ///   - keys: two RxNorm codes each, the smaller in the upper half; ascending, each once.
    ///   - statements: aligned with `keys`.
    /// - Returns: `nil` where there are too many ingredients, or the keys are not in order.
    public init?(keys: [UInt64], statements: [UInt32]) {
        guard keys.count == statements.count, keys.count < Int(UInt32.max) else { return nil }
        var codes: Set<UInt32> = []
        for key in keys {
            codes.insert(UInt32(key >> 32))
            codes.insert(UInt32(truncatingIfNeeded: key))
        }
        guard codes.count <= Self.greatestIngredientCount else { return nil }
        let rxcuis = codes.sorted()
        let numbers = Dictionary(uniqueKeysWithValues: rxcuis.enumerated().map { ($0.element, $0.offset) })
        var starts: [UInt32] = []
        starts.reserveCapacity(rxcuis.count + 1)
        var partners: [UInt16] = []
        partners.reserveCapacity(keys.count)
        var last: UInt64?
        for key in keys {
            if let last, key <= last { return nil }
            last = key
            guard let first = numbers[UInt32(key >> 32)], let second = numbers[UInt32(truncatingIfNeeded: key)], first < second
            else { return nil }
            while starts.count <= first { starts.append(UInt32(partners.count)) }
            partners.append(UInt16(second))
        }
        while starts.count <= rxcuis.count { starts.append(UInt32(partners.count)) }
        self.rxcuis = rxcuis
        self.starts = starts
        self.partners = partners
        self.statements = statements
    }

    public var count: Int { partners.count }

    /// The statement of two ingredients by their numbers; `nil` where the pair is not here.
    ///
    /// - Complexity: O(log partners): some twelve steps among five million pairs.
    func statement(_ one: Int, _ other: Int) -> Int? {
        let first = min(one, other)
        let wanted = UInt16(truncatingIfNeeded: max(one, other))
        guard first >= 0, first + 1 < starts.count else { return nil }
        var low = Int(starts[first])
        let end = Int(starts[first + 1])
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if partners[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return low < end && partners[low] == wanted ? Int(statements[low]) : nil
    }

    /// Every pair by RxNorm codes with its statement, the smaller code first, ascending.
    public func forEach(_ body: (_ a: Int, _ b: Int, _ statement: Int) -> Void) {
        for first in rxcuis.indices {
            for place in Int(starts[first])..<Int(starts[first + 1]) {
                body(Int(rxcuis[first]), Int(rxcuis[Int(partners[place])]), Int(statements[place]))
            }
        }
    }
}
