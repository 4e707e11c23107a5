import Documents

/// A place as editors have it: line and character counted from 0, characters as UTF-16 code units.
///
/// - Source: Language Server Protocol 3.17, Position.
struct LinePosition: Sendable, Hashable {
    let line: Int
    let character: Int

    init(line: Int, character: Int) {
        self.line = line
        self.character = character
    }

    init?(_ node: JSONNode?) {
        guard let line = node?["line"]?.int, let character = node?["character"]?.int, line >= 0, character >= 0 else { return nil }
        self.init(line: line, character: character)
    }

    init(of offset: Int, in source: Source) {
        let line = source.position(of: offset).line
        let start = source.lineRange(line)?.start ?? 0
        self.init(line: line - 1, character: source.text(in: SourceRange(start: start, end: offset)).utf16.count)
    }

    /// The byte in a text; the end of the line where the character lies beyond it.
    func offset(in source: Source) -> Int {
        guard line < source.lineCount, let range = source.lineRange(line + 1) else { return source.bytes.count }
        var units = 0
        var offset = range.start
        for scalar in source.text(in: range).unicodeScalars {
            if units >= character { break }
            units += UTF16.width(scalar)
            offset += UTF8.width(scalar)
        }
        return min(offset, range.end)
    }

    var json: JSONValue { .object([("line", .int(line)), ("character", .int(character))]) }
}

extension SourceRange {
    func json(in source: Source) -> JSONValue {
        .object([("start", LinePosition(of: start, in: source).json), ("end", LinePosition(of: end, in: source).json)])
    }
}
