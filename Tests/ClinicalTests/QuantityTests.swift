import Clinical
import Testing

struct QuantityTests {
    /// HbA1c: NGSP % = 0.09148 × IFCC mmol/mol + 2.152 (NGSP master equation, Hoelzel et al. Clin Chem 2004;50:166).
    private func hemoglobinA1c() throws -> Analyte {
        let line = Analyte.Line(
            from: try Unit(ucum: "mmol/mol"), to: try Unit(ucum: "%"), slope: try decimal("0.09148"), intercept: try decimal("2.152"))
        return Analyte(lines: [line])
    }

    private func creatinine() throws -> Analyte { Analyte(molarMass: try decimal("113.12")) }
    private func glucose() throws -> Analyte { Analyte(molarMass: try decimal("180.156")) }

    @Test func B1_hemoglobinA1c_needsItsLine() throws {
        let value = try quantity("48 mmol/mol")
        #expect(try value.compare(.above, quantity("9 %"), as: hemoglobinA1c()) == .no)
        #expect(try value.converted(to: Unit(ucum: "%"), as: hemoglobinA1c()).get().rounded(places: 1).description == "6.5 %")
        #expect(try value.compare(.above, quantity("9 %")).kind == .unitNotConvertible)
        #expect(try value.compare(.above, quantity("4 %")).kind == .unitNotConvertible)
    }

    @Test func B2_hemoglobinA1c_throughItsLine() throws {
        let value = try quantity("65 mmol/mol")
        #expect(try value.compare(.above, quantity("7 %"), as: hemoglobinA1c()) == .yes)
        #expect(try value.converted(to: Unit(ucum: "%"), as: hemoglobinA1c()).get().rounded(places: 1).description == "8.1 %")
        // And back: 8.1 % is 65 mmol/mol.
        #expect(try quantity("8.1 %").converted(to: Unit(ucum: "mmol/mol"), as: hemoglobinA1c()).get().rounded(places: 0).description == "65 mmol/mol")
        #expect(try quantity("8.1 %").compare(.below, quantity("66 mmol/mol"), as: hemoglobinA1c()) == .yes)
        // At the boundary itself: 0.09148 × 50 + 2.152 = 6.726.
        #expect(try quantity("50 mmol/mol").compare(.equal, quantity("6.726 %"), as: hemoglobinA1c()) == .yes)
        #expect(try quantity("6.726 %").compare(.atLeast, quantity("50 mmol/mol"), as: hemoglobinA1c()) == .yes)
        #expect(try quantity("6.726 %").compare(.above, quantity("50 mmol/mol"), as: hemoglobinA1c()) == .no)
    }

    @Test func B3_creatinine_needsTheMolarMass() throws {
        let value = try quantity("106 umol/L")
        #expect(try value.compare(.above, quantity("1.5 mg/dL"), as: creatinine()) == .no)
        #expect(try value.converted(to: Unit(ucum: "mg/dL"), as: creatinine()).get().rounded(places: 1).description == "1.2 mg/dL")
        let unknown = try value.compare(.above, quantity("1.5 mg/dL"))
        #expect(unknown.kind == .unitNotConvertible)
        #expect(unknown.reason?.why == "`umol/L` cannot be converted to `mg/dL` without the molar mass of the substance")
        #expect(try quantity("1.2 mg/dL").converted(to: Unit(ucum: "umol/L"), as: creatinine()).get().rounded(places: 0).description == "106 umol/L")
        // 100 µmol/L is 1.1312 mg/dL exactly.
        #expect(try quantity("100 umol/L").compare(.equal, quantity("1.1312 mg/dL"), as: creatinine()) == .yes)
        #expect(try quantity("100 umol/L").compare(.above, quantity("1.1312 mg/dL"), as: creatinine()) == .no)
    }

    @Test func B4_glucose_isNoHypoglycaemia() throws {
        #expect(try quantity("5.5 mmol/L").compare(.below, quantity("70 mg/dL"), as: glucose()) == .no)
        #expect(try quantity("5.5 mmol/L").converted(to: Unit(ucum: "mg/dL"), as: glucose()).get().rounded(places: 0).description == "99 mg/dL")
    }

    @Test func albuminCreatinineRatio_throughCreatinine() throws {
        // 30 mg/g is 3.39 mg/mmol.
        let ratio = try quantity("30 mg/g").converted(to: Unit(ucum: "mg/mmol"), as: creatinine()).get()
        #expect(ratio.rounded(places: 2).description == "3.39 mg/mmol")
    }

