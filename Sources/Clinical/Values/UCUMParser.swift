/// Reads the grammar of UCUM: factors, units with prefixes and exponents, `.` and `/`, parentheses and annotations.
///
/// Products and quotients are read from left to right, `a/b.c` being `(a/b).c` as UCUM has it.
///
/// - Source: UCUM 2.1, chapter 2.2 (syntax rules).
struct UCUMParser {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    private let atoms: [String: UCUMAtom]

    init(_ code: String, atoms: [String: UCUMAtom]) {
        bytes = Array(code.utf8)
        self.atoms = atoms
    }

    /// The whole code as one unit.
    mutating func unit() throws(UnitError) -> UCUMTerm {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= 100 else { throw .tooComplex }
        let term = try term()
        guard position == bytes.count else { throw .malformed(offset: position) }
        return term
    }

    /// `component`, then any number of `.component` and `/component`; a `/` may stand first.
    private mutating func term() throws(UnitError) -> UCUMTerm {
        var product = UCUMTerm.one
        var exponent = take(UInt8(ascii: "/")) ? -1 : 1
        while true {
            let startsWithDigit = isDigit && !startsWithPowerOfTen
            product = try product.multiplied(by: try component(), to: exponent)
            if take(UInt8(ascii: ".")) {
                // `1.5` would be 1 times 5, which nobody means by it.
                guard !startsWithDigit || !isDigit || startsWithPowerOfTen else { throw .malformed(offset: position) }
                exponent = 1
            } else if take(UInt8(ascii: "/")) {
                exponent = -1
            } else {
                return product
            }
        }
    }

    private mutating func component() throws(UnitError) -> UCUMTerm {
        var term: UCUMTerm
        switch current {
        case UInt8(ascii: "{"):
            return try annotation()
        case UInt8(ascii: "("):
            term = try parenthesis()
        case _ where isDigit && !startsWithPowerOfTen:
            term = try integerFactor()
        default:
            term = try symbolWithExponent()
        }
        if current == UInt8(ascii: "{") { term = try term.multiplied(by: try annotation(), to: 1) }
        return term
    }

    private mutating func parenthesis() throws(UnitError) -> UCUMTerm {
        position += 1
        depth += 1
        guard depth <= 8 else { throw .tooComplex }
        let term = try term()
        guard take(UInt8(ascii: ")")) else { throw .malformed(offset: position) }
        depth -= 1
        return term
    }

    /// `{…}`: the number 1, but for the mark of body surface.
    private mutating func annotation() throws(UnitError) -> UCUMTerm {
        let start = position + 1
        while let byte = current, byte != UInt8(ascii: "}") {
            guard byte >= 32, byte < 127, byte != UInt8(ascii: "{") || position < start else {
                throw .malformed(offset: position)
            }
            position += 1
        }
        let words = bytes[start..<max(start, position)]
        guard take(UInt8(ascii: "}")) else { throw .malformed(offset: position) }
        return words.elementsEqual("1.73_m2".utf8) ? UCUMTerm(dimension: Dimension(.bodySurface)) : .one
    }

    private mutating func integerFactor() throws(UnitError) -> UCUMTerm {
        guard let value = digits(), let factor = Factor(Decimal(value)) else { throw .malformed(offset: position) }
        return UCUMTerm(factor: factor)
    }

    private mutating func symbolWithExponent() throws(UnitError) -> UCUMTerm {
        let start = position
        let symbol = try symbol()
        guard !symbol.isEmpty else { throw .malformed(offset: start) }
        let term = try meaning(of: symbol)
        guard let exponent = try exponent() else { return term }
        return try UCUMTerm.one.multiplied(by: term, to: exponent)
    }

    /// The name of a unit with its prefix: letters and signs, whole brackets, and `10*` or `10^`.
    private mutating func symbol() throws(UnitError) -> String {
        let start = position
        if startsWithPowerOfTen {
            position += 3
        } else {
            while let byte = current, !Self.ends(byte) {
                position += 1
                guard byte == UInt8(ascii: "[") else { continue }
                while let inner = current, inner != UInt8(ascii: "]") { position += 1 }
                guard take(UInt8(ascii: "]")) else { throw .malformed(offset: position) }
            }
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func exponent() throws(UnitError) -> Int? {
        let isNegative = take(UInt8(ascii: "-"))
        let isSigned = isNegative || take(UInt8(ascii: "+"))
        guard let value = digits() else {
            guard isSigned else { return nil }
            throw .malformed(offset: position)
        }
        guard value <= 99 else { throw .tooComplex }
        return isNegative ? -value : value
    }

    /// The atom of that name, or a metric one behind a prefix.
    private func meaning(of symbol: String) throws(UnitError) -> UCUMTerm {
        if let atom = atoms[symbol] { return atom.term }
        var refused = false
        for length in [1, 2] where symbol.utf8.count > length {
            let prefix = String(symbol.utf8.prefix(length)) ?? ""
            guard let power = UCUMPrefix.table[prefix],
                let atom = String(symbol.utf8.dropFirst(length)).flatMap({ atoms[$0] })
            else { continue }
            if atom.isMetric { return try atom.term.prefixed(by: power, symbol) }
            refused = true
        }
        if refused { throw .prefixNotAllowed(symbol) }
        throw .unknownUnit(symbol, suggestion: UnitAliases.components[symbol])
    }

    // MARK: Bytes

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private var isDigit: Bool { current.map { (48...57).contains($0) } ?? false }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    private var startsWithPowerOfTen: Bool {
        guard position + 3 <= bytes.count, bytes[position] == UInt8(ascii: "1"), bytes[position + 1] == UInt8(ascii: "0") else {
            return false
        }
        return bytes[position + 2] == UInt8(ascii: "*") || bytes[position + 2] == UInt8(ascii: "^")
    }

    /// A run of at most nine digits.
    private mutating func digits() -> Int? {
        let start = position
        var value = 0
        while let byte = current, (48...57).contains(byte) {
            guard position - start < 9 else { return nil }
            value = value * 10 + Int(byte - 48)
            position += 1
        }
        return position > start ? value : nil
    }

    private static func ends(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"),
            UInt8(ascii: "}"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "]"), UInt8(ascii: "="),
            UInt8(ascii: "\""), 0...32, 127...255:
            true
        default:
            false
        }
    }
}
