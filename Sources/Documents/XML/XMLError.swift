/// Why a text is not XML that we accept, and at which byte of `XMLDocument.bytes`.
public struct XMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was wrong.
    public enum Problem: Sendable, Hashable {
        case empty
        case tooLarge(limit: Int)
        case tooDeep(limit: Int)
        case tooManyAttributes(limit: Int)
        case tooManyNodes(limit: Int)
        /// An encoding that is declared and not read.
        case encoding(String)
        case malformedText(encoding: String)
        case unsupportedVersion(String)
        case doctype
        case undefinedEntity(String)
        case characterReference
        case forbiddenCharacter
        case expected(String)
        case unexpectedEnd(String)
        case mismatchedTag(open: String, close: String)
        case textOutsideRoot
        case secondRoot
        case cdataEnd
        case doubleHyphen
        case declarationNotFirst
        case lessThanInValue
        case unboundPrefix(String)
        case reservedPrefix(String)
        case duplicateAttribute(String)
    }

    public let problem: Problem
    /// The byte where it was noticed.
    public let offset: Int
    /// Line and column, both counted from 1, where they are known.
    public var place: (line: Int, column: Int)? { line > 0 ? (line, column) : nil }
    private var line = 0
    private var column = 0

    public init(_ problem: Problem, at offset: Int) {
        self.problem = problem
        self.offset = offset
    }

    /// The error with its line and column in the text that it is about.
    func placed(in bytes: [UInt8]) -> XMLError {
        var placed = self
        (placed.line, placed.column) = Source(name: "", bytes: bytes).position(of: offset)
        return placed
    }

    /// One plain sentence, without the place.
    public var message: String {
        switch problem {
        case .empty: "the text is empty"
        case .tooLarge(let limit): "the text is larger than \(limit) bytes"
        case .tooDeep(let limit): "elements stand more than \(limit) deep inside each other"
        case .tooManyAttributes(let limit): "more than \(limit) attributes or namespaces stand here"
        case .tooManyNodes(let limit): "there are more than \(limit) elements, attributes and texts"
        case .encoding(let name): "the encoding `\(Self.short(name))` is not read; send UTF-8, UTF-16 or ISO-8859-1"
        case .malformedText(let encoding): "this is not valid \(encoding)"
        case .unsupportedVersion(let version): "XML version `\(Self.short(version))` is not read; 1.0 is"
        case .doctype: "a document type declaration (DOCTYPE) is refused: it can define entities and reach outside of the document"
        case .undefinedEntity(let name):
            "the entity `&\(Self.short(name));` is refused: only lt, gt, amp, quot, apos and characters by number are read"
        case .characterReference: "this is no reference to a character that XML allows"
        case .forbiddenCharacter: "XML does not allow this character"
        case .expected(let what): "expected \(what)"
        case .unexpectedEnd(let what): "the text ends where \(what) should stand"
        case .mismatchedTag(let open, let close): "`</\(Self.short(close))>` stands where `</\(Self.short(open))>` should"
        case .textOutsideRoot: "text stands outside of the root element"
        case .secondRoot: "a second root element follows the first"
        case .cdataEnd: "`]]>` must not stand in text"
        case .doubleHyphen: "`--` must not stand in a comment"
        case .declarationNotFirst: "an XML declaration may stand only at the very beginning"
        case .lessThanInValue: "`<` must not stand in the value of an attribute"
        case .unboundPrefix(let prefix): "the prefix `\(Self.short(prefix))` is bound to no namespace"
        case .reservedPrefix(let prefix): "the prefix `\(Self.short(prefix))` cannot be bound so"
        case .duplicateAttribute(let name): "the attribute `\(Self.short(name))` occurs twice in this element"
        }
    }

    public var description: String { place.map { "\($0.line):\($0.column): \(message)" } ?? message }

    /// The error as a diagnostic of `source`, under the caller's code.
    public func diagnostic(code: String, in source: Source) -> Diagnostic {
        Diagnostic(code: code, message: message, file: source.name, range: SourceRange(start: offset, end: offset + 1))
    }

    /// Texts of others are quoted only in part.
    private static func short(_ text: String) -> String {
        text.count > 40 ? String(text.prefix(39)) + "…" : text
    }
}
