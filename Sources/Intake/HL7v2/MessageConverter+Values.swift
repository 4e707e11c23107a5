import Clinical
import Documents

extension MessageConverter {
    // MARK: Times

    /// A date or dateTime; what is none is noted.
    mutating func time(_ segment: HL7Segment, _ field: Int) -> HL7Time? {
        time(segment[field].component(1), segment, field)
    }

    mutating func time(_ value: HL7Value, _ segment: HL7Segment, _ field: Int) -> HL7Time? {
        guard let written = value.subcomponent(1).text else { return nil }
        guard let time = HL7Time(written, senderZone: senderZone) else {
            note(segment, field, "not a time of HL7 v2; passed over")
            return nil
        }
        if time.hasLostTime { note(segment, field, "a time without its minutes or a zone; counted by its day") }
        return time
    }

    /// The same as a value of FHIR.
    mutating func date(_ segment: HL7Segment, _ field: Int) -> JSONValue? {
        time(segment, field).map { .string($0.text) }
    }

    // MARK: Codes

    /// A coded element with up to three codes, or words only; nothing where nothing is said.
    ///
    /// A code of the sender's own, or without a system, keeps its words and loses nothing, but means nothing by itself; that is noted.
    ///
    /// - Parameter table: the table of HL7 that holds where no system is named, and the words of its codes.
    /// - Source: HL7 v2.9, chapter 2A.3.17 (CWE); the map of CWE to CodeableConcept.
    mutating func concept(
        _ value: HL7Value, _ segment: HL7Segment, _ field: Int, table: (number: String, words: (String) -> String?)? = nil,
        system fallback: String? = nil, notesLocal: Bool = true
    ) -> JSONValue? {
        var codings: [JSONValue] = [], isKnown = false, isNamed = false
        for (code, words, name, oid) in [(1, 2, 3, 14), (4, 5, 6, 17), (10, 11, 12, 20)] {
            guard let text = value.component(code).text else { continue }
            let word = value.component(name).text
            var system = word.flatMap { CodingSystems.uri(named: $0) } ?? value.component(oid).text.flatMap { CodingSystems.uri(oid: $0) }
            var display = value.component(words).text
            if word == nil, system == nil, code == 1 { system = fallback }
            if let table, system == nil && word == nil || system == CodingSystems.table(table.number), let meaning = table.words(text) {
                system = CodingSystems.table(table.number)
                display = meaning
            }
            isKnown = isKnown || system != nil
            isNamed = isNamed || word.map { !CodingSystems.isLocal($0) } == true
            codings.append(.compact([("system", .text(system)), ("code", .string(text)), ("display", .text(display))]))
        }
        // A code alone, without words or a system, is often the words.
        let words = value.component(9).text ?? value.component(2).text ?? value.component(5).text
            ?? (value.component(3).saysSomething ? nil : value.component(1).text)
        if notesLocal, !codings.isEmpty, !isKnown {
            note(segment, field, isNamed ? "a code of a system that is not known here" : "a code of the sender's own, or of no system named")
        }
        guard !codings.isEmpty || words != nil else { return nil }
        return .compact([("coding", .array(codings)), ("text", .text(words))])
    }

    /// The concept of a field's first repetition.
    mutating func concept(_ segment: HL7Segment, _ field: Int) -> JSONValue? { concept(segment[field], segment, field) }

    // MARK: Amounts

    /// A Quantity of a number and a coded unit; nothing where there is no number.
    mutating func quantity(_ number: HL7Value, _ unit: HL7Value, _ segment: HL7Segment, _ field: Int) -> JSONValue? {
        guard let text = number.text else { return nil }
        guard let number = HL7Number(text) else {
            note(segment, field, "not a number; passed over")
            return nil
        }
        return quantity(number, unit, segment, field)
    }

    mutating func quantity(_ number: HL7Number, _ unit: HL7Value, _ segment: HL7Segment, _ field: Int) -> JSONValue {
        .compact([("value", .number(number.digits)), ("comparator", .text(number.comparator))] + self.unit(unit, segment, field))
    }

    /// A Range, or the Quantity where only one end is stated or both are the same.
    mutating func amount(
        low: Int, high: Int, unit: Int, _ segment: HL7Segment
    ) -> (name: String, value: JSONValue)? {
        let units = segment[unit]
        let least = quantity(segment[low].component(1), units, segment, low)
        guard segment[high].saysSomething, let most = quantity(segment[high].component(1), units, segment, high) else {
            return least.map { ("doseQuantity", $0) }
        }
        guard let least, least != most else { return ("doseQuantity", most) }
        return ("doseRange", .object([("low", least), ("high", most)]))
    }

    /// The members that say the unit: a UCUM code, else the words that a unit can be made of.
    ///
    /// A local code and its words can contradict each other; where both are units and differ, the unit is not known.
    private mutating func unit(_ value: HL7Value, _ segment: HL7Segment, _ field: Int) -> [(String, JSONValue?)] {
        let code = value.component(1).text, words = value.component(2).text
        let system = value.component(3).text.flatMap { CodingSystems.uri(named: $0) }
        if let code, system == CodeSystem.ucum.uri {
            return [("unit", .text(words ?? code)), ("system", .string(CodeSystem.ucum.uri)), ("code", .string(code))]
        }
        // A bare number is a unit for UCUM, and a local code for everybody else.
        let read = [code, words].compactMap { $0 }.filter { HL7Number($0) == nil }
            .compactMap { text in (try? Clinical.Unit(text: text)).map { (text, $0) } }
        if read.count == 2, read[0].1.code != read[1].1.code {
            note(segment, field, "its unit is one by its code and another by its words; not known")
            return []
        }
        return [("unit", .text(read.first?.0 ?? words ?? code))]
    }
}
