import Clinical
import Testing

struct DecimalTests {
    @Test(arguments: ["0", "7.10", "-0.5", "1200", "0.00", "123456789012345678901234567890.1234", "-9999999999999999999"])
    func text_comesBackAsItWas(_ text: String) throws {
        #expect(try decimal(text).description == text)
        #expect(Decimal(utf8: Array(text.utf8)[...])?.description == text)
    }

    @Test(arguments: [
        ("1e3", "1000"), ("1E+3", "1000"), ("12.5e-1", "1.25"), ("1e-7", "0.0000001"), ("-0", "0"), ("0e5", "0"),
        ("5E-05", "0.00005"), ("1.50e1", "15.0"), ("1e50", "1e50"), ("1e-50", "1e-50"),
    ])
    func exponents_areWrittenOut(_ text: String, _ expected: String) throws {
        #expect(try decimal(text).description == expected)
    }

    @Test(arguments: [
        "", "-", "+1", ".5", "1.", "01", "-01", "1e", "1e+", "1.e5", "7,2", "1 ", " 1", "1_000", "0x10", "NaN", "Infinity",
        "1e401", "1e-401", "1e99999999999999999999", "12345678901234567890123456789012345", "--1", "1.2.3", "١", "1\u{0}",
    ])
    func otherTexts_areRefused(_ text: String) {
        #expect(Decimal(text) == nil)
        #expect(Decimal(utf8: Array(text.utf8)[...]) == nil)
    }

    @Test func slices_keepTheirOwnBounds() {
        let bytes = Array("x:7.25,".utf8)
        #expect(Decimal(utf8: bytes[2..<6])?.description == "7.25")
        #expect(Decimal("x7.5y".dropFirst().dropLast())?.description == "7.5")
    }

    @Test func B17_oneAndOnePointZero_areEqual() throws {
        #expect(try decimal("1.0") == 1)
        #expect(try decimal("1.0").hashValue == decimal("1").hashValue)
        #expect(try Set([decimal("100"), decimal("1e2"), decimal("100.00")]).count == 1)
        #expect(try decimal("1.0").description == "1.0")
    }

    @Test func B17_tenthAndTwoTenths_areThreeTenths() throws {
        let sum = try #require(try decimal("0.1").adding(decimal("0.2")))
        #expect(try sum == decimal("0.3"))
        #expect(try !(sum > decimal("0.3")))
    }

    @Test func order_isExactAtAnyDistance() throws {
        #expect(try decimal("1e400") > decimal("1e-400"))
        #expect(try decimal("-1e400") < decimal("1e-400"))
        #expect(try decimal("0.1000000000000000000000000000000001") > decimal("0.1"))
        #expect(try decimal("9999999999999999999999999999999999") < decimal("1e34"))
        #expect(try decimal("-1") < 0 && decimal("0") > decimal("-1e-300"))
        #expect(Decimal(coefficient: 0, scale: 300) == 0)
    }

    @Test func arithmetic_isExactOrRefused() throws {
        #expect(try decimal("7.10").multiplied(by: decimal("2"))?.description == "14.20")
        #expect(try decimal("1").divided(by: decimal("8"))?.description == "0.125")
        #expect(try decimal("1").divided(by: decimal("3"), digits: 5)?.description == "0.33333")
        #expect(try decimal("2").divided(by: decimal("3"), digits: 5)?.description == "0.66667")
        #expect(try decimal("-2").divided(by: decimal("3"), digits: 3)?.description == "-0.667")
        #expect(try decimal("7.10").divided(by: 1)?.description == "7.10")
        #expect(try decimal("99.9999").divided(by: 1, digits: 2)?.description == "99.9999")
        #expect(try decimal("1").divided(by: decimal("0.000")) == nil)
        #expect(Decimal(0).divided(by: 7) == 0)
        let large = try decimal("9999999999999999999999999999999999")
        #expect(large.multiplied(by: large) == nil)
        #expect(try decimal("1e300").adding(decimal("1e-300")) == nil)
        #expect(try decimal("1e300").adding(0) == decimal("1e300"))
        #expect(try decimal("1000000000000000000000.0").multiplied(by: decimal("1000000000000000000000.0")) == decimal("1e42"))
    }

    @Test func division_byWideNumbers_isRight() throws {
        let wide = Decimal(coefficient: 99_999_999_999_999_999_999_999_999_999_999_999_999, scale: 0)
        #expect(wide.divided(by: wide) == 1)
        #expect(Decimal(1).divided(by: wide, digits: 3)?.description == "0.0000000000000000000000000000000000000100")
        let near = Decimal(coefficient: 99_999_999_999_999_999_999_999_999_999_999_999_998, scale: 0)
        #expect(near.divided(by: wide, digits: 10) == 1)
    }

