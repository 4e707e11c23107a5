/// A part of a text: byte offsets, half open.
public struct SourceRange: Sendable, Hashable {
    public var start: Int
    public var end: Int

    /// The bytes from `start` up to, not including, `end`; an end before the start counts as the start.
    public init(start: Int, end: Int) {
        self.start = start
        self.end = max(start, end)
    }

    /// The range that covers both.
    public func union(_ other: SourceRange) -> SourceRange {
        SourceRange(start: min(start, other.start), end: max(end, other.end))
    }
}

/// A named text: a rule file, a request.
///
/// Everywhere else places are byte ranges; only here do they become lines and columns.
public struct Source: Sendable {
    /// What messages call this text: a path, as the reader would type it.
    public let name: String
    /// The text's own bytes.
    public let bytes: [UInt8]
    /// Where each line begins; the first entry is always 0.
    private let lineStarts: [Int]

    /// Names a text. Lines end with LF, CR LF or a CR alone, as YAML 1.1 has it.
    ///
    /// - Complexity: O(n).
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == 0x0A || byte == 0x0D {
            if byte == 0x0D, offset + 1 < bytes.count, bytes[offset + 1] == 0x0A { continue }
            starts.append(offset + 1)
        }
        lineStarts = starts
    }

    /// Names a text given as a string.
    public init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// How many lines the text has; an empty text has one.
    public var lineCount: Int { lineStarts.count }

    /// The line and column of a byte, both counted from 1; columns count Unicode scalars.
    ///
    /// An offset beyond the text means its end.
    ///
    /// - Complexity: O(log lines + length of the line).
    public func position(of offset: Int) -> (line: Int, column: Int) {
        let offset = min(max(offset, 0), bytes.count)
        let line = index(ofLineAt: offset)
        var column = 1
        for byte in bytes[lineStarts[line]..<offset] where byte & 0xC0 != 0x80 { column += 1 }
        return (line + 1, column)
    }

    /// The text of a line, counted from 1, without its line break; empty where there is no such line.
    public func lineText(_ line: Int) -> String {
        guard let range = lineRange(line) else { return "" }
        return text(in: range)
    }

    /// The bytes of a line, counted from 1, without its line break; nil where there is no such line.
    public func lineRange(_ line: Int) -> SourceRange? {
        guard line >= 1, line <= lineStarts.count else { return nil }
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] : bytes.count
        while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return SourceRange(start: start, end: end)
    }

    /// The text of a range, cut to the source; invalid UTF-8 becomes U+FFFD.
    public func text(in range: SourceRange) -> String {
        let start = min(max(range.start, 0), bytes.count)
        let end = min(max(range.end, start), bytes.count)
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// Where a text first occurs inside a range: the way to point at one word of a longer scalar.
    public func range(of text: String, within range: SourceRange) -> SourceRange? {
        let wanted = Array(text.utf8)
        let limit = min(range.end, bytes.count) - wanted.count
        guard !wanted.isEmpty, range.start >= 0, limit >= range.start else { return nil }
        for start in range.start...limit where bytes[start] == wanted[0] {
            if bytes[start..<start + wanted.count].elementsEqual(wanted) {
                return SourceRange(start: start, end: start + wanted.count)
            }
        }
        return nil
    }

    /// The line, counted from 0, that holds `offset`.
    private func index(ofLineAt offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