    @Test func equivalents_needTheCharge() throws {
        let calcium = Analyte(molarMass: try decimal("40.078"), valence: 2)
        #expect(try quantity("2.5 mmol/L").converted(to: Unit(ucum: "meq/L"), as: calcium).get().description == "5.0 mEq/L")
        #expect(try quantity("5 meq/L").compare(.equal, quantity("2.5 mmol/L"), as: calcium) == .yes)
        #expect(try quantity("10 mg/dL").converted(to: Unit(ucum: "meq/L"), as: calcium).get().rounded(places: 2).description == "4.99 mEq/L")
        #expect(try quantity("3.5 meq/L").compare(.below, quantity("4 mmol/L")).reason?.why == "`meq/L` cannot be converted to `mmol/L` without the charge of the ion")
        let chloride = Analyte(valence: -1)
        #expect(try quantity("100 meq/L").compare(.equal, quantity("100 mmol/L"), as: chloride) == .yes)
        #expect(try quantity("100 meq/L").compare(.equal, quantity("100 mmol/L"), as: Analyte(valence: 0)).isUnknown)
        #expect(try quantity("1 mg/dL").compare(.above, quantity("1 mmol/L"), as: Analyte(molarMass: 0)).isUnknown)
    }

    @Test func B5_pounds_areNotKilograms() throws {
        #expect(try quantity("154 [lb_av]").compare(.below, quantity("50 kg")) == .no)
        #expect(try quantity("154 [lb_av]").converted(to: Unit(ucum: "kg")).get().description == "69.85322498 kg")
    }

    @Test func B6_listedText_orUnknown() throws {
        #expect(try quantity("154 lbs").compare(.below, quantity("50 kg")) == .no)
        let odd = Quantity(154, nil, unitText: "pfund")
        #expect(try odd.compare(.below, quantity("50 kg")) == .unknown(UnknownReason(.unitUnknown, "its unit is not one we know")))
        #expect(odd.compare(.below, Quantity(200, nil)).kind == .unitUnknown)
    }

    @Test func B7_fahrenheit() throws {
        #expect(try quantity("101 [degF]").compare(.atLeast, quantity("38 Cel")) == .yes)
        #expect(try quantity("100.4 [degF]").compare(.atLeast, quantity("38 Cel")) == .yes)
        #expect(try quantity("100.4 [degF]").compare(.above, quantity("38 Cel")) == .no)
        #expect(try quantity("100.3 [degF]").compare(.atLeast, quantity("38 Cel")) == .no)
    }