    @Test(arguments: [
        ("2.5", 0, "3"), ("-2.5", 0, "-3"), ("2.45", 1, "2.5"), ("2.4499", 1, "2.4"), ("0.05", 1, "0.1"), ("7", 2, "7"),
        ("1250", -2, "1300"), ("1249", -2, "1200"), ("4", -3, "0"), ("0.4", 0, "0"), ("99.95", 1, "100.0"),
    ])
    func rounding_isHalfAwayFromZero(_ text: String, _ places: Int, _ expected: String) throws {
        #expect(try decimal(text).rounded(places: places).description == expected)
    }

    @Test func rounding_takesAnyPlaces() throws {
        #expect(try decimal("1.5").rounded(places: .min) == 0)
        #expect(try decimal("1.5").rounded(places: .max) == decimal("1.5"))
        #expect(try decimal("1.2345").rounded(significantDigits: 3).description == "1.23")
        #expect(try decimal("123456").rounded(significantDigits: 2).description == "120000")
    }

    @Test func doubles_comeFromTheirShortestForm() throws {
        #expect(Decimal(0.1, significantDigits: 17)?.description == "0.1")
        #expect(Decimal(5.0, significantDigits: 6)?.description == "5")
        #expect(Decimal(93.2847501, significantDigits: 4)?.description == "93.28")
        #expect(Decimal(1e-7, significantDigits: 3)?.description == "0.0000001")
        #expect(Decimal(1200.0, significantDigits: 3)?.description == "1200")
        #expect(Decimal(.nan, significantDigits: 3) == nil)
        #expect(Decimal(-.infinity, significantDigits: 3) == nil)
        #expect(Decimal(Double.greatestFiniteMagnitude, significantDigits: 5) != nil)
        #expect(Decimal(Double.leastNonzeroMagnitude, significantDigits: 5) != nil)
        #expect(try decimal("0.1").doubleValue == 0.1)
        #expect(try decimal("123456789012345678901234.5").doubleValue == 123456789012345678901234.5)
        #expect(try decimal("1e400").doubleValue == .infinity)
    }

    @Test func extremes_doNotTrap() {
        let least = Decimal(coefficient: .min, scale: .min)
        let most = Decimal(coefficient: .max, scale: .max)
        for value in [least, most, Decimal(Int.min), Decimal(Int.max), 0] {
            for other in [least, most, Decimal(Int.min), Decimal(Int.max), 0] {
                _ = value.adding(other)
                _ = value.subtracting(other)
                _ = value.multiplied(by: other)
                _ = value.divided(by: other, digits: .max)
                _ = value < other
                _ = value == other
            }
            _ = (value.negated, value.normalized, value.hashValue, value.description, value.doubleValue)
            _ = (value.rounded(places: 0), value.rounded(significantDigits: .min), value.withoutTrailingDecimals)
        }
    }

    // MARK: Properties

    @Test func property_textRoundTrip() throws {
        var random = Seeded(1)
        for _ in 0..<5000 {
            let value = Decimal(coefficient: Int128(Int64.random(in: .min ... .max, using: &random)), scale: .random(in: 0...30, using: &random))
            let back = try #require(Decimal(value.description))
            #expect(back == value && back.scale == value.scale)
            #expect(Decimal(utf8: Array(value.description.utf8)[...]) == value)
        }
    }

    @Test func property_subtractionUndoesAddition_divisionUndoesMultiplication() {
        var random = Seeded(2)
        for _ in 0..<5000 {
            let left = Decimal(coefficient: Int128(Int32.random(in: .min ... .max, using: &random)), scale: .random(in: -5...15, using: &random))
            let right = Decimal(coefficient: Int128(Int32.random(in: 1 ... .max, using: &random)), scale: .random(in: -5...15, using: &random))
            #expect(left.adding(right)?.subtracting(right) == left)
            #expect(left.multiplied(by: right)?.divided(by: right) == left)
            #expect(left.adding(right).map { $0 > left } == true)
            #expect((left < right) == (right > left) && (left == right) == (!(left < right) && !(right < left)))
        }
    }

    @Test func property_orderAgreesWithDoubles() {
        var random = Seeded(3)
        for _ in 0..<5000 {
            let (a, b) = (Int64.random(in: -1_000_000...1_000_000, using: &random), Int64.random(in: -1_000_000...1_000_000, using: &random))
            let (s, t) = (Int.random(in: 0...6, using: &random), Int.random(in: 0...6, using: &random))
            let (left, right) = (Decimal(coefficient: Int128(a), scale: s), Decimal(coefficient: Int128(b), scale: t))
            // Brought to six decimals, both are exact in 64 bits.
            func scaled(_ value: Int64, _ scale: Int) -> Int64 { (scale..<6).reduce(value) { product, _ in product * 10 } }
            #expect((left < right) == (scaled(a, s) < scaled(b, t)))
        }
    }

    @Test func property_anyBytes_neverTrap() {
        var random = Seeded(4)
        let alphabet = Array("0123456789.-+eE, \u{0}x".utf8)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...45, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            if let value = Decimal(utf8: bytes[...]) { #expect(Decimal(value.description) == value) }
        }
    }
}
