import Clinical
import Testing

struct UnitTests {
    @Test(arguments: [
        ("1", "g", "mg", "1000"), ("500", "mg", "g", "0.500"), ("1", "L", "mL", "1000"), ("1", "l", "L", "1"),
        ("5.7", "mg/dL", "g/L", "0.057"), ("1", "10*9/L", "10*3/uL", "1"), ("1", "10^9/L", "10*3/uL", "1"),
        ("60", "/min", "Hz", "1"), ("90", "mL/min", "L/h", "5.4"), ("1", "kg/m2", "g/cm2", "0.1"),
        ("1", "[lb_av]", "g", "453.59237"), ("1", "[oz_av]", "g", "28.349523125"), ("1", "[in_i]", "cm", "2.54"),
        ("6", "[ft_i]", "m", "1.8288"), ("1", "mm[Hg]", "Pa", "133.322"), ("120", "mm[Hg]", "kPa", "15.99864"),
        ("1", "cm[H2O]", "Pa", "98.0665"), ("1", "wk", "d", "7"), ("1", "a", "d", "365.25"), ("1", "mo", "d", "30.4375"),
        ("1", "cal", "J", "4.184"), ("1", "[Cal]", "kJ", "4.184"), ("1", "U", "nmol/s", "16.6666666666666666666667"),
        ("1", "kat", "mol/s", "1"), ("60", "U", "ukat", "1.0"), ("1", "osm", "mol", "1"), ("1", "[gal_us]", "L", "3.785411784"),
        ("1", "[foz_us]", "mL", "29.5735295625"), ("1", "[tsp_us]", "mL", "4.92892159375"), ("1", "[drp]", "mL", "0.05"),
        ("1", "[stone_av]", "kg", "6.35029318"), ("1", "%", "[ppth]", "10"), ("1", "mg/(24.h)", "mg/d", "1"),
        ("1", "g/(24.h)", "mg/h", "41.6666666666666666666667"), ("1", "daL", "dL", "100"), ("1", "ug/kg/min", "mg/kg/h", "0.06"),
        ("1", "m[iU]/L", "u[iU]/mL", "1"), ("1", "[IU]", "[iU]", "1"), ("1", "meq/L", "eq/m3", "1"), ("1", "g%", "g/dL", "1"),
        ("1", "[wood'U]", "[PRU]", "0.06"), ("1", "dyn.s/cm5", "Pa.s/m3", "100000"), ("1", "mg{creat}", "mg", "1"),
        ("1", "10*3/uL{WBC}", "10*9/L", "1"), ("1", "kg.m/s2", "N", "1"), ("1", "m2.s-2", "Gy", "1"), ("2", "/m", "[diop]", "2"),
        ("1", "Ym", "m", "1000000000000000000000000"), ("1", "g", "yg", "1000000000000000000000000"), ("1", "mm/h", "mm/h", "1"),
        ("42", "%", "L/L", "0.42"), ("3", "mg/kg", "ug/g", "3"), ("1", "J/kg", "Gy", "1"), ("1", "[psi]", "[lbf_av]/[in_i]2", "1"),
        ("180", "deg", "gon", "200"), ("1", "m", "[ft_us]", "3.28083333333333333333333"),
    ])
    func conversions_areExact(_ value: String, _ from: String, _ to: String, _ expected: String) throws {
        let result = try #require(try Unit(ucum: from).convert(decimal(value), to: Unit(ucum: to)))
        #expect(try result == decimal(expected), "\(value) \(from) = \(result) \(to)")
    }

    @Test(arguments: [
        ("37", "Cel", "[degF]", "98.6"), ("98.6", "[degF]", "Cel", "37.0"), ("0", "Cel", "K", "273.15"), ("-40", "Cel", "[degF]", "-40"),
        ("310.15", "K", "Cel", "37.00"), ("37000", "mCel", "Cel", "37"), ("212", "[degF]", "Cel", "100"),
    ])
    func B7_temperatures_haveTheirOwnZero(_ value: String, _ from: String, _ to: String, _ expected: String) throws {
        #expect(try Unit(ucum: from).convert(decimal(value), to: Unit(ucum: to)) == decimal(expected))
    }

    @Test(arguments: [
        ("mg", "mL"), ("mg/dL", "mmol/L"), ("meq/L", "mmol/L"), ("[iU]", "mg"), ("[iU]", "[USP'U]"), ("[iU]", "U"), ("mmol/mol", "%"),
        ("mL/min", "mL/min/{1.73_m2}"), ("mL/min/m2", "mL/min/{1.73_m2}"), ("[pH]", "1"), ("mol", "1"), ("kg", "kg/m2"),
        ("{tbl}", "mg"), ("[CFU]/mL", "{copies}/mL"), ("Cel", "J"), ("mmol/mol", "mmol/L"), ("B", "Np"),
        ("mg/kg", "{tbl}"), ("mg/kg/d", "/d"), ("mg/g", "%"), ("mg/g", "mmol/mol"), ("mmol/mol", "1"),
    ])
    func otherKinds_areNotCommensurable(_ from: String, _ to: String) throws {
        let (from, to) = try (Unit(ucum: from), Unit(ucum: to))
        #expect(!from.isCommensurable(with: to) && !to.isCommensurable(with: from))
        #expect(from.convert(1, to: to) == nil)
    }

