/// The units that records are full of, read once, so that most look-ups cost one hash.
enum UnitCatalog {
    /// By UCUM code.
    static let codes: [String: Unit] = {
        var units: [String: Unit] = ["1": .one]
        for code in common.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init) {
            units[code] = try? Unit(parsing: code)
        }
        for spelling in filtrationRates {
            units[spelling] = units["mL/min/\(BodySurface.code)"]
        }
        return units
    }()

    /// By listed alias.
    static let texts: [String: Unit] = {
        var units: [String: Unit] = [:]
        for (text, code) in UnitAliases.components.merging(UnitAliases.whole, uniquingKeysWith: { $1 }) {
            units[text] = codes[code] ?? (try? Unit(parsing: code))
        }
        return units
    }()

    private static let filtrationRates = [
        "mL/min/1.73m2", "mL/min/1.73.m2", "mL/min/1.73 m2", "mL/min/1.73_m2", "mL/min/{1.73m2}", "mL/min/{1.73 m2}",
        "mL/min/1.73m²", "mL/min/1.73 m²", "mL/min/1.73m^2", "mL/min/(1.73.m2)", "mL/min/[1.73_m2]",
    ]

    private static let common = """
        % g mg ug ng pg kg L dL mL uL m cm mm m2 s min h d wk mo a mol mmol umol nmol pmol eq meq ueq
        g/L g/dL mg/L mg/dL ug/L ug/dL ug/mL ng/L ng/dL ng/mL pg/mL mg/mL mg/g mg/mmol mmol/mol mol/L mmol/L umol/L nmol/L
        pmol/L meq/L U/L U/mL U [iU] m[iU]/L m[iU]/mL u[iU]/mL [iU]/L [iU]/mL [iU]/kg [USP'U] k[iU]/L
        /L /uL 10*3/uL 10*6/uL 10*9/L 10*12/L {cells}/uL fL pg mm/h
        kg/m2 mm[Hg] cm[H2O] kPa Cel [degF] K [lb_av] [oz_av] [in_i] [ft_i] /min {beats}/min {breaths}/min {INR} {score}
        mL/min L/min mL/min/{1.73_m2} mL/h mL/d L/d mL/kg mL/kg/h
        mg/kg ug/kg g/kg mg/d g/d ug/d mg/h ug/h ug/min mg/min mg/kg/d ug/kg/min ug/kg/h mg/kg/h mg/m2 meq/d meq/h
        [iU]/h [iU]/kg/h [iU]/d mmol/d mosm/kg mosm/L {tbl} {capsule} {puff} {dose} {drop} [drp] /d /wk ms [pH] cal kcal
        """
}
