/// A piece of a message: a field, one of its repetitions, a component or a subcomponent.
///
/// Nothing is decoded until the text is asked for, so that an escaped delimiter never delimits.
struct HL7Value {
    let bytes: ArraySlice<UInt8>
    let encoding: MessageEncoding

    /// How many repetitions of one field are read.
    private static let repetitionLimit = 1000

    /// True where the sender says that there is nothing: the delete indicator.
    ///
    /// - Source: HL7 v2.9, chapter 2.5.3.5: `""` removes the value on record.
    var isDeleted: Bool { bytes.elementsEqual("\"\"".utf8) }

    /// True where something is said: neither empty, blank, nor deleted.
    var saysSomething: Bool { !isDeleted && bytes.contains { $0 != 0x20 && $0 != 0x09 } }

    /// The component of a number, from 1.
    func component(_ number: Int) -> HL7Value { part(number, by: encoding.component) }

    /// The subcomponent of a number, from 1.
    func subcomponent(_ number: Int) -> HL7Value { part(number, by: encoding.subcomponent) }

    /// The repetitions that say something.
    var repetitions: [HL7Value] {
        guard let delimiter = encoding.repetition else { return saysSomething ? [self] : [] }
        return bytes.split(separator: delimiter, maxSplits: Self.repetitionLimit)
            .map { HL7Value(bytes: $0, encoding: encoding) }.filter(\.saysSomething)
    }

    /// The first repetition, also where it says nothing.
    var first: HL7Value { part(1, by: encoding.repetition) }

    /// The text, unescaped and without blanks at its ends; nothing where nothing is said.
    var text: String? {
        guard saysSomething else { return nil }
        var plain = EscapeSequences.plain(bytes, encoding)[...]
        while let last = plain.last, last == 0x20 || last == 0x0A { plain.removeLast() }
        plain = plain.drop { $0 == 0x20 || $0 == 0x0A }
        return plain.isEmpty ? nil : String(decoding: plain, as: UTF8.self)
    }

    private func part(_ number: Int, by delimiter: UInt8?) -> HL7Value {
        guard let delimiter else { return number == 1 ? self : HL7Value(bytes: [], encoding: encoding) }
        var rest = bytes, left = number
        while left > 1 {
            guard let cut = rest.firstIndex(of: delimiter) else { return HL7Value(bytes: [], encoding: encoding) }
            rest = rest[(cut + 1)...]
            left -= 1
        }
        return HL7Value(bytes: rest.prefix { $0 != delimiter }, encoding: encoding)
    }
}
