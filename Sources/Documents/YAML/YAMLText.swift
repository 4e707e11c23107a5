/// A YAML text as libyaml gets to see it: the author's, with the spots covered that it would stumble over.
///
/// Covers keep every byte in its place, so offsets need no translation.
struct YAMLText {
    /// A spot to cover, and with what.
    struct Cover: Hashable {
        var range: SourceRange
        var byte = UInt8(ascii: " ")
        /// Whether plain text over this spot is to be taken from the author's bytes.
        var restores = false
    }

    let source: Source
    /// As long as the source's.
    private(set) var bytes: [UInt8]
    /// Where libyaml begins to read: after a byte order mark.
    let start: Int
    private var restored: [SourceRange] = []

    init(source: Source, start: Int) {
        self.source = source
        self.start = start
        bytes = source.bytes
    }

    /// Covers the spots, line breaks excepted; whether that changed anything.
    mutating func cover(_ covers: [Cover]) -> Bool {
        var changed = false
        for cover in covers {
            for offset in max(0, cover.range.start)..<max(0, min(cover.range.end, bytes.count))
            where bytes[offset] != 0x0A && bytes[offset] != 0x0D && bytes[offset] != cover.byte {
                bytes[offset] = cover.byte
                changed = true
            }
            if cover.restores { restored.append(cover.range) }
        }
        return changed
    }

    /// The author's own text for a plain scalar that lies over a cover; nil if none does.
    func restoredText(in range: SourceRange) -> String? {
        guard restored.contains(where: { $0.start < range.end && range.start < $0.end }) else { return nil }
        return source.text(in: range)
    }

    // MARK: Lines

    func byte(_ offset: Int) -> UInt8? {
        bytes.indices.contains(offset) ? bytes[offset] : nil
    }

    /// The line around `offset`, without its line break.
    func line(at offset: Int) -> SourceRange {
        let offset = min(max(offset, 0), bytes.count)
        var start = offset
        while start > self.start, !isBreak(bytes[start - 1]) { start -= 1 }
        var end = offset
        while end < bytes.count, !isBreak(bytes[end]) { end += 1 }
        return SourceRange(start: start, end: end)
    }

    /// The first byte at or after `offset`, before `end`, that is no blank.
    func firstInk(from offset: Int, to end: Int) -> Int {
        var offset = offset
        while offset < end, bytes[offset] == UInt8(ascii: " ") || bytes[offset] == UInt8(ascii: "\t") { offset += 1 }
        return offset
    }

    /// The last byte before `offset` on its line that is no blank; nil if there is none.
    func lastInk(before offset: Int) -> Int? {
        let line = line(at: offset)
        var offset = min(offset, bytes.count) - 1
        while offset >= line.start, bytes[offset] == UInt8(ascii: " ") || bytes[offset] == UInt8(ascii: "\t") {
            offset -= 1
        }
        return offset >= line.start ? offset : nil
    }

    /// The value that begins at `offset`, to the end of its line, a comment or, in a flow collection, its delimiter.
    func value(from offset: Int, inFlow: Bool) -> SourceRange {
        let line = line(at: offset)
        var end = offset
        while end < line.end {
            let byte = bytes[end]
            if byte == UInt8(ascii: "#"), end > line.start, bytes[end - 1] == UInt8(ascii: " ") { break }
            if inFlow, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { break }
            end += 1
        }
        while end > offset, bytes[end - 1] == UInt8(ascii: " ") || bytes[end - 1] == UInt8(ascii: "\t") { end -= 1 }
        return SourceRange(start: offset, end: end)
    }

    /// The colons in a range that would end a key there.
    func colons(in range: SourceRange) -> [SourceRange] {
        (range.start..<range.end).compactMap { offset in
            guard bytes[offset] == UInt8(ascii: ":") else { return nil }
            guard let next = byte(offset + 1), next > 0x20 else { return SourceRange(start: offset, end: offset + 1) }
            return nil
        }
    }

    private func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
