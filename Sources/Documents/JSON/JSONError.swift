/// Why a text is not JSON that we accept, and at which byte.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was wrong.
    public enum Problem: Sendable, Hashable {
        case empty
        case byteOrderMark
        case tooLarge(limit: Int)
        case tooDeep(limit: Int)
        case unexpected(byte: UInt8, expected: Expected)
        case unexpectedEnd(expected: Expected)
        case trailingContent
        case malformedNumber
        case invalidEscape
        case invalidUTF8
        /// A character below U+0020 as it is, or an escaped U+0000.
        case controlCharacter(UInt8)
        case loneSurrogate
        /// A key that its object already has; `first` is the byte where that one begins.
        case duplicateKey(String, first: Int)
    }

    /// What should have stood there.
    public enum Expected: String, Sendable, Hashable {
        case value = "a value"
        case key = "a key in double quotes"
        case colon = "`:`"
        case commaOrBrace = "`,` or `}`"
        case commaOrBracket = "`,` or `]`"
        case quote = "the closing `\"`"
    }

    public let problem: Problem
    /// The byte where it was noticed.
    public let offset: Int

    public init(_ problem: Problem, at offset: Int) {
        self.problem = problem
        self.offset = offset
    }

    /// One plain sentence, without the place.
    public var message: String {
        switch problem {
        case .empty: "the text is empty"
        case .byteOrderMark: "the text begins with a byte order mark; JSON is sent without one (RFC 8259 §8.1)"
        case .tooLarge(let limit): "the text is larger than \(limit) bytes"
        case .tooDeep(let limit): "arrays and objects stand more than \(limit) deep inside each other"
        case .unexpected(let byte, let expected): "expected \(expected.rawValue), found \(Self.name(byte))"
        case .unexpectedEnd(let expected): "the text ends where \(expected.rawValue) should stand"
        case .trailingContent: "something follows the end of the value"
        case .malformedNumber: "this is not a JSON number"
        case .invalidEscape: "this is no escape that JSON knows"
        case .invalidUTF8: "this is not valid UTF-8"
        case .controlCharacter(0): "a string must not hold U+0000"
        case .controlCharacter(let byte): "a string must not hold \(Self.name(byte)) unescaped"
        case .loneSurrogate: "half of a surrogate pair stands alone"
        case .duplicateKey(let key, _): "the key `\(Self.short(key))` occurs twice in this object"
        }
    }

    public var description: String { "\(message) (byte \(offset))" }

    /// The sentence with its place, and for a repeated key the place of the first: `line:column: sentence`.
    public func message(in source: Source) -> String {
        let place = source.position(of: offset)
        guard case .duplicateKey(_, let first) = problem else { return "\(place.line):\(place.column): \(message)" }
        let earlier = source.position(of: first)
        return "\(place.line):\(place.column): \(message), first at \(earlier.line):\(earlier.column)"
    }

    /// The sentence with its place in `bytes`.
    public func message(in bytes: [UInt8]) -> String {
        message(in: Source(name: "", bytes: bytes))
    }

    /// The error as a diagnostic of `source`, under the caller's code.
    public func diagnostic(code: String, in source: Source) -> Diagnostic {
        var diagnostic = Diagnostic(
            code: code, message: message, file: source.name, range: SourceRange(start: offset, end: offset + 1))
        if case .duplicateKey(let key, let first) = problem {
            let width = key.utf8.count + 2
            diagnostic.range = SourceRange(start: offset, end: offset + width)
            diagnostic.related = [
                .init(file: source.name, range: SourceRange(start: first, end: first + width), message: "first here")
            ]
        }
        return diagnostic
    }

    /// Texts of others are quoted only in part.
    private static func short(_ text: String) -> String {
        text.count > 40 ? String(text.prefix(39)) + "…" : text
    }

    private static func name(_ byte: UInt8) -> String {
        switch byte {
        case 0x21...0x7E: return "`\(Character(Unicode.Scalar(byte)))`"
        case 0x09: return "a tab"
        case 0x0A, 0x0D: return "a line break"
        case 0x20: return "a blank"
        default:
            let digits = String(byte, radix: 16, uppercase: true)
            return "byte 0x" + (digits.count < 2 ? "0" : "") + digits
        }
    }
}