    @Test func B8_plateletCounts_areEqual() throws {
        let forms = try ["150 10*9/L", "150 10*3/uL", "150000 /uL", "150 K/uL"].map(quantity)
        for left in forms {
            for right in forms { #expect(left.compare(.equal, right) == .yes, "\(left) and \(right)") }
        }
    }

    @Test func B9_noUnit_isUnknownUnlessACountIsWanted() throws {
        let bare = try quantity("7.2")
        #expect(try bare.compare(.above, quantity("7 mmol/L")) == .unknown(UnknownReason(.noUnit, "no unit was stated")))
        #expect(try bare.compare(.above, quantity("7 %")).kind == .noUnit)
        #expect(try bare.compare(.above, quantity("7")) == .yes)
        #expect(try bare.compare(.above, quantity("7 {INR}")) == .yes)
        #expect(try quantity("7.2 {INR}").compare(.above, quantity("7")) == .yes)
        #expect(try quantity("7.2 mmol/L").compare(.above, quantity("7")).kind == .unitNotConvertible)
        #expect(try bare.converted(to: Unit(ucum: "kg")) == .failure(UnknownReason(.noUnit, "no unit was stated")))
        #expect(try bare.converted(to: .one).get().value == decimal("7.2"))
    }

    /// B10, B11, B12, B26: value, comparison, threshold, answer.
    @Test(arguments: [
        ("<5 ng/mL", Comparison.below, "10 ng/mL", "yes"), ("<5 ng/mL", .below, "3 ng/mL", "unknown"), ("<5 ng/mL", .above, "3 ng/mL", "unknown"),
        ("<5 ng/mL", .equal, "5 ng/mL", "no"), ("<5 ng/mL", .below, "5 ng/mL", "yes"), ("<5 ng/mL", .atMost, "5 ng/mL", "yes"),
        ("<5 ng/mL", .atLeast, "5 ng/mL", "no"), ("<5 ng/mL", .above, "5 ng/mL", "no"), ("<5 ng/mL", .equal, "3 ng/mL", "unknown"),
        ("<=5 ng/mL", .below, "5 ng/mL", "unknown"), ("<=5 ng/mL", .atMost, "5 ng/mL", "yes"), ("<=5 ng/mL", .atLeast, "5 ng/mL", "unknown"),
        ("<=5 ng/mL", .above, "5 ng/mL", "no"), ("<=5 ng/mL", .equal, "5 ng/mL", "unknown"), ("<=5 ng/mL", .equal, "6 ng/mL", "no"),
        (">300 mg/dL", .above, "250 mg/dL", "yes"), (">300 mg/dL", .above, "400 mg/dL", "unknown"), (">300 mg/dL", .above, "300 mg/dL", "yes"),
        (">300 mg/dL", .atLeast, "300 mg/dL", "yes"), (">300 mg/dL", .atMost, "300 mg/dL", "no"), (">300 mg/dL", .equal, "300 mg/dL", "no"),
        (">=300 mg/dL", .above, "300 mg/dL", "unknown"), (">=300 mg/dL", .atLeast, "300 mg/dL", "yes"), (">=300 mg/dL", .below, "300 mg/dL", "no"),
        (">=300 mg/dL", .atMost, "300 mg/dL", "unknown"), (">60 mL/min/1.73m2", .below, "30 mL/min/1.73m2", "no"),
        (">60 mL/min/1.73m2", .below, "90 mL/min/1.73m2", "unknown"), ("<5 ng/mL", .below, "0.01 mg/L", "yes"), ("<5 ng/mL", .above, "5 ug/L", "no"),
    ])
    func B10_B11_B12_B26_comparators(_ value: String, _ comparison: Comparison, _ threshold: String, _ expected: String) throws {
        let answer = try measured(value).compare(comparison, quantity(threshold))
        #expect(answer.description.prefix { $0 != ":" } == expected)
        #expect(answer.kind == (expected == "unknown" ? .comparator : nil))
    }

    /// The windows, checked against members of them.
    @Test func property_comparators_agreeWithTheirMembers() throws {
        let unit = try Unit(ucum: "mg/dL")
        for comparator in Quantity.Comparator.allCases {
            for threshold in [-3, 0, 3] {
                for comparison in Comparison.allCases {
                    let members = (-50...50).map { Decimal(coefficient: Int128($0), scale: 1) }.filter {
                        switch comparator {
                        case .below: $0 < 0
                        case .atMost: $0 <= 0
                        case .atLeast: $0 >= 0
                        case .above: $0 > 0
                        }
                    }
                    let limit = Quantity(Decimal(threshold), unit)
                    let answers = Set(members.map { Quantity($0, unit).compare(comparison, limit) })
                    let whole = Quantity(0, unit, comparator: comparator).compare(comparison, limit)
                    #expect(answers.count == 1 ? answers.first == whole : whole.isUnknown, "\(comparator) \(comparison) \(threshold)")
                }
            }
        }
    }

    @Test func B13_oneBoundAmongMany_isTheOnlyUnknown() throws {
        let values = try ["6 ng/mL", "<5 ng/mL", "2 ng/mL"].map(measured)
        let answers = try values.map { try $0.compare(.below, quantity("3 ng/mL")) }
        #expect(answers[0] == .no && answers[1].isUnknown && answers[2] == .yes)
        #expect(Truth.any(answers) == .yes && Truth.all(answers) == .no)
    }

    @Test func bounds_areKeptAndMirrored() throws {
        #expect(try measured("<5 ng/mL").converted(to: Unit(ucum: "ug/L")).get().description == "<5 mcg/L")
        let falling = Analyte(lines: [.init(from: try Unit(ucum: "[pH]"), to: try Unit(ucum: "%"), slope: -1, intercept: 100)])
        #expect(try measured("<5 [pH]").converted(to: Unit(ucum: "%"), as: falling).get().description == ">95 %")
        #expect(try measured("<5 [pH]").compare(.above, quantity("95 %"), as: falling) == .yes)
        #expect(try measured(">95 %").compare(.below, quantity("5 [pH]"), as: falling) == .yes)
        #expect(try quantity("5 [pH]").compare(.equal, quantity("95 %"), as: falling) == .yes)
        #expect(try quantity("4 [pH]").compare(.above, quantity("95 %"), as: falling) == .yes)
        #expect(try quantity("96 %").compare(.below, quantity("5 [pH]"), as: falling) == .yes)
        let level = Analyte(lines: [.init(from: try Unit(ucum: "[pH]"), to: try Unit(ucum: "%"), slope: 0, intercept: 1)])
        #expect(try quantity("5 [pH]").compare(.equal, quantity("1 %"), as: level).isUnknown)
    }

    @Test func B17_thresholds_areExactAtTheBoundary() throws {
        for (below, at, above) in [("6.9", "7.0", "7.1"), ("6.999999999999999999", "7", "7.000000000000000001")] {
            #expect(try Quantity(decimal(below), .one).compare(.atLeast, quantity("7.0")) == .no)
            #expect(try Quantity(decimal(at), .one).compare(.atLeast, quantity("7.0")) == .yes)
            #expect(try Quantity(decimal(at), .one).compare(.above, quantity("7.0")) == .no)
            #expect(try Quantity(decimal(above), .one).compare(.above, quantity("7.0")) == .yes)
        }
        // A minute is no decimal part of an hour: 60 mL/h is 1 mL/min, not 0.999….
        #expect(try quantity("60 mL/h").compare(.atLeast, quantity("1 mL/min")) == .yes)
        #expect(try quantity("7 ug/min").compare(.equal, quantity("10.08 mg/d")) == .yes)
        #expect(try quantity("1 mg/d").compare(.equal, quantity("0.000694444444444444444444444 mg/min")) == .no)
    }

    @Test func B20_internationalUnits_againstMilligrams() throws {
        let answer = try quantity("1 [iU]").compare(.above, quantity("1 mg"))
        #expect(answer.reason?.why == "`[iU]` cannot be converted to `mg`: one is [iU] units, the other a mass")
    }

    @Test(arguments: [
        ("5.5 mmol/L", "5.5 mmol/L"), ("1000 mg/day", "1000 mg/day"), ("8 %", "8 %"), ("8%", "8 %"), ("500", "500"), ("7.10 mg/dL", "7.10 mg/dL"),
        ("60 mL/min/1.73 m2", "60 mL/min/1.73m2"), ("72 bpm", "72 beats/min"), ("20 /min", "20/min"), ("5 mcg", "5 mcg"), ("-2 {score}", "-2 score"),
        ("70 units/kg", "70 IU/kg"), ("1e3 mg", "1000 mg"),
    ])
    func texts(_ text: String, _ expected: String) throws {
        #expect(try quantity(text).description == expected)
    }

    @Test(arguments: ["", "mg", "5 mgg", "<5 mg", "5mg", "7,2 mg", "5 see comment", "5 ", "NEG", "1-2 mg", " 5 mg"])
    func B14_otherTexts_areNoQuantities(_ text: String) {
        #expect(Quantity(text) == nil)
    }

    @Test func printing_neverShowsAnUnknownUnit() {
        #expect(Quantity(154, nil, unitText: "free text").description == "154")
    }

    @Test func tooLongNumbers_areUnknownAndDoNotTrap() throws {
        let long = Quantity(Decimal(coefficient: .max, scale: 0), try Unit(ucum: "[lb_av]"))
        #expect(try long.compare(.above, quantity("1 mg")).kind == .notComputable)
        #expect(try long.converted(to: Unit(ucum: "kg")).failure?.kind == .notComputable)
    }

    @Test func property_comparison_isTheSameInEitherUnit() throws {
        var random = Seeded(9)
        let masses = try ["mg", "g", "kg", "[lb_av]", "[oz_av]", "ug", "[gr]"].map { try Unit(ucum: $0) }
        for _ in 0..<2000 {
            let (from, to) = (masses.randomElement(using: &random) ?? masses[0], masses.randomElement(using: &random) ?? masses[1])
            let value = Decimal(coefficient: Int128(Int32.random(in: 1...1_000_000, using: &random)), scale: .random(in: 0...4, using: &random))
            let other = Decimal(coefficient: Int128(Int32.random(in: 1...1_000_000, using: &random)), scale: .random(in: 0...4, using: &random))
            let (left, right) = (Quantity(value, from), Quantity(other, to))
            #expect(left.compare(.above, right) == right.compare(.below, left))
            #expect(left.compare(.atLeast, right) == left.compare(.below, right).not)
            let back = from.convert(value, to: to).flatMap { to.convert($0, to: from) }
            #expect(back?.rounded(significantDigits: 15) == value)
        }
    }
}

extension Result where Success == Quantity, Failure == UnknownReason {
    fileprivate var failure: UnknownReason? {
        if case .failure(let reason) = self { reason } else { nil }
    }
}
