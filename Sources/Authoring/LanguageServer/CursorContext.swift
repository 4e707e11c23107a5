import Documents

/// Where a cursor stands in a text that may be half written: inside which keys, and what is being typed.
///
/// Read off the lines and their indentation, for while somebody types there is often no tree.
struct CursorContext: Sendable, Hashable {
    /// Keys from the outermost to the innermost map that holds the cursor.
    private(set) var path: [String] = []
    /// The key whose value is being typed; nothing where a key is.
    private(set) var valueOf: String?
    /// What is typed of it so far.
    private(set) var word = ""

    init(_ source: Source, offset: Int) {
        let number = source.position(of: offset).line
        let start = source.lineRange(number)?.start ?? 0
        let line = Line(source.text(in: SourceRange(start: start, end: offset)))
        path = Self.ancestors(of: line, above: number, in: source)
        scan(line.rest, key: line.key)
    }

    /// One line: how far its content is indented, its key, and what follows.
    private struct Line {
        let indent: Int
        let key: String?
        let rest: String

        init(_ text: String) {
            var content = text.drop { $0 == " " }
            while content.hasPrefix("- ") { content = content.dropFirst(2).drop { $0 == " " } }
            if content == "-" { content = "" }
            indent = text.count - content.count
            let name = content.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "." }
            let after = content.dropFirst(name.count)
            if !name.isEmpty, after == ":" || after.hasPrefix(": ") {
                key = String(name)
                rest = String(after.dropFirst().drop { $0 == " " })
            } else {
                key = nil
                rest = String(content)
            }
        }
    }

    private static func ancestors(of line: Line, above number: Int, in source: Source) -> [String] {
        var path: [String] = []
        var limit = line.indent
        for above in stride(from: number - 1, through: 1, by: -1) where limit > 0 {
            let text = source.lineText(above)
            guard text.contains(where: { $0 != " " }), text.drop(while: { $0 == " " }).first != "#" else { continue }
            let line = Line(text)
            guard line.indent < limit, let key = line.key else { continue }
            path.insert(key, at: 0)
            limit = line.indent
        }
        return path
    }

    /// Braces and brackets of the line up to the cursor.
    private mutating func scan(_ text: String, key: String?) {
        var frames: [(isMap: Bool, key: String?)] = []
        var pending = key
        var word = ""
        var quote: Character?
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            if let open = quote {
                if character == open { quote = nil } else { word.append(character) }
                continue
            }
            switch character {
            case "'" where word.allSatisfy(\.isWhitespace), "\"" where word.allSatisfy(\.isWhitespace):
                quote = character
            case "{", "[":
                frames.append((character == "{", pending))
                if character == "{" { pending = nil }
                word = ""
            case "}", "]":
                pending = frames.popLast()?.key ?? nil
                word = ""
            case ",":
                guard let frame = frames.last else {
                    word.append(character)
                    continue
                }
                pending = frame.isMap ? nil : frame.key
                word = ""
            case ":" where frames.last?.isMap == true && (index + 1 == characters.count || characters[index + 1] == " "):
                pending = word.filter { $0 != " " }
                word = ""
            default:
                word.append(character)
            }
        }
        path += frames.filter(\.isMap).compactMap(\.key)
        valueOf = pending
        self.word = String(word.drop { $0 == " " })
    }
}
