import Clinical
import Knowledge

/// Reads `NAME [DATE] [resolved [DATE] | suspected | refuted]`, or `uncoded WORDS`.
struct ProblemShorthand {
    let names: NameFinder

    func read(_ text: PlacedText) throws(ShorthandError) -> StatedProblem {
        var reader = WordReader(text)
        let what = try self.what(&reader)
        let onset = reader.takeDate()
        var standing = StatedProblem.Standing.active
        var ended: PartialDate?
        if let word = reader.next, let stated = StatedProblem.Standing(rawValue: word.text.lowercased()) {
            standing = stated
            reader.skip()
            if stated == .resolved { ended = reader.takeDate() }
        }
        if let word = reader.next {
            throw .notUnderstood(
                "`\(word.text)` is not understood here", at: word.bytes,
                help: ["after the problem come its date, then `resolved`, `suspected` or `refuted`: `asthma 2001-03-01 resolved`"])
        }
        return StatedProblem(what: what, onset: onset, standing: standing, ended: ended)
    }

    private func what(_ reader: inout WordReader) throws(ShorthandError) -> Stated<StatedName> {
        guard let word = reader.next else { throw .notUnderstood("no problem is named here", at: nil) }
        reader.skip()
        guard word.text.lowercased() == "uncoded" else {
            return .coded(try names.codeSet(.problem, word.text, at: word.bytes))
        }
        let words = reader.rest.prefix {
            $0.text.first?.isNumber != true && StatedProblem.Standing(rawValue: $0.text.lowercased()) == nil
        }
        reader.skip(words.count)
        return .uncoded(WordReader.join(words).text)
    }
}

/// Reads `NAME [DATE]`: a procedure done, or a vaccine given.
struct EventShorthand {
    let names: NameFinder
    let kind: CodeSetKind

    func read(_ text: PlacedText) throws(ShorthandError) -> StatedEvent {
        var reader = WordReader(text)
        guard let word = reader.next else { throw .notUnderstood("nothing is named here", at: nil) }
        reader.skip()
        let what = try names.codeSet(kind, word.text, at: word.bytes)
        let date = reader.takeDate()
        if let extra = reader.next {
            throw .notUnderstood(
                "`\(extra.text)` is not a date", at: extra.bytes, help: ["write `\(word.text) 2024-10-01`"])
        }
        if date == nil, kind == .vaccine {
            throw .notUnderstood(
                "the day on which `\(word.text)` was given is missing", at: word.bytes,
                help: ["write `\(word.text) 2024-10-01`"])
        }
        return StatedEvent(what: what, date: date)
    }
}

/// Reads `NAME VALUE UNIT [DATE]`; the value may have a comparator (`<5`), the date is today where none is written.
struct ResultShorthand {
    let names: NameFinder
    let today: CivilDate

    func read(_ text: PlacedText) throws(ShorthandError) -> StatedResult {
        var reader = WordReader(text)
        guard let name = reader.next else { throw .notUnderstood("no lab is named here", at: nil) }
        reader.skip()
        let (what, definition) = try names.lab(name.text, at: name.bytes)
        var rest = reader.rest
        var date: PartialDate?
        if let last = rest.last, rest.count > 1, last.text.utf8.count >= 4, let stated = PartialDate(last.text) {
            date = stated
            rest.removeLast()
        }
        let value = try quantity(rest, of: name, in: definition)
        return StatedResult(what: what, value: value, date: date ?? PartialDate(today))
    }

    /// The longer ones first, for `<` begins `<=`.
    private static let comparators: [Quantity.Comparator] = [.atMost, .atLeast, .below, .above]

    private func quantity(
        _ words: ArraySlice<PlacedText.Word>, of name: PlacedText.Word, in lab: LabDefinition
    ) throws(ShorthandError) -> Quantity {
        let (text, bytes) = WordReader.join(words)
        let unitHelp = "write `\(name.text) 1 \(lab.unit.description)`"
        guard let first = words.first else {
            throw .notUnderstood("`\(name.text)` has no value", at: name.bytes, help: [unitHelp])
        }
        let comparator = Self.comparators.first { text.hasPrefix($0.rawValue) }
        let number = text.dropFirst(comparator?.rawValue.count ?? 0).drop { $0 == " " }
        guard var value = Quantity(number) else {
            throw .notUnderstood("`\(text)` is not a number and a unit", at: bytes ?? first.bytes, help: [unitHelp])
        }
        value.comparator = comparator
        if value.unit == nil {
            // A ratio such as the INR has no unit to write.
            guard lab.unit.code == "1" else {
                throw .notUnderstood("`\(text)` has no unit", at: bytes ?? first.bytes, help: [unitHelp])
            }
            value.unit = lab.unit
        }
        return value
    }
}
