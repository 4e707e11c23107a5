/// A card's first line, cut to the length that CDS Hooks allows.
///
/// The standard says "<140-character"; counted in UTF-16 units, the largest count any client may use.
struct Summary {
    /// At most 139 UTF-16 units; never half a grapheme.
    let text: String
    /// What did not fit, to stand first in the detail; `nil` where all fitted.
    let rest: String?

    /// The most UTF-16 units that a summary may have.
    static let limit = 139

    init(_ sentence: String) {
        let line = PlainText.withoutTags(PlainText.line(sentence, limit: 4000))
        guard line.utf16.count > Self.limit else {
            text = line
            rest = nil
            return
        }
        let cut = Self.cut(in: line)
        text = line[..<cut].trimmingBlanks() + "…"
        rest = "…" + line[cut...].trimmingBlanks()
    }

    /// The end of the last word that fits together with the ellipsis; within a word where it begins too far back.
    private static func cut(in line: String) -> String.Index {
        var end = line.startIndex, units = 0, lastBlank: String.Index?
        for position in line.indices {
            units += line[position].utf16.count
            guard units < limit else { break }
            if line[position] == " " { lastBlank = position }
            end = line.index(after: position)
        }
        guard let lastBlank, line[lastBlank..<end].utf16.count < 40, end < line.endIndex, line[end] != " " else { return end }
        return lastBlank
    }
}

extension Substring {
    fileprivate func trimmingBlanks() -> String {
        let head = drop { $0 == " " }
        guard let last = head.lastIndex(where: { $0 != " " }) else { return "" }
        return String(head[...last])
    }
}
