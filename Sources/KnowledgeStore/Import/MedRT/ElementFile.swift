/// An XML file of any size, read token by token: names of elements and the text between them.
///
/// Enough for releases that are lists of records: attributes, comments, declarations and processing instructions are passed
/// over. Memory stays at one piece plus the longest token, which may not exceed 1 MiB.
///
/// - Source: XML 1.0 §2.4, §2.5, §2.7, §4.6.
struct ElementFile {
    enum Token: Equatable {
        case open(String)
        case close(String)
        case text(String)
    }

    let path: String
    /// Counted from 1, where the next token begins.
    private(set) var line = 1
    private(set) var bytesRead = 0

    private var pieces: FilePieces
    private var buffer: [UInt8] = []
    private var at = 0
    /// The end of an element that closes itself, still to be told.
    private var pending: Token?

    private static let longestToken = 1 << 20

    init(_ path: String) throws(KnowledgeImportError) {
        self.path = path
        pieces = FilePieces(path)
        guard pieces.isOpen else { throw .unreadable(path: path, why: "there is no such file, or it may not be read") }
    }

    /// The next token; `nil` at the end.
    mutating func next() throws(KnowledgeImportError) -> Token? {
        if let token = pending {
            pending = nil
            return token
        }
        while true {
            if at >= buffer.count, !fill() { return nil }
            guard buffer[at] == UInt8(ascii: "<") else {
                let end = try place(of: "<", from: at) ?? buffer.count
                let text = Self.unescaped(take(upTo: end))
                if !text.allSatisfy(\.isWhitespace) { return .text(text) }
                continue
            }
            if try starts(with: "<!--") {
                try skip(past: "-->")
            } else if try starts(with: "<![CDATA[") {
                at += 9
                guard let end = try place(of: "]]>", from: at) else { throw unclosed() }
                let text = String(decoding: take(upTo: end), as: UTF8.self)
                at += 3
                return .text(text)
            } else if try starts(with: "<!") {
                try skip(past: ">")
            } else if try starts(with: "<?") {
                try skip(past: "?>")
            } else {
                return try element()
            }
        }
    }

    private mutating func element() throws(KnowledgeImportError) -> Token {
        guard let end = try place(of: ">", from: at) else { throw unclosed() }
        let inside = take(upTo: end).dropFirst()
        at += 1
        let isEnd = inside.first == UInt8(ascii: "/")
        let body = isEnd ? inside.dropFirst() : inside
        let name = String(decoding: body.prefix { $0 > 32 && $0 != UInt8(ascii: "/") }, as: UTF8.self)
        guard !name.isEmpty else { throw .malformed(path: path, line: line, why: "an element has no name") }
        if isEnd { return .close(name) }
        if inside.last == UInt8(ascii: "/") { pending = .close(name) }
        return .open(name)
    }

    // MARK: Bytes

    private func unclosed() -> KnowledgeImportError {
        .malformed(path: path, line: line, why: "the file ends within an element")
    }

    private mutating func skip(past mark: StaticString) throws(KnowledgeImportError) {
        guard let end = try place(of: mark, from: at) else { throw unclosed() }
        _ = take(upTo: end + mark.utf8CodeUnitCount)
    }

    private mutating func take(upTo end: Int) -> ArraySlice<UInt8> {
        let taken = buffer[at..<end]
        line += taken.count { $0 == UInt8(ascii: "\n") }
        at = end
        return taken
    }

    private mutating func starts(with mark: StaticString) throws(KnowledgeImportError) -> Bool {
        let count = mark.utf8CodeUnitCount
        while buffer.count - at < count, fill() {}
        guard buffer.count - at >= count else { return false }
        return mark.withUTF8Buffer { buffer[at..<at + count].elementsEqual($0) }
    }

    /// Where `mark` stands next; reads on until it is there, `nil` where the file ends first.
    private mutating func place(of mark: StaticString, from start: Int) throws(KnowledgeImportError) -> Int? {
        let count = mark.utf8CodeUnitCount
        var looked = start - at
        while true {
            let found = mark.withUTF8Buffer { wanted -> Int? in
                var index = at + looked
                while index + count <= buffer.count {
                    if buffer[index] == wanted[0], buffer[index..<index + count].elementsEqual(wanted) { return index }
                    index += 1
                }
                return nil
            }
            if let found { return found }
            looked = max(0, buffer.count - at - count + 1)
            guard buffer.count - at < Self.longestToken else {
                throw .malformed(path: path, line: line, why: "an element or a text is longer than 1 MiB")
            }
            guard fill() else { return nil }
        }
    }

    /// Adds the next piece; false at the end of the file.
    private mutating func fill() -> Bool {
        guard let piece = pieces.next() else { return false }
        buffer.removeFirst(at)
        at = 0
        buffer += piece
        bytesRead += piece.count
        return true
    }

    /// - Source: XML 1.0 §4.6, the predefined entities, and §4.1, character references.
    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.contains("&") else { return text }
        var plain = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "&"), let end = rest[start...].firstIndex(of: ";") {
            plain += rest[..<start]
            let name = rest[rest.index(after: start)..<end]
            plain += entity(name) ?? "&\(name);"
            rest = rest[rest.index(after: end)...]
        }
        return plain + rest
    }

    private static func entity(_ name: Substring) -> String? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.hasPrefix("#") else { return nil }
            let digits = name.dropFirst()
            let value = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return value.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
        }
    }
}