    @Test(arguments: [
        "", "mcg", "IU", "lbs", "mEq", "cc", "mmHg", "K/ul ", " mg", "mg ", "mg//dL", "mg/", "/", "mg.", "(mg", "mg)", "{", "{a", "a}", "mg{a}b",
        "[lb", "lb]", "10*", "10*a", "kmin", "mmin", "dd", "mm(Hg)", "mg dL", "µg", "m+", "m-", "m2-", "MCG", "1.5", "Cel/m", "kg.Cel",
        "Cel2", "/Cel", "1.73m2", "mg%%", "é", "\u{0}", "m999", "5e3", "0", "((((((((((m))))))))))", "{a{b}}", "2mg",
    ])
    func B19_whatIsNotUCUM_isRefused(_ code: String) {
        // `10*` alone is the number ten, which UCUM allows.
        if code == "10*" { return }
        #expect(throws: UnitError.self) { try Unit(ucum: code) }
    }

    @Test func B19_caseMatters_andTheMessageHelps() throws {
        // MG is a megagauss.
        #expect(try !Unit(ucum: "MG").isCommensurable(with: Unit(ucum: "mg")))
        #expect(throws: UnitError.unknownUnit("mcg", suggestion: "ug")) { try Unit(ucum: "mcg") }
        #expect(throws: UnitError.prefixNotAllowed("kmin")) { try Unit(ucum: "kmin") }
        #expect(UnitError.unknownUnit("mcg", suggestion: "ug").description == "no unit is called `mcg`; UCUM writes it `ug`")
    }

    @Test func B20_arbitraryUnits_convertToNothingElse() throws {
        let units = try Unit(ucum: "[iU]")
        #expect(try units.convert(5, to: Unit(ucum: "k[iU]")) == decimal("0.005"))
        #expect(try units.convert(5, to: Unit(ucum: "mg")) == nil)
        #expect(units.convert(5, to: .one) == nil)
    }

    @Test func B21_annotations_areOne() throws {
        #expect(try Unit(ucum: "{tbl}").isPlainCount)
        #expect(try Unit(ucum: "mg{creat}").isCommensurable(with: Unit(ucum: "mg")))
        #expect(try Unit(ucum: "10*3/uL{WBC}").convert(150, to: Unit(ucum: "/uL")) == 150_000)
        #expect(try Unit(ucum: "{cells}/uL").convert(1, to: Unit(ucum: "10*6/L")) == 1)
    }

