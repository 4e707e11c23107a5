/// A character that does not belong in a rule file: it looks like another, like none, or cannot be read.
struct UnusualCharacter {
    enum Kind: Hashable {
        /// Malformed, or a control character.
        case encoding
        /// A blank that is not the blank.
        case space
        /// Nothing to see.
        case invisible
        /// Turns the direction in which the following is shown, so that a rule reads other than it is.
        case direction
        /// Ends a line for YAML, but not for most editors.
        case lineBreak
    }

    let kind: Kind
    /// As a message calls it.
    let name: String
    /// Whether libyaml refuses it, or takes it for a line break.
    let stopsLibyaml: Bool

    /// Nil for an ordinary character.
    init?(_ bytes: ArraySlice<UInt8>, isWellFormed: Bool) {
        guard isWellFormed, let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first else {
            (kind, name, stopsLibyaml) = (.encoding, "bytes that are not UTF-8", true)
            return
        }
        guard let (kind, name) = Self.meaning(of: scalar.value) else { return nil }
        self.kind = kind
        self.name = "\(name) (\(Self.codePoint(scalar.value)))"
        stopsLibyaml = kind == .encoding || kind == .lineBreak || scalar.value == 0xFEFF
    }

    /// - Source: The Unicode Standard 15.0, ch. 6.2 (spaces), 23.2 (layout controls); YAML 1.1 §4.1.
    private static func meaning(of value: UInt32) -> (Kind, String)? {
        switch value {
        case 0x09: nil
        case 0..<0x20, 0x7F...0x84, 0x86...0x9F, 0xFFFE, 0xFFFF: (.encoding, "a control character")
        case 0x85, 0x2028, 0x2029: (.lineBreak, "a line break that most editors do not show")
        case 0xA0: (.space, "a non-breaking space")
        case 0x202F: (.space, "a narrow non-breaking space")
        case 0x2007: (.space, "a figure space")
        case 0x3000: (.space, "an ideographic space")
        case 0x1680, 0x2000...0x200A, 0x205F: (.space, "a typographic space")
        case 0xAD: (.invisible, "a soft hyphen")
        case 0x200B: (.invisible, "a zero-width space")
        case 0x2060: (.invisible, "a word joiner")
        case 0xFEFF: (.invisible, "a zero-width non-breaking space")
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: (.direction, "a mark that turns the reading direction")
        default: nil
        }
    }

    private static func codePoint(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    func diagnostic(in source: Source, at range: SourceRange) -> Diagnostic {
        let help: String
        switch kind {
        case .encoding: help = "save the file as UTF-8, and remove what cannot be typed"
        case .space: help = "type an ordinary blank instead; this one often comes from a word processor or a web page"
        case .invisible, .direction: help = "delete it; it often comes along when text is pasted"
        case .lineBreak: help = "delete it and begin a new line with the return key"
        }
        return Diagnostic(
            code: kind == .encoding ? "V109" : "V105", message: "here stands \(name)", file: source.name, range: range,
            label: kind == .encoding ? nil : "looks like nothing or a blank, but is not", help: [help])
    }
}
