import Clinical

/// Reads how much: `5 mg`, `500mg`, `0.5 mL`, `1-2 tablets`.
enum DoseShorthand {
    /// Takes a dose if a number comes next.
    static func take(from reader: inout WordReader) throws(ShorthandError) -> StatedDose? {
        guard let word = reader.next, word.text.utf8.first.map(isDigit) == true else { return nil }
        let number = word.text.prefix { $0 == "." || $0 == "-" || $0.utf8.first.map(isDigit) == true }
        guard let (low, high) = decimals(number) else {
            throw .notUnderstood("`\(word.text)` is not an amount", at: word.bytes)
        }
        let glued = String(word.text.dropFirst(number.count))
        guard let unitWord = glued.isEmpty ? reader.peek(1) : word else {
            throw .notUnderstood("the dose `\(word.text)` has no unit", at: word.bytes, help: ["write `\(word.text) mg`"])
        }
        let text = glued.isEmpty ? unitWord.text : glued
        guard let unit = DoseUnit(text) else {
            throw .notUnderstood(
                "`\(text)` is not a unit of a dose", at: unitWord.bytes, label: "a unit was expected here",
                help: ["write `mg`, `mcg`, `g`, `mL`, `units` or a form such as `tablets`"])
        }
        reader.skip(glued.isEmpty ? 2 : 1)
        return StatedDose(low: low, high: high, unit: unit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func decimals(_ text: Substring) -> (Decimal, Decimal?)? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let low = parts.first.flatMap({ Decimal($0) }) else { return nil }
        if parts.count == 1 { return (low, nil) }
        guard parts.count == 2, let high = Decimal(parts[1]), low <= high else { return nil }
        return (low, high)
    }
}
