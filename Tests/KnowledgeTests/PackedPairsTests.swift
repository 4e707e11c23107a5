import Knowledge
import Testing

/// Pairs in arrays: what goes in comes out, and what does not fit together is refused.
@Suite struct PackedPairsTests {
    private func key(_ a: UInt64, _ b: UInt64) -> UInt64 { a << 32 | b }

    @Test func whatGoesInComesOut() throws {
        let keys = [key(3, 7), key(3, 9), key(7, 9), key(12, 4_000_000_000)]
        let packed = try #require(PackedPairs(keys: keys, statements: [0, 1, 0, 2]))
        var found: [[Int]] = []
        packed.forEach { found.append([$0, $1, $2]) }
        #expect(found == [[3, 7, 0], [3, 9, 1], [7, 9, 0], [12, 4_000_000_000, 2]])
        #expect(packed.count == 4)
        let read = PackedPairs(
            rxcuis: packed.rxcuis, starts: packed.starts, partners: packed.partners, statements: packed.statements, statementCount: 3)
        #expect(read == packed)
    }

    @Test func nothingIsEmptyAndWhole() throws {
        let packed = try #require(PackedPairs(keys: [], statements: []))
        #expect(packed.count == 0)
        #expect(packed.starts == [0])
    }

    @Test func whatDoesNotFitIsRefused() {
        #expect(PackedPairs(keys: [key(3, 7), key(3, 7)], statements: [0, 0]) == nil)
        #expect(PackedPairs(keys: [key(7, 3)], statements: [0]) == nil)
        #expect(PackedPairs(keys: [key(3, 7)], statements: []) == nil)
        #expect(PackedPairs(rxcuis: [3, 7], starts: [0, 1], partners: [1], statements: [0], statementCount: 1) == nil)
        #expect(PackedPairs(rxcuis: [3, 7], starts: [0, 1, 1], partners: [2], statements: [0], statementCount: 1) == nil)
        #expect(PackedPairs(rxcuis: [3, 7], starts: [0, 1, 1], partners: [1], statements: [1], statementCount: 1) == nil)
        #expect(PackedPairs(rxcuis: [7, 3], starts: [0, 1, 1], partners: [1], statements: [0], statementCount: 1) == nil)
        #expect(PackedPairs(rxcuis: [3, 7], starts: [1, 0, 1], partners: [1], statements: [0], statementCount: 1) == nil)
    }
}
