import Documents
import Knowledge

/// Facts picked by chance, for a person to trace each to its source.
///
/// Every table that cites sources is picked from equally often, so that the long ones do not crowd out the others. The same
/// tables, seed and count give the same facts.
public struct KnowledgeSample: Sendable {
    public struct Fact: Sendable, Hashable {
        /// `Knowledge/qt.csv:17`.
        public let place: String
        /// Columns that say something, and what they say; the source is not among them.
        public let cells: [Cell]
        public let source: String
    }

    public struct Cell: Sendable, Hashable {
        public let column: String
        public let text: String
    }

    public let facts: [Fact]

    /// - Throws: `KnowledgeStoreError.tables` where a table cannot be read.
    public init(tables directory: String, seed: UInt64, count: Int) throws(KnowledgeStoreError) {
        let folder = try TableFolder(directory)
        var chance = SplitMix(state: seed)
        let citing = KnowledgeTable.allCases.sorted { $0.rawValue < $1.rawValue }.compactMap { folder.documents[$0] }
            .filter { Self.sourceColumn(of: $0) != nil && $0.rowCount > 0 }
        var facts: [Fact] = []
        var taken: Set<String> = []
        // A table shorter than its share gives what it has.
        var misses = 0
        while facts.count < count, misses < 1_000, !citing.isEmpty {
            let table = citing[(facts.count + misses) % citing.count]
            let fact = Self.fact(chance.number(below: table.rowCount), of: table)
            if taken.insert(fact.place).inserted { facts.append(fact) } else { misses += 1 }
        }
        self.facts = facts.sorted { $0.place.utf8.lexicographicallyPrecedes($1.place.utf8) }
    }

    private static func sourceColumn(of table: CSVTable) -> Int? { table.column("source") ?? table.column("sources") }

    private static func fact(_ row: Int, of table: CSVTable) -> Fact {
        let source = sourceColumn(of: table) ?? 0
        let cells = table.header.indices.filter { $0 != source && !table.isEmpty(row, $0) }
            .map { Cell(column: table.header[$0], text: table.text(row, $0)) }
        let line = table.range(row, 0).map { Source(name: table.name, bytes: table.bytes).position(of: $0.start).line } ?? 0
        return Fact(place: "\(table.name):\(line)", cells: cells, source: table.text(row, source))
    }

    /// One fact after the other, for a person.
    public var text: String {
        facts.enumerated().map { number, fact in
            let cells = fact.cells.map { "\($0.column) \($0.text)" }.joined(separator: " · ")
            return "\(number + 1). \(fact.place)\n   \(cells)\n   source: \(fact.source)\n"
        }.joined()
    }
}

/// A fixed sequence of numbers that look like chance.
///
/// - Source: Steele, Lea, Flood: Fast splittable pseudorandom number generators. OOPSLA 2014, doi:10.1145/2660193.2660195.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 to one below `limit`, which is above 0; 0 where it is not.
    mutating func number(below limit: Int) -> Int {
        guard let limit = UInt64(exactly: limit), limit > 0 else { return 0 }
        return Int(next() % limit)
    }
}
