/// One unit that UCUM gives a symbol of its own.
struct UCUMAtom: Sendable {
    /// May stand behind a prefix.
    let isMetric: Bool
    let term: UCUMTerm

    /// Every atom by its case-sensitive symbol.
    static let table: [String: UCUMAtom] = {
        var atoms = base
        for row in definitions.split(separator: "\n") {
            let cells = row.split(separator: " ")
            guard cells.count == 4, let value = Decimal(cells[2]), let factor = Factor(value) else { continue }
            var parser = UCUMParser(String(cells[3]), atoms: atoms)
            guard let unit = try? parser.unit(), var term = try? UCUMTerm(factor: factor).multiplied(by: unit, to: 1) else {
                continue
            }
            term.masses = Sides(above: term.dimension == Dimension(.mass) ? 1 : 0)
            atoms[String(cells[0])] = UCUMAtom(isMetric: cells[1] == "metric", term: term)
        }
        return atoms
    }()

    /// The base units, the temperature scales, and the units that convert into nothing else.
    private static let base: [String: UCUMAtom] = {
        var atoms: [String: UCUMAtom] = [
            "m": UCUMAtom(.length), "g": UCUMAtom(.mass), "s": UCUMAtom(.time), "K": UCUMAtom(.temperature),
            "C": UCUMAtom(.charge), "cd": UCUMAtom(.luminousIntensity), "rad": UCUMAtom(.planeAngle),
            "eq": UCUMAtom(.equivalents),
            "mol": UCUMAtom(isMetric: true, term: UCUMTerm(dimension: Dimension(.amount), amounts: Sides(above: 1))),
            "10*": UCUMAtom(isMetric: false, term: UCUMTerm(factor: Factor(10) ?? .one)),
            "10^": UCUMAtom(isMetric: false, term: UCUMTerm(factor: Factor(10) ?? .one)),
            "Cel": scale(isMetric: true, Factor.one, zero: Decimal(coefficient: 27315, scale: 2)),
            "[degF]": scale(isMetric: false, Factor(5, over: 9), zero: Decimal(coefficient: 45967, scale: 2)),
        ]
        for symbol in arbitrary.split(separator: " ") {
            // Bel and neper take prefixes, as in `dB`.
            let isMetric = symbol.hasPrefix("B") || symbol == "Np"
            atoms[String(symbol)] = UCUMAtom(isMetric: isMetric, term: UCUMTerm(dimension: Dimension(arbitrary: String(symbol))))
        }
        atoms["[iU]"] = UCUMAtom(isMetric: true, term: UCUMTerm(dimension: Dimension(arbitrary: "[iU]")))
        atoms["[IU]"] = atoms["[iU]"]
        return atoms
    }()

    private init(isMetric: Bool, term: UCUMTerm) {
        self.isMetric = isMetric
        self.term = term
    }

    private init(_ base: Dimension.Base) {
        self.init(isMetric: true, term: UCUMTerm(dimension: Dimension(base), masses: Sides(above: base == .mass ? 1 : 0)))
    }

    /// - Source: UCUM 2.1, chapter 3.1 (special units on non-ratio scales): Cel and [degF] from the kelvin.
    private static func scale(isMetric: Bool, _ factor: Factor?, zero: Decimal) -> UCUMAtom {
        UCUMAtom(
            isMetric: isMetric,
            term: UCUMTerm(factor: factor ?? .one, dimension: Dimension(.temperature), offset: zero))
    }

    /// Arbitrary units (UCUM 2.1, chapter 3.2), and the special units on logarithmic
    /// and other scales: each is comparable with itself alone.
    private static let arbitrary = """
        [arb'U] [USP'U] [GPL'U] [MPL'U] [APL'U] [beth'U] [anti'Xa'U] [todd'U] [dye'U] [smgy'U] [bdsk'U] [ka'U] [knk'U] \
        [mclg'U] [tb'U] [CCID_50] [TCID_50] [EID_50] [PFU] [FFU] [CFU] [IR] [BAU] [AU] [Amb'a'1'U] [PNU] [Lf] [D'ag'U] \
        [FEU] [ELU] [EU] [hnsf'U] [pH] [p'diop] %[slope] [hp'_X] [hp'_C] [hp'_M] [hp'_Q] [hp_X] [hp_C] [hp_M] [hp_Q] \
        [kp_X] [kp_C] [kp_M] [kp_Q] B Np B[SPL] B[V] B[mV] B[uV] B[10.nV] B[W] B[kW] bit_s [m/s2/Hz^0.5] [degRe]
        """
}

/// The prefixes of UCUM and the powers of ten they stand for.
///
/// - Source: UCUM 2.1, chapter 4.1.
enum UCUMPrefix {
    static let table: [String: Int] = [
        "Y": 24, "Z": 21, "E": 18, "P": 15, "T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "da": 1,
        "d": -1, "c": -2, "m": -3, "u": -6, "n": -9, "p": -12, "f": -15, "a": -18, "z": -21, "y": -24,
    ]
}