    @Test(arguments: [
        "mL/min/{1.73_m2}", "mL/min/1.73m2", "mL/min/1.73.m2", "mL/min/1.73 m2", "mL/min/1.73 m²", "mL/min/1.73m^2", "mL/min/(1.73.m2)",
        "mL/min/{1.73 m2}", "mL / min / 1.73 m2", "mL/min per 1.73 m2", "ml/min/1.73m2", "mL/minute/1.73m2",
    ])
    func filtrationRate_isOneUnitHoweverWritten(_ text: String) throws {
        let unit = try Unit(text: text)
        let canonical = try Unit(ucum: "mL/min/{1.73_m2}")
        #expect(unit.convert(60, to: canonical) == 60)
        #expect(unit.description.lowercased() == "ml/min/1.73m2")
        #expect(try !unit.isCommensurable(with: Unit(ucum: "mL/min")))
        if !text.hasPrefix("ml"), !text.contains("mL "), !text.contains("minute") { #expect(unit == canonical) }
    }

    @Test(arguments: [
        ("lbs", "[lb_av]"), ("mcg", "ug"), ("µg", "ug"), ("μg", "ug"), ("mEq/L", "meq/L"), ("mm Hg", "mm[Hg]"), ("mmHg", "mm[Hg]"),
        ("IU", "[iU]"), ("units", "[iU]"), ("IU/L", "[iU]/L"), ("units/L", "U/L"), ("%", "%"), ("mg/day", "mg/d"), ("mcg/day", "ug/d"),
        ("mmol/L", "mmol/L"), ("µmol/L", "umol/L"), ("μmol/L", "umol/L"), ("bpm", "{beats}/min"), ("/min", "/min"), ("K/uL", "10*3/uL"),
        ("K/µL", "10*3/uL"), ("x10E3/uL", "10*3/uL"), ("10e9/L", "10*9/L"), ("kg/m²", "kg/m2"), ("kg/m^2", "kg/m2"), ("cc", "mL"),
        ("mg / dL", "mg/dL"), ("°C", "Cel"), ("°F", "[degF]"), ("ft", "[ft_i]"), ("in", "[in_i]"), ("mg/24 h", "mg/d"), ("mg/24h", "mg/d"),
        ("units/kg/hr", "[iU]/kg/h"), ("mcg/kg/min", "ug/kg/min"), ("mIU/L", "m[iU]/L"), ("breaths/min", "{breaths}/min"),
        ("mg per day", "mg/d"), ("/mcL", "/uL"), ("cells/µL", "{cells}/uL"), ("mm/hr", "mm/h"), ("  mg/dL ", "mg/dL"), ("µIU/mL", "u[iU]/mL"),
    ])
    func B6_listedTexts_haveACode(_ text: String, _ code: String) throws {
        let unit = try Unit(text: text)
        #expect(unit.code == code)
        #expect(try unit == Unit(ucum: code))
    }

    @Test(arguments: ["", " ", "lbz", "tabletz", "mg of something", "see comment", "mcgg/day", "mg/dayy", "kilo gram", "7", "%%"])
    func B6_otherTexts_areRefused(_ text: String) {
        if text == "7" { return }
        #expect(throws: UnitError.self) { try Unit(text: text) }
    }

    @Test(arguments: [
        ("mL/min/{1.73_m2}", "mL/min/1.73m2"), ("ug/d", "mcg/day"), ("meq/L", "mEq/L"), ("mm[Hg]", "mmHg"), ("[iU]/L", "IU/L"), ("1", ""),
        ("{score}", "score"), ("10*3/uL", "10*3/uL"), ("mg{creat}", "mg"), ("Cel", "°C"), ("[lb_av]", "lb"), ("{cells}/uL", "cells/uL"),
        ("/min", "/min"), ("kg/m2", "kg/m2"), ("%", "%"),
    ])
    func printing_isForPeople(_ code: String, _ expected: String) throws {
        #expect(try Unit(ucum: code).description == expected)
    }

    @Test(arguments: [
        ("mg", "a mass"), ("mmol/L", "an amount concentration"), ("mg/dL", "a mass concentration"), ("L", "a volume"), ("%", "a number"),
        ("mL/min/{1.73_m2}", "a volume per time per 1.73 m² of body surface"), ("mm[Hg]", "a pressure"), ("mmol/mol", "a ratio of amounts"),
        ("[iU]", "[iU] units"), ("ug/kg/min", "a mass per mass and time"), ("[iU]/L", "[iU] units per volume"), ("kg.m2", "an area times mass"), ("mg/kg", "a mass per mass"),
    ])
    func dimensions_haveWords(_ code: String, _ words: String) throws {
        #expect(try Unit(ucum: code).dimension.words == words)
    }

    @Test func everyListedUnit_isReadable() throws {
        for code in ["deg", "'", "''", "gon", "[psi]", "[in_i'Hg]", "[MET]", "REM", "mCi", "kBq", "[ft_us]", "[degR]", "[S]", "[HPF]", "eV", "[kn_i]", "dB", "dB[SPL]"] {
            #expect(throws: Never.self) { try Unit(ucum: code) }
        }
    }

    @Test func property_anyText_neverTraps() {
        var random = Seeded(8)
        let pieces = ["mg", "m", "[", "]", "{", "}", "(", ")", "/", ".", "10*", "3", "-", "Cel", "L", "1.73", "m2", " ", "µ", "99", "k", "[iU]", "per", "é"]
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            guard let unit = try? Unit(text: text) else { continue }
            _ = (unit.description, unit.dimension.words, unit.convert(1, to: unit))
            #expect(unit.isCommensurable(with: unit))
            if let mg = try? Unit(ucum: "mg") { _ = (unit.convert(7, to: mg), mg.convert(7, to: unit)) }
        }
        #expect(throws: UnitError.self) { try Unit(ucum: String(repeating: "(", count: 100_000)) }
        #expect(throws: UnitError.self) { try Unit(text: String(repeating: "m.", count: 100_000)) }
        #expect(throws: UnitError.self) { try Unit(ucum: "Ym99.Ym99.Ym99") }
    }
}

/// UCUM's case-insensitive codes, where nothing else may be meant.
@Suite struct CaseInsensitiveUnitTests {
    @Test(arguments: [
        ("MG/DL", "mg/dL"), ("UMOL/L", "umol/L"), ("MEQ/L", "meq/L"), ("G/DL", "g/dL"), ("NG/ML", "ng/mL"), ("ML/MIN", "mL/min"), ("MG/HR", "mg/h"),
        ("10*3/UL", "10*3/uL"), ("MM[HG]", "mm[Hg]"), ("KG/M2", "kg/m2"), ("KG", "kg"), ("CM", "cm"), ("[LB_AV]", "[lb_av]"),
    ])
    func reads(_ code: String, _ unit: String) throws {
        #expect(Unit(caseInsensitive: code)?.code == unit)
        #expect(Unit(caseInsensitive: code).map { $0.isCommensurable(with: (try? Unit(ucum: unit)) ?? .one) } == true)
    }

    @Test(arguments: ["MG", "G", "PG/ML", "U/L", "mG/DL", "Mg/dL", "FOO/L", "MG/", "", "/", "MG//DL", "M4", "MG/DL/", "STONE"])
    func refuses(_ code: String) {
        #expect(Unit(caseInsensitive: code) == nil)
    }
}
