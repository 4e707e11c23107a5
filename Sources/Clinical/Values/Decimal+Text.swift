extension Decimal {
    /// The number written in `text` after the grammar of JSON numbers, and nothing else around it.
    ///
    /// `nil` for any other text (`7,2`, `.5`, `+1`, `01`), for more than 34 significant digits and for more than
    /// 400 places on either side of the point.
    ///
    /// - Source: RFC 8259 §6; FHIR R4, datatypes: decimal.
    public init?(_ text: some StringProtocol) {
        guard let value = text.withBytes(Decimal.whole) else { return nil }
        self = value
    }

    /// The number written in these bytes, as `init?(_:)` reads it.
    ///
    /// - Complexity: linear; allocates nothing.
    public init?(utf8: ArraySlice<UInt8>) {
        guard let value = utf8.withUnsafeBufferPointer(Decimal.whole) else { return nil }
        self = value
    }

    private static func whole(_ bytes: UnsafeBufferPointer<UInt8>) -> Decimal? {
        var reader = ByteReader(bytes)
        guard let value = prefix(&reader), reader.isAtEnd else { return nil }
        return value
    }

    /// The number that begins at the reader's position; the reader is left behind it.
    static func prefix(_ reader: inout ByteReader) -> Decimal? {
        let isNegative = reader.take(UInt8(ascii: "-"))
        var digits = DigitReader()
        guard let first = reader.digit else { return nil }
        if first == 0 {
            reader.position += 1
            guard reader.digit == nil else { return nil }
        } else {
            guard digits.take(from: &reader) != nil else { return nil }
        }
        var scale = 0
        if reader.take(UInt8(ascii: ".")) {
            guard let count = digits.take(from: &reader), count > 0 else { return nil }
            scale = count
        }
        if reader.take(UInt8(ascii: "e")) || reader.take(UInt8(ascii: "E")) {
            guard let exponent = exponent(&reader) else { return nil }
            scale -= exponent
        }
        guard abs(scale) <= 400 else { return nil }
        return Decimal(uncheckedCoefficient: isNegative ? 0 - digits.value : digits.value, scale: scale)
    }

    private static func exponent(_ reader: inout ByteReader) -> Int? {
        let isNegative = reader.take(UInt8(ascii: "-"))
        if !isNegative { _ = reader.take(UInt8(ascii: "+")) }
        guard reader.digit != nil else { return nil }
        var value = 0
        while let digit = reader.digit {
            value = min(value * 10 + Int(digit), 100_000)
            reader.position += 1
        }
        return isNegative ? -value : value
    }
}

/// Gathers digits: the first eighteen in a machine word, later ones in a wide number, 34 in all.
private struct DigitReader {
    private var low: UInt64 = 0
    private var wide: Int128 = 0
    private var significant = 0

    var value: Int128 { significant <= 18 ? Int128(low) : wide }

    /// Steps over a run of digits and gives its length; `nil` beyond 34 significant digits.
    mutating func take(from reader: inout ByteReader) -> Int? {
        let start = reader.position
        while let digit = reader.digit {
            reader.position += 1
            guard significant > 0 || digit > 0 else { continue }
            significant += 1
            if significant <= 18 {
                low = low &* 10 &+ UInt64(digit)
            } else {
                guard significant <= 34 else { return nil }
                if significant == 19 { wide = Int128(low) }
                wide = wide * 10 + Int128(digit)
            }
        }
        return reader.position - start
    }
}

extension Decimal: CustomStringConvertible {
    /// The number with the digits it was written with: `7.10`, `-0.5`, `1200`. Exponents appear only beyond
    /// 34 digits before the point or 40 behind it.
    public var description: String {
        let digits = Int64(exactly: coefficient).map { String($0.magnitude) } ?? String(coefficient.magnitude)
        let sign = isNegative ? "-" : ""
        if scale == 0 || (coefficient == 0 && scale < 0) { return sign + digits }
        if scale < 0 {
            guard digits.utf8.count - scale <= 34 else { return "\(sign)\(digits)e\(-scale)" }
            return sign + digits + String(repeating: "0", count: -scale)
        }
        guard scale <= 40 else { return "\(sign)\(digits)e-\(scale)" }
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
        return "\(sign)\(padded.dropLast(scale)).\(padded.suffix(scale))"
    }
}
