import Testing

@testable import Clinical

struct UCUMAtomTests {
    /// A row that could not be read would be left out of the table in silence.
    @Test func everyDefinition_isInTheTable() {
        for row in UCUMAtom.definitions.split(separator: "\n") {
            let symbol = String(row.split(separator: " ").first ?? "")
            #expect(UCUMAtom.table[symbol] != nil, "\(row)")
        }
        #expect(UCUMAtom.table.count > 180)
    }

    @Test func everyAlias_isAUnit() throws {
        for (text, code) in UnitAliases.whole.merging(UnitAliases.components, uniquingKeysWith: { left, _ in left }) {
            #expect(try Unit(text: text) == Unit(ucum: code), "\(text)")
        }
        #expect(UnitCatalog.codes.values.allSatisfy { UnitCatalog.codes[$0.code] == $0 })
    }

    /// A word that UCUM reads as well would mean two things.
    @Test func aliases_areNotUCUM_unlessListedAsWhole() {
        for text in UnitAliases.components.keys where UnitAliases.whole[text] == nil {
            #expect((try? Unit(parsing: text)) == nil, "\(text)")
        }
    }

    @Test func factors_areInLowestTerms() throws {
        let minute = try #require(Factor(60))
        let hour = try #require(Factor(3600))
        let ratio = try #require(minute.divided(by: hour))
        #expect(try ratio.numerator == decimal("0.1") && ratio.denominator == 6)
        #expect(Factor(0) == nil && Factor(-1) == nil && Factor(1, over: 0) == nil)
        #expect(minute.raised(to: .min) == nil && minute.raised(to: 99) == nil && minute.raised(to: 0) == .one)
    }
}
